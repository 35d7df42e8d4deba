using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>Which changes are removed, and what the rest still shows.</summary>
public sealed class SupersededChangesTests : IDisposable
{
    private readonly CatalogFolder _folder = new();
    private readonly SetClock _clock = new();
    private readonly SqliteRepository _catalog;

    public SupersededChangesTests() => _catalog = _folder.Open(_clock);

    [Test]
    public async Task Remove_Superseded_KeepsEachFilmsLatest()
    {
        await SaveAsync("a", 1900, "b", 1900, "a", 1901, "c", 1900, "a", 1902);
        await _catalog.DeleteAsync("c");

        await RemoveAsync();

        Assert.That(await ChangesAsync(), Is.EqualTo(new[] { "2 b 1900", "5 a 1902", "6 c deleted" }));
    }

    [Test]
    public async Task Remove_SupersededLately_KeepsWhatStoodThen()
    {
        await SaveAsync("a", 1900, "a", 1901);
        var before = _clock.Now + TimeSpan.FromDays(1);
        _clock.Now += TimeSpan.FromDays(2);
        await SaveAsync("a", 1902);

        await _catalog.RemoveSupersededAsync(before, default);

        Assert.That(await ChangesAsync(), Is.EqualTo(new[] { "2 a 1901", "3 a 1902" }));
    }

    [Test]
    public async Task ReadAsync_AfterARemoval_SaysInItsOwnSnapshotHowFarItWent()
    {
        await SaveAsync("a", 1900, "a", 1901);
        var before = await _catalog.ReadAsync(0, 10, default);

        await RemoveAsync();

        var after = await _catalog.ReadAsync(0, 10, default);
        Assert.That((before.Items.Count, before.Bounds.RemovedThrough), Is.EqualTo((2, 0L)));
        Assert.That((after.Items.Count, after.Bounds), Is.EqualTo((1, await _catalog.GetBoundsAsync(default))));
        Assert.That(after.Bounds.RemovedThrough, Is.EqualTo(2));
    }

    [Test]
    public async Task Remove_NothingSuperseded_ResetsNobody()
    {
        await SaveAsync("a", 1900, "b", 1900);

        await RemoveAsync();

        Assert.That((await _catalog.GetBoundsAsync(default)).RemovedThrough, Is.Zero);
    }

    [Test]
    public async Task FindAsOf_AnyRevisionThatIsKept_IsTheFilmAsItWas()
    {
        var random = new Random(7);
        var then = new Dictionary<long, int?>();
        for (var (number, year) = (0, (int?)null); number < 300; number++)
        {
            _clock.Now += TimeSpan.FromHours(1);
            if (random.Next(10) == 0)
            {
                year = 1900 + number % 200;
                await SaveAsync("a", year.Value);
            }
            else
            {
                await SaveAsync($"{random.Next(20)}", 1900 + number % 200);
            }

            then[(await _catalog.GetRevisionAsync(default)).Number] = year;
        }

        await _catalog.RemoveSupersededAsync(_clock.Now - TimeSpan.FromHours(100), default);

        var bounds = await _catalog.GetBoundsAsync(default);
        Assert.That(bounds.RemovedThrough, Is.GreaterThan(0));
        foreach (var (number, year) in then)
        {
            var snapshot = await _catalog.FindAsOfAsync(Id("a"), bounds.Now with { Number = number }, default);
            Assert.That(snapshot is null, Is.EqualTo(number < bounds.RemovedThrough), $"Revision {number}");
            Assert.That(snapshot is null ? year : snapshot.Value.Film?.Year, Is.EqualTo(year), $"Revision {number}");
        }
    }

    [Test]
    public async Task Remove_ChangeOfAKeptKey_IsKeptForItsAnswer()
    {
        var keyed = new FilmWrite(Id("a"), _ => new FilmDecision.Save(Up), new WriteContext("admin", new IdempotencyKey("k", new byte[] { 1 })));
        var first = await _catalog.WriteAsync(keyed, default);
        await SaveAsync("a", 1901, "a", 1902);

        await RemoveAsync();

        Assert.That(await ChangesAsync(), Is.EqualTo(new[] { "1 a 2009", "3 a 1902" }));
        Assert.That(await _catalog.WriteAsync(keyed, default), Is.EqualTo(first with { Replayed = true }));
    }

    [Test]
    public async Task Remove_MoreThanABatch_RemovesAll()
    {
        var writes = Enumerable.Range(0, 1200).Select(number => _catalog.SaveAsync("a", new FilmDetails("Up", 1900 + (number % 2), null)));
        await Task.WhenAll(writes);

        await RemoveAsync();

        Assert.That(await ChangesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Remove_ThenRestart_RemembersWhatIsGone()
    {
        await SaveAsync("a", 1900, "a", 1901);
        await RemoveAsync();
        var bounds = await _catalog.GetBoundsAsync(default);
        _folder.Close(_catalog);

        Assert.That(await _folder.Open(_clock).GetBoundsAsync(default), Is.EqualTo(bounds));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Removes the changes that are superseded now.</summary>
    private Task RemoveAsync() => _catalog.RemoveSupersededAsync(_clock.Now + TimeSpan.FromDays(1), default);

    private async Task SaveAsync(params object[] idsAndYears)
    {
        foreach (var pair in idsAndYears.Chunk(2))
        {
            await _catalog.SaveAsync((string)pair[0], new FilmDetails("Up", (int)pair[1], null));
        }
    }

    private async Task<List<string>> ChangesAsync() => (await _catalog.ReadAsync(0, 1000, default)).Items
        .Select(change => $"{change.Revision.Number} {change.Id} {change.Details?.Year.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "deleted"}")
        .ToList();
}
