using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Native;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>An import of most films of a catalogue drops indexes first and builds them last.</summary>
public sealed class DeferredIndexTests : IDisposable
{
    private const int Many = 10_000;

    private readonly CatalogFolder _folder = new();
    private readonly SqliteRepository _catalog;
    private readonly List<string> _schema;

    public DeferredIndexTests()
    {
        _catalog = _folder.Open(seed: true);
        _schema = Schema();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Import_MostFilms_HasAllIndexesAfterwards(bool matchNames)
    {
        var outcome = await ImportAsync(Lines(Many), matchNames);

        Assert.That(outcome.Counts.Created, Is.EqualTo(Many));
        AssertIntact(Many + 2);
        Assert.That(await ListAsync(new FilmQuery(FilmFilter.None, new FilmOrder([new SortTerm(SortKey.Name)]), new FilmPage(2))), Is.EqualTo(new[] { "2", "1" }));
    }

    // The first has nothing to do; the second finds the films by name.
    [TestCase(false)]
    [TestCase(true)]
    public async Task Import_ThatChangesNothing_HasAllIndexesAfterwards(bool matchNames)
    {
        var outcome = await ImportAsync(Enumerable.Range(1, Many).Select(number => new ImportLine(number, matchNames ? null : Id("1"), PatchOf("Avengers: Infinity War", 2018))), matchNames);

        Assert.That((outcome.Counts.Skipped, outcome.Revision.Number), Is.EqualTo((Many, 2)));
        AssertIntact(2);
    }

    [Test]
    public async Task Import_ThatFailsAtItsLastLine_HasAllIndexesAfterwards()
    {
        var failing = Lines(Many - 1).Append(null).Select(line => line ?? throw new InvalidOperationException("broken"));

        Assert.That(async () => await ImportAsync(failing), Throws.InstanceOf<InvalidOperationException>());
        AssertIntact(2);
        await _catalog.SaveAsync("up", Up);
        Assert.That(await ListAsync(new FilmQuery(FilmFilter.None, new FilmOrder([new SortTerm(SortKey.Year)]))), Is.EqualTo(new[] { "up", "1", "2" }));
    }

    [Test]
    public async Task Import_DiskFullWhenTheIndexesAreBuilt_ChangesNothing()
    {
        await ImportAsync(Lines(Many));
        var pages = await _catalog.RunAsync(connection => (long)connection.Prepare("PRAGMA page_count").ExecuteScalar()!, default);
        _folder.Close(_catalog);
        using var folder = new CatalogFolder();
        var catalog = folder.Open(seed: true);
        await catalog.RunAsync(connection => { connection.Execute($"PRAGMA max_page_count={pages - 20}"); return true; }, default);

        Assert.That(async () => await catalog.ImportAsync(New(Lines(Many)), default), Throws.InstanceOf<CatalogUnavailableException>());

        Assert.That(folder.Query("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'films'"), Has.Count.EqualTo(6));
        Assert.That(await catalog.ListAsync(), Has.Count.EqualTo(2));
        await catalog.RunAsync(connection => { connection.Execute("PRAGMA max_page_count=1000000"); return true; }, default);
        Assert.That((await catalog.ImportAsync(New(Lines(Many)), default)).Counts.Created, Is.EqualTo(Many));
    }

    [Test]
    public async Task Import_WhileAListIsOpen_LeavesItsSnapshotAlone()
    {
        using var list = await _catalog.OpenListAsync(new FilmQuery(FilmFilter.None, new FilmOrder([new SortTerm(SortKey.Name)])));
        await list.Films.MoveNextAsync();

        await ImportAsync(Lines(Many));

        Assert.That(await list.Films.MoveNextAsync(), Is.True);
        Assert.That(await list.Films.MoveNextAsync(), Is.False);
    }

    // With few lines, the names of the films created are looked up; otherwise, all names are compared.
    [TestCase(8, 2)]
    [TestCase(Many, 2)]
    public async Task Import_NewFilmsThatMayBeThereAlready_AreCounted(int lines, int expected)
    {
        (string Name, int Year)[] named = [("AVENGERS: infinity war", 2018), ("Avengers: Infinity War", 2019), ("Up", 2009), ("UP!", 2009), ("Up", 2010)];
        var films = named.Select((film, index) => new ImportLine(index + 1, null, PatchOf(film.Name, film.Year)));

        // The first of the films called Up is an existing one by now, but it was not when they were created.
        var renamed = new ImportLine(6, Id("2"), PatchOf("Up", 2009));
        var outcome = await ImportAsync([.. films, renamed, .. Lines(lines - 6)], onConflict: OnConflict.Replace);

        Assert.That((outcome.Counts.Created, outcome.Counts.Updated, outcome.Counts.PossibleDuplicates), Is.EqualTo((lines - 1, 1, expected)));
    }

    public void Dispose() => _folder.Dispose();

    private List<string> Schema() => _folder.Query("SELECT concat_ws(' ', type, name, tbl_name, sql) FROM sqlite_schema ORDER BY type, name");

    private void AssertIntact(int films)
    {
        Assert.That(Schema(), Is.EqualTo(_schema));
        Assert.That(_folder.Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        Assert.That(_folder.Query("SELECT count(*) || '' FROM films INDEXED BY IX_films_year_sort_key"), Is.EqualTo(new[] { $"{films}" }));
    }

    private async Task<List<string>> ListAsync(FilmQuery query)
    {
        using var list = await _catalog.OpenListAsync(query);
        return [.. (await list.Films.ToListAsync()).Select(film => film.Id.Value)];
    }

    private Task<ImportOutcome> ImportAsync(IEnumerable<ImportLine> lines, bool matchNames = false, OnConflict onConflict = OnConflict.Skip) =>
        _catalog.ImportAsync(New(lines, matchNames, onConflict), default);

    private static FilmImport New(IEnumerable<ImportLine> lines, bool matchNames = false, OnConflict onConflict = OnConflict.Skip) =>
        new(lines, new ImportFaults(), new ImportOptions(onConflict) { MatchNames = matchNames }, new WriteContext("admin")) { LineCount = lines is ICollection<ImportLine> list ? list.Count : Many };

    private static IEnumerable<ImportLine> Lines(int count) =>
        Enumerable.Range(1, count).Select(number => new ImportLine(number, Id($"film {number}"), PatchOf($"Film {(number * 7919) % Many}", 1900 + (number % 100))));

    private static FilmPatch PatchOf(string name, int year) => new FilmPatch { [FilmFields.Name] = name, [FilmFields.Year] = year, [FilmFields.Month] = FieldValue.Null };
}
