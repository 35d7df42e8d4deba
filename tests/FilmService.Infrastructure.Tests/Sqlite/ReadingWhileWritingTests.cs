using FilmService.Domain.Search;
using FilmService.Infrastructure.Sqlite;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

public sealed class ReadingWhileWritingTests : IDisposable
{
    private readonly CatalogFolder _folder = new();
    private readonly SqliteRepository _catalog;

    public ReadingWhileWritingTests() => _catalog = _folder.Open(seed: true);

    [Test]
    public async Task List_WrittenMeanwhile_StaysAtItsMomentAndHoldsNoWriteUp()
    {
        using var list = await _catalog.OpenListAsync(FilmQuery.All);
        await list.Films.MoveNextAsync();

        await _catalog.SaveAsync("0", Up);
        await _catalog.SaveAsync("2", Up);
        await _catalog.DeleteAsync("1");

        Assert.That((await list.Films.ToListAsync()).Select(film => film.Name), Is.EqualTo(new[] { "Ant Man and the Wasp" }));
        Assert.That(list.Revision.Number, Is.EqualTo(2));
        Assert.That(await _catalog.ListAsync(), Is.EqualTo(new[] { "0: Up", "2: Up" }));
    }

    [Test]
    public async Task List_LeftHalfRead_LetsItsMomentGo()
    {
        using (var list = await _catalog.OpenListAsync(FilmQuery.All))
        {
            await list.Films.MoveNextAsync();
            Assert.That(list.Films.ToFilm().Name, Is.EqualTo("Avengers: Infinity War"));
        }

        await _catalog.SaveAsync("0", Up);

        Assert.That(await _catalog.ListAsync(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task List_WhileWritersWork_IsAlwaysOneMoment()
    {
        var writing = Task.WhenAll(Enumerable.Range(3, 300).Select(number => Task.Run(() => _catalog.SaveAsync($"{number}", Up))));

        while (!writing.IsCompleted)
        {
            using var list = await _catalog.OpenListAsync(FilmQuery.All);
            Assert.That(await list.Films.ToListAsync(), Has.Count.EqualTo(list.Revision.Number));
        }

        await writing;
    }

    [Test]
    public async Task Find_AfterAnAnsweredWrite_SeesItOrALaterOne()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var round = 0; round < 50; round++)
            {
                var written = await _catalog.SaveAsync("7", Named($"{writer} {round}"));
                var found = await _catalog.FindAsync(Id("7"), default);
                Assert.That(found.Film!.Revision.Number, Is.GreaterThanOrEqualTo(written.Revision.Number));
                Assert.That(found.Revision.Number, Is.GreaterThanOrEqualTo(found.Film.Revision.Number));
            }
        })));
    }

    [Test]
    public async Task Lists_ManyOpenAtOnce_DoNotWaitForEachOther()
    {
        var lists = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _catalog.OpenListAsync(FilmQuery.All)));

        foreach (var list in lists)
        {
            Assert.That(await list.Films.ToListAsync(), Has.Count.EqualTo(2));
        }

        foreach (var list in lists)
        {
            list.Dispose();
        }

        Assert.That((await _catalog.FindAsync("1"))!.Year, Is.EqualTo(2018));
    }

    public void Dispose() => _folder.Dispose();
}
