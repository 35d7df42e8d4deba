using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Sqlite.Projection;
using Microsoft.Data.Sqlite;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

public sealed class FilmProjectionTests : IDisposable
{
    private const string Lag = "SELECT number - checkpoint FROM revision";

    private const string Projected = "SELECT concat_ws('|', hex(sort_key), id, name, year, month, revision, released) FROM films ORDER BY sort_key";

    private const string Replayed = """
        SELECT concat_ws('|', hex(sort_key), id, name, year, ifnull(month, 0), revision, year * 16 + ifnull(month, 0)) FROM changes AS change
        WHERE name IS NOT NULL AND revision = (SELECT max(revision) FROM changes WHERE id = change.id) ORDER BY sort_key
        """;

    private readonly CatalogFolder _folder = new();

    [Test]
    public void Open_NewDatabase_HasProjectedTheSeed()
    {
        _folder.Make();

        AssertProjected(films: 2);
    }

    [Test]
    public async Task Write_FilmsOfAllKinds_AreProjectedWhenTheWriterIsIdle()
    {
        var catalog = _folder.Open();
        await catalog.SaveAsync("a", Named("Amélie"));
        await catalog.SaveAsync("b", Up);
        await catalog.SaveAsync("c", Up);
        await catalog.SaveAsync("b", new FilmDetails("Up", 2010, Month.May));
        await catalog.SaveAsync("c", Named("Down"));
        await catalog.DeleteAsync("a");
        await catalog.SaveAsync("a", Named("Amélie again"));
        await catalog.DeleteAsync("c");

        Assert.That(() => _folder.Query(Lag), Is.EqualTo(new[] { "0" }).After(30_000, 20));
        AssertProjected(films: 2);
    }

    [Test]
    public async Task Write_FilmRenamedAndDeleted_LeavesNothingInTheFullTextTables()
    {
        var catalog = _folder.Open();
        await catalog.SaveAsync("a", Named("Amélie"));
        await catalog.SaveAsync("b", Named("Brave"));
        _folder.Close(catalog);
        var again = _folder.Open();
        await again.SaveAsync("a", Named("amelie"));
        await again.SaveAsync("b", Named("Brazil"));
        _folder.Close(again);
        AssertProjected(films: 2);

        var last = _folder.Open();
        await last.DeleteAsync("b");
        _folder.Close(last);

        AssertProjected(films: 1);
        Assert.That(_folder.Query("SELECT rowid || '' FROM film_trigrams WHERE film_trigrams MATCH 'bra'"), Is.Empty);
        Assert.That(_folder.Query("SELECT name FROM films WHERE row IN (SELECT rowid FROM film_words WHERE film_words MATCH '6amelie')"), Is.EqualTo(new[] { "amelie" }));
    }

    [Test]
    public async Task Write_OneFilm_IsMovedFromTheLogToTheFileWhenTheWriterIsIdle()
    {
        await _folder.Open().SaveAsync("a", Up);

        Assert.That(() => FilmsInFile(), Is.EqualTo(1).After(30_000, 20));
    }

    [Test]
    public async Task Open_DatabaseWithoutProjection_ProjectsAllChanges()
    {
        var catalog = _folder.Open(seed: true);
        await catalog.SaveAsync("a", Named("Amélie"));
        _folder.Close(catalog);
        _folder.Execute("""
            DELETE FROM films; DELETE FROM release_counts; UPDATE revision SET checkpoint = 0;
            INSERT INTO film_words (film_words) VALUES ('delete-all'); INSERT INTO film_trigrams (film_trigrams) VALUES ('delete-all');
            """);

        _folder.Make();

        AssertProjected(films: 3);
    }

