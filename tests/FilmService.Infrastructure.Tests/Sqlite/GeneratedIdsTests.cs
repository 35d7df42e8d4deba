using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>A generated id is never issued twice, and never equals a film's existing id.</summary>
public sealed class GeneratedIdsTests : IDisposable
{
    private readonly CatalogFolder _folder = new();
    private SqliteRepository _catalog;

    public GeneratedIdsTests() => _catalog = _folder.Open();

    [Test]
    public async Task Create_AcrossDeletesAndRestarts_NeverHandsOutAnIdTwice()
    {
        var given = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            var id = (await _catalog.CreateAsync(Up)).Id.Value;
            given.Add(id);
            await _catalog.DeleteAsync(id);
            _folder.Close(_catalog);
            _catalog = _folder.Open();
        }

        Assert.That(given, Is.EqualTo(new[] { "1", "2", "3", "4", "5" }));
    }

    [Test]
    public async Task Create_CounterAtItsLimit_GoesOnBehindIt()
    {
        await _catalog.SaveAsync("999999999999999", Up);

        Assert.That(await CreateAsync(3), Is.EqualTo(new[] { "1000000000000000", "1000000000000001", "1000000000000002" }));
    }

    [Test]
    public async Task Create_BehindTheLimitAmongClientsOwnIds_OverwritesNone()
    {
        await _catalog.SaveAsync("1000000000000000", Named("A client's own"));
        await _catalog.SaveAsync("1000000000000002", Named("Another"));
        await _catalog.SaveAsync("999999999999999", Up);

        Assert.That(await CreateAsync(2), Is.EqualTo(new[] { "1000000000000001", "1000000000000003" }));
        Assert.That((await _catalog.FindAsync("1000000000000000"))!.Name, Is.EqualTo("A client's own"));
    }

    [Test]
    public async Task Create_DryRun_TakesNoId()
    {
        var dry = await _catalog.WriteAsync(new FilmWrite(null, _ => new FilmDecision.Save(Up), new WriteContext("admin", DryRun: true)), default);

        Assert.That(dry.Id.Value, Is.EqualTo("1"));
        Assert.That(await CreateAsync(1), Is.EqualTo(new[] { "1" }));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<List<string>> CreateAsync(int count)
    {
        var ids = new List<string>();
        for (var number = 0; number < count; number++)
        {
            ids.Add((await _catalog.CreateAsync(Up)).Id.Value);
        }

        return ids;
    }
}
