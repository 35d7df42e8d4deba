using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite.Native;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

public sealed class WritingTests : IDisposable
{
    private readonly CatalogFolder _folder = new();

    [Test]
    public async Task Write_SaveReplaceDelete_TellsEachWithARevisionOfItsOwn()
    {
        var catalog = _folder.Open();

        var outcomes = new[]
        {
            await catalog.SaveAsync("7", Up), await catalog.SaveAsync("7", Named("Up!")), await catalog.SaveAsync("7", Named("Up!")),
            await catalog.DeleteAsync("7"), await catalog.DeleteAsync("7"),
        };

        Assert.That(outcomes.Select(outcome => $"{outcome.Kind} {outcome.Revision.Number} {outcome.Film?.Name}"), Is.EqualTo(new[]
        {
            "Created 1 Up", "Replaced 2 Up!", "Unchanged 2 Up!", "Deleted 3 ", "NotFound 3 ",
        }));
    }

    [Test]
    public async Task Write_EachChange_HasALineInChangesAndIsCounted()
    {
        var catalog = _folder.Open();
        await catalog.SaveAsync("7", Up);
        await catalog.SaveAsync("x", Named("X"));
        await catalog.SaveAsync("7", Up);
        await catalog.DeleteAsync("7");

        Assert.That(
            _folder.Query("SELECT revision || ' ' || id || ' ' || ifnull(name || ' ' || year || ' ' || ifnull(month, '-'), 'gone') || ' ' || by FROM changes ORDER BY revision"),
            Is.EqualTo(new[] { "1 7 Up 2009 5 admin", "2 x X 2009 - admin", "3 7 gone admin" }));
        Assert.That(_folder.Query("SELECT number FROM revision"), Is.EqualTo(new[] { "3" }));
        Assert.That(() => _folder.Query("SELECT id || ' ' || revision FROM films"), Is.EqualTo(new[] { "x 2" }).After(30_000, 20), "The films follow the changes.");
    }

    // No test can cut the power: these settings make SQLite wait for the disk at each commit
    // (https://sqlite.org/pragma.html#pragma_synchronous).
    [TestCase("journal_mode", "wal")]
    [TestCase("synchronous", "2")]
    public async Task Write_Always_SurvivesALossOfPower(string pragma, string value) => Assert.That(
        await _folder.Open().RunAsync(connection => $"{connection.Prepare($"PRAGMA {pragma}").ExecuteScalar()}", default), Is.EqualTo(value));

    [Test]
    public async Task Write_AChange_IsTimedInMillisecondsOfUtc()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await _folder.Open().SaveAsync("7", Up);
        var after = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

        Assert.That(long.Parse(_folder.Query("SELECT at FROM changes")[0], null), Is.InRange(before, after));
    }

    [Test]
    public async Task Write_OneChange_IsOneTransaction()
    {
        var catalog = _folder.Open();
        var before = WriteAheadLog.CountCommits(_folder.Path);
        using var held = HeldWriter.In(catalog);
        var after = catalog.CountCommitsAsync(_folder.Path);

        await held.Release();

        Assert.That(await after, Is.EqualTo(before + 1));
    }

    [Test]
    public async Task Write_LineOfTheChangeFails_TakesTheFilmBack()
    {
        var catalog = _folder.Open();
        _folder.Execute("CREATE TRIGGER broken BEFORE INSERT ON changes BEGIN SELECT RAISE(ABORT, 'broken'); END");

        Assert.That(async () => await catalog.SaveAsync("7", Up), Throws.InstanceOf<CatalogUnavailableException>());
        Assert.That(await catalog.FindAsync("7"), Is.Null);
        Assert.That((await catalog.GetRevisionAsync(default)).Number, Is.Zero);
    }

    [Test]
    public async Task Write_CounterFails_TakesFilmAndLineBack()
    {
        var catalog = _folder.Open();
        _folder.Execute("CREATE TRIGGER broken BEFORE UPDATE ON revision BEGIN SELECT RAISE(ABORT, 'broken'); END");

        Assert.That(async () => await catalog.SaveAsync("7", Up), Throws.InstanceOf<CatalogUnavailableException>());
        Assert.That(await catalog.FindAsync("7"), Is.Null);
        Assert.That(_folder.Query("SELECT id FROM changes"), Is.Empty);
    }

    [Test]
    public async Task Write_OfAllKindsOfText_ReadsBackExactly()
    {
        string[] texts = ["'; DROP TABLE films; --", "कि", "🎬", "e\u0301", "\uFFFE\uFFFF", "%", "a b", "\""];
        var catalog = _folder.Open();

        foreach (var text in texts)
        {
            await catalog.SaveAsync(text, Named(text));
            Assert.That((await catalog.FindAsync(text))?.Name, Is.EqualTo(text));
        }
    }

    [Test]
    public async Task List_ManyIds_IsInNaturalOrder()
    {
        var catalog = _folder.Open();
        foreach (var id in new[] { "b", "10", "a", "007", "7", "A", "9" })
        {
            await catalog.SaveAsync(id, Up);
        }

        Assert.That((await catalog.ListAsync()).Select(film => film.Split(':')[0]), Is.EqualTo(new[] { "7", "007", "9", "10", "A", "a", "b" }));
    }

    [Test]
    public async Task Create_WithoutId_CountsUp()
    {
        var catalog = _folder.Open(seed: true);

        Assert.That((await catalog.CreateAsync(Up)).Id, Is.EqualTo(Id("3")));
        Assert.That((await catalog.CreateAsync(Up)).Id, Is.EqualTo(Id("4")));
    }

    [Test]
    public async Task Create_AfterDelete_NeverHandsOutAnIdTwice()
    {
        var catalog = _folder.Open();
        var first = await catalog.CreateAsync(Up);
        await catalog.DeleteAsync(first.Id.Value);
        _folder.Close(catalog);

        Assert.That((await _folder.Open().CreateAsync(Up)).Id, Is.EqualTo(Id("2")));
    }

    [TestCase("41", "42")]
    [TestCase("0041", "42")]
    [TestCase("a", "1")]
    [TestCase("0", "1")]
    [TestCase("999999999999998", "999999999999999")]
    [TestCase("1000000000000000", "1")]
    public async Task Create_AfterAClientsOwnId_GoesOnFromIt(string own, string next)
    {
        var catalog = _folder.Open();
        await catalog.SaveAsync(own, Up);

        Assert.That((await catalog.CreateAsync(Up)).Id, Is.EqualTo(Id(next)));
    }

    [Test]
    public async Task Create_ManyAtOnce_GivesEachAnIdOfItsOwn()
    {
        var catalog = _folder.Open();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => catalog.CreateAsync(Up))));

        Assert.That(outcomes.Select(outcome => outcome.Id.WholeNumber), Is.EquivalentTo(Enumerable.Range(1, 200)));
    }

    public void Dispose() => _folder.Dispose();
}