    [Test]
    public async Task Open_NamesNormalisedByOtherRules_AreFoundByTheNewOnes()
    {
        var catalog = _folder.Open();
        await catalog.SaveAsync("a", Named("Amélie"));
        _folder.Close(catalog);
        _folder.Execute("UPDATE films SET normalized_name = 'x'; UPDATE revision SET normalization_version = 0");

        _folder.Make();

        AssertProjected(films: 1);
        Assert.That(_folder.Query("SELECT normalized_name FROM films"), Is.EqualTo(new[] { "amelie" }));
        Assert.That(_folder.Query("SELECT count(*) || '' FROM film_words WHERE film_words MATCH '6amelie'"), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public async Task Write_MoreThanABatch_IsProjected()
    {
        var catalog = _folder.Open();
        foreach (var ids in Enumerable.Range(0, FilmProjection.Batch + 100).Chunk(5000))
        {
            await Task.WhenAll(ids.Select(id => catalog.SaveAsync($"{id % 300}", Named($"Film {id}"))));
        }

        Assert.That(() => _folder.Query(Lag), Is.EqualTo(new[] { "0" }).After(30_000, 20));
        AssertProjected(films: 300);
    }

    // Reads the file as immutable, without its log; it may look damaged while it is being written.
    private long FilmsInFile()
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source=file:{_folder.Path}?immutable=1;Pooling=False");
            connection.Open();
            using var count = connection.Prepare("SELECT count(*) FROM films");
            return (long)count.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            return 0;
        }
    }

    [Test]
    public async Task Write_NamesWithElisionsAndSymbols_HaveTheirWordsAndLetters()
    {
        var catalog = _folder.Open();
        await catalog.SaveAsync("a", Named("L'Avventura"));
        await catalog.SaveAsync("b", Named("Romeo + Juliet"));
        await catalog.SaveAsync("c", Named("WALL·E"));
        await catalog.SaveAsync("d", Named("千と千尋"));
        _folder.Close(catalog);

        Assert.That(
            _folder.Query("SELECT concat_ws('|', search_words, letters, name_length) FROM films ORDER BY sort_key"),
            Is.EqualTo(new[] { " lavventura avventura \u0001lavventura|lavventura|10", " romeo + juliet \u0001romeojuliet|romeojuliet|14", " wall e |walle|6", " 千と千尋 |千と千尋|4" }));
        AssertProjected(films: 4);

        var again = _folder.Open();
        await again.SaveAsync("a", Named("Lavventura"));
        await again.SaveAsync("b", Named("Romeo Juliet"));
        _folder.Close(again);

        Assert.That(_folder.Query("SELECT ifnull(search_extra, '-') FROM films"), Has.All.EqualTo("-"));
        AssertProjected(films: 4);
    }

    [Test]
    public async Task Write_FailedProjection_CountsNoFilmTwice()
    {
        var catalog = _folder.Open();
        _folder.Execute("CREATE TRIGGER full BEFORE UPDATE OF checkpoint ON revision BEGIN SELECT RAISE(ABORT, 'full'); END");
        await catalog.SaveAsync("a", Up);
        Assert.That(async () => await catalog.ListAsync(FilmQuery.All, null, list => Task.FromResult(list.Revision), default), Throws.Exception);
        _folder.Execute("DROP TRIGGER full");
        await catalog.SaveAsync("b", Up);
        _folder.Close(catalog);

        AssertProjected(films: 2);
    }

    // SQLite's own integrity check compares the trigrams with the names.
    private void AssertProjected(int films)
    {
        Assert.That(_folder.Query(Projected), Is.EqualTo(_folder.Query(Replayed)).And.Count.EqualTo(films));
        Assert.That(_folder.Query(Lag), Is.EqualTo(new[] { "0" }));
        _folder.Execute("INSERT INTO film_words (film_words) VALUES ('integrity-check'); INSERT INTO film_trigrams (film_trigrams, rank) VALUES ('integrity-check', 1)");
        Assert.That(_folder.Query("SELECT concat_ws('|', released, films) FROM release_counts"), Is.EqualTo(_folder.Query("SELECT concat_ws('|', released, count(*)) FROM films GROUP BY released")));
        AssertTokens();
    }

    // Builds film_words again and compares the two.
    private void AssertTokens()
    {
        using var connection = _folder.Connect();
        var before = Tokens(connection);
        FullTextIndexes.Rebuild(connection);

        Assert.That(before, Is.EqualTo(Tokens(connection)));
    }

    private static List<string> Tokens(SqliteConnection connection)
    {
        using var tokens = new SqliteStatement(connection, "SELECT term || ' ' || doc FROM film_word_uses");
        using var row = tokens.Query();
        var all = new List<string>();
        while (row.Next())
        {
            all.Add(row.Text(0));
        }

        return all;
    }

    public void Dispose() => _folder.Dispose();
}
