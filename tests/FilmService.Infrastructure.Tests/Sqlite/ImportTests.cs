using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Native;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>An import's turn with the writer.</summary>
public sealed class ImportTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CatalogFolder _folder = new();
    private readonly SteppedClock _clock = new();
    private readonly SqliteRepository _catalog;
    private readonly ManualResetEventSlim _begun = new();
    private readonly ManualResetEventSlim _go = new();

    public ImportTests() => _catalog = _folder.Open(_clock, seed: true);

    [Test]
    public async Task Import_Lines_TakeARevisionEachAndAreProjected()
    {
        var outcome = await ImportAsync(Many(100));

        Assert.That((outcome.Counts.Created, outcome.Revision.Number), Is.EqualTo((100, 102)));
        Assert.That(_folder.Query("SELECT checkpoint || ' ' || (SELECT count(*) FROM films) FROM revision"), Is.EqualTo(new[] { "102 102" }));
        Assert.That(_folder.Query("SELECT count(*) || '' FROM changes WHERE revision > 2"), Is.EqualTo(new[] { "100" }));
        Assert.That(new FileInfo(_folder.Path + "-wal").Length, Is.Zero, "The log is cut.");
    }

    [Test]
    public async Task Import_ReaderUnderWay_SeesItsMomentAndDoesNoHarm()
    {
        using (var moment = await _catalog.OpenListAsync(FilmQuery.All))
        {
            await moment.Films.MoveNextAsync();
            Assert.That((await ImportAsync(Many(5000))).Counts.Created, Is.EqualTo(5000));

            Assert.That(await moment.Films.MoveNextAsync(), Is.True);
            Assert.That(await moment.Films.MoveNextAsync(), Is.False, "Two films are all of its moment.");
            Assert.That(new FileInfo(_folder.Path + "-wal").Length, Is.GreaterThan(0));
        }

        await ImportAsync([new ImportLine(1, Id("last"), PatchOf("Up"))]);
        Assert.That(new FileInfo(_folder.Path + "-wal").Length, Is.Zero);
    }

    [Test]
    public async Task Write_BehindAnImportForTooLong_IsGivenUpAndNeverHappens()
    {
        var import = ImportAsync(Held());
        _begun.Wait();
        var old = _catalog.SaveAsync("old", Up);
        _clock.Advance(Patience);
        var young = _catalog.SaveAsync("young", Up);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(async () => await old, Throws.InstanceOf<CatalogUnavailableException>());
        Assert.That(young.IsCompleted, Is.False);
        _go.Set();
        Assert.That((await import).Counts.Created, Is.EqualTo(2));
        Assert.That((await young).Revision.Number, Is.EqualTo(5));
        Assert.That(await _catalog.FindAsync("old"), Is.Null);
    }

    [Test]
    public async Task Import_UnderWay_HoldsUpNeitherReadersNorDryRuns()
    {
        var import = ImportAsync(Held());
        _begun.Wait();

        Assert.That((await _catalog.FindAsync("1"))?.Year, Is.EqualTo(2018));
        Assert.That(await _catalog.ListAsync(), Has.Count.EqualTo(2));
        Assert.That((await ImportAsync(Many(10), dryRun: true)).Counts.Created, Is.EqualTo(10));
        _go.Set();
        await import;
    }

    [Test]
    public async Task Import_UnderWay_HoldsUpNoSortedList()
    {
        await _catalog.SaveAsync("up", Up);
        var import = ImportAsync(Held());
        _begun.Wait();

        using (var found = await _catalog.OpenListAsync(new FilmQuery(FilmFilter.None, new FilmOrder([new SortTerm(SortKey.Year)]))))
        {
            Assert.That((await found.Films.ToListAsync()).Select(film => film.Id.Value), Is.EqualTo(new[] { "up", "1", "2" }));
        }

        _go.Set();
        await import;
    }

    [Test]
    public async Task Import_UnderWayWhenItsCallerLeaves_IsFinished()
    {
        using var caller = new CancellationTokenSource();
        var import = _catalog.ImportAsync(New(Held()), caller.Token);
        _begun.Wait();
        await caller.CancelAsync();
        _go.Set();

        Assert.That((await import).Counts.Created, Is.EqualTo(2));
    }

    [Test]
    public async Task Import_DiskFull_ChangesNothingAndTheCatalogueGoesOn()
    {
        await _catalog.RunAsync(connection => { connection.Execute("PRAGMA max_page_count=100"); return true; }, default);
        Assert.That(async () => await ImportAsync(Many(5000)), Throws.InstanceOf<CatalogUnavailableException>());
        Assert.That(await _catalog.ListAsync(), Has.Count.EqualTo(2));
        Assert.That((await _catalog.GetRevisionAsync(default)).Number, Is.EqualTo(2));

        await _catalog.RunAsync(connection => { connection.Execute("PRAGMA max_page_count=1000000"); return true; }, default);
        Assert.That((await ImportAsync(Many(5000))).Revision.Number, Is.EqualTo(5002));
    }

    [Test]
    public async Task Import_LinesThatFailHalfWay_ChangeNothing()
    {
        Assert.That(async () => await ImportAsync(Many(10).Concat(Failing())), Throws.InstanceOf<InvalidOperationException>());

        Assert.That(await _catalog.ListAsync(), Has.Count.EqualTo(2));
        Assert.That((await _catalog.SaveAsync("up", Up)).Revision.Number, Is.EqualTo(3));
    }

    [Test]
    public async Task Import_FilmsInMemory_AreNotToldAnyMore()
    {
        await _catalog.FindAsync("1");
        await ImportAsync([new ImportLine(1, Id("1"), PatchOf("Changed")), new ImportLine(2, Id("2"), null)], OnConflict.Replace);

        Assert.That((await _catalog.FindAsync("1"))?.Name, Is.EqualTo("Changed"));
        Assert.That(await _catalog.FindAsync("2"), Is.Null);
    }

    [Test]
    public async Task Import_Followers_AreWoken()
    {
        var woken = _catalog.WaitAsync(2, default);
        await ImportAsync(Many(3000));

        await woken;
        var page = await _catalog.ReadAsync(2, 5000, default);
        Assert.That(page.Items.Select(change => change.Revision.Number), Is.EqualTo(Enumerable.Range(3, 3000)));
    }

    public void Dispose()
    {
        _go.Set();
        _folder.Dispose();
        _begun.Dispose();
        _go.Dispose();
    }

    private Task<ImportOutcome> ImportAsync(IEnumerable<ImportLine> lines, OnConflict onConflict = OnConflict.Error, bool dryRun = false) =>
        _catalog.ImportAsync(New(lines, onConflict, dryRun), default);

    private static FilmImport New(IEnumerable<ImportLine> lines, OnConflict onConflict = OnConflict.Error, bool dryRun = false) =>
        new(lines, new ImportFaults(), new ImportOptions(onConflict), new WriteContext("admin", DryRun: dryRun));

    private static FilmPatch PatchOf(string name) => new FilmPatch { [FilmFields.Name] = name, [FilmFields.Year] = 2009, [FilmFields.Month] = FieldValue.Null };

    private static IEnumerable<ImportLine> Many(int count) =>
        Enumerable.Range(1, count).Select(number => new ImportLine(number, Id($"film {number}"), PatchOf($"Film {number}")));

    // Two lines; the writer is blocked between them until it is released.
    private IEnumerable<ImportLine> Held()
    {
        yield return new ImportLine(1, null, PatchOf("First"));
        _begun.Set();
        _go.Wait();
        yield return new ImportLine(2, null, PatchOf("Second"));
    }

    private static IEnumerable<ImportLine> Failing() => Enumerable.Range(1, 1).Select<int, ImportLine>(_ => throw new InvalidOperationException("broken"));
}
