using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite.Search;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite.Search;

public sealed class SearchIndexTests : IDisposable
{
    private const string Behind = "SELECT number - indexed_through FROM revision";

    private const string Searched =
        "SELECT concat_ws('|', hex(sort_key), id, name, folded_name, year, month, revision, released) FROM film_search ORDER BY sort_key";

    private const string Stored =
        "SELECT concat_ws('|', hex(sort_key), id, name, folded_name, year, ifnull(month, 0), revision, year * 16 + ifnull(month, 0)) FROM films ORDER BY sort_key";

    private readonly CatalogFolder _folder = new();

    [Test]
    public void Open_NewDatabase_HasTheSeedInTheIndex()
    {
        _folder.Make();

        AssertIndexed(films: 2);
    }

    [Test]
    public async Task Write_FilmsOfAllKinds_AreInTheIndexWhenTheWriterIsIdle()
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

        Assert.That(() => _folder.Query(Behind), Is.EqualTo(new[] { "0" }).After(30_000, 20));
        AssertIndexed(films: 2);
    }

    [Test]
    public async Task Open_DatabaseThatWasNeverIndexed_IndexesIt()
    {
        var catalog = _folder.Open(seed: true);
        await catalog.SaveAsync("a", Named("Amélie"));
        _folder.Close(catalog);
        _folder.Execute("DELETE FROM film_search; UPDATE revision SET indexed_through = 0");

        _folder.Make();

        AssertIndexed(films: 3);
    }

    [Test]
    public async Task Open_NamesFoldedByOtherRules_FoldsThemInTheIndexToo()
    {
        var catalog = _folder.Open();
        await catalog.SaveAsync("a", Named("Amélie"));
        _folder.Close(catalog);
        _folder.Make();
        _folder.Execute("UPDATE films SET folded_name = 'x'; UPDATE film_search SET folded_name = 'x'; UPDATE revision SET fold_version = 0");

        _folder.Make();

        AssertIndexed(films: 1);
        Assert.That(_folder.Query("SELECT folded_name FROM film_search"), Is.EqualTo(new[] { "amelie" }));
    }

    [Test]
    public async Task Write_MoreThanABatch_IsIndexed()
    {
        var catalog = _folder.Open();
        foreach (var ids in Enumerable.Range(0, SearchIndex.Batch + 100).Chunk(5000))
        {
            await Task.WhenAll(ids.Select(id => catalog.SaveAsync($"{id % 300}", Named($"Film {id}"))));
        }

        Assert.That(() => _folder.Query(Behind), Is.EqualTo(new[] { "0" }).After(30_000, 20));
        AssertIndexed(films: 300);
    }

    // The word tables are compared with the names by SQLite's own check, and with a question to each.
    private void AssertIndexed(int films)
    {
        Assert.That(_folder.Query(Searched), Is.EqualTo(_folder.Query(Stored)).And.Count.EqualTo(films));
        Assert.That(_folder.Query(Behind), Is.EqualTo(new[] { "0" }));
        _folder.Execute("INSERT INTO film_words (film_words, rank) VALUES ('integrity-check', 1); INSERT INTO film_trigrams (film_trigrams, rank) VALUES ('integrity-check', 1)");
    }

    public void Dispose() => _folder.Dispose();
}
