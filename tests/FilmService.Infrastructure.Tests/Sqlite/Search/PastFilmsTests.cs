using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;

namespace FilmService.Infrastructure.Tests.Sqlite.Search;

public sealed class PastFilmsTests : IDisposable
{
    private const int Films = 2_000;
    private const int Changes = 12_000;

    private readonly CatalogFolder _folder = new();

    [Test]
    public async Task List_300RandomQueriesAsOfRandomRevisionsWhileFilmsAreWritten_EqualsABruteForceSearchOfThoseFilms()
    {
        var (catalog, queries, random) = (_folder.Open(), new RandomQueries(seed: 7), new Random(7));
        var moments = await ChangeAsync(catalog, queries, random);
        using var end = new CancellationTokenSource();
        var writing = WriteUntilAsync(catalog, end.Token);
        var found = 0;
        for (var i = 0; i < 300; i++)
        {
            var (revision, films) = moments[random.Next(moments.Count)];
            var query = queries.Query(Films) with { AsOf = revision };
            var expected = SearchTests.Search(films, query);
            found += expected.Count > 0 ? 1 : 0;
            await SearchTests.AssertEqualAsync(catalog, query, expected, i);
        }

        await end.CancelAsync();
        await writing;
        Assert.That(found, Is.GreaterThan(150), "Most queries should find something.");
    }

    [Test]
    public async Task List_RevisionNotKept_Throws()
    {
        var catalog = _folder.Open(seed: true);
        var now = await catalog.GetRevisionAsync(default);

        Assert.That(() => ListAsync(catalog, now with { Number = 3 }), Throws.TypeOf<RevisionNotKeptException>());
        Assert.That(() => ListAsync(catalog, now with { Epoch = "other" }), Throws.TypeOf<RevisionNotKeptException>());
        Assert.That(await ListAsync(catalog, now with { Number = 0 }), Is.Empty);
    }

    private static Task<List<Film>> ListAsync(SqliteRepository catalog, Revision asOf) =>
        catalog.ListAsync(FilmQuery.All with { AsOf = asOf }, null, list => list.Films.ToListAsync(), default);

    // Films are changed, renamed, deleted and added again; returns some revisions, each with its films.
    private static async Task<List<(Revision, List<(Film, SearchableName)>)>> ChangeAsync(SqliteRepository catalog, RandomQueries queries, Random random)
    {
        var (films, moments) = (new Dictionary<FilmId, Film>(), new List<(Revision, List<(Film, SearchableName)>)>());
        for (var i = 0; i < Changes; i++)
        {
            var id = RandomQueries.IdOf(random.Next(Films));
            var outcome = await (random.Next(5) == 0 ? catalog.DeleteAsync(id.Value) : catalog.SaveAsync(id.Value, queries.Film()));
            films.Remove(id);
            if (outcome.Film is { } film)
            {
                films.Add(id, film);
            }

            if (random.Next(Changes / 20) == 0)
            {
                moments.Add((outcome.Revision, films.Values.Select(one => (one, SearchableName.Of(one.Name))).ToList()));
            }
        }

        return moments;
    }

    private static async Task WriteUntilAsync(SqliteRepository catalog, CancellationToken end)
    {
        for (var number = 0; !end.IsCancellationRequested; number++)
        {
            await catalog.SaveAsync(RandomQueries.IdOf(number % Films).Value, new FilmDetails($"Later {number}", 2020, null));
        }
    }

    public void Dispose() => _folder.Dispose();
}
