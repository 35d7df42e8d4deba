using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Tests.Sqlite.Search;

public sealed class SearchTests : IDisposable
{
    private const int Films = 100_000;
    private const int Together = 5_000;

    private readonly CatalogFolder _folder = new();

    [Test]
    public async Task List_AHundredThousandFilmsAnd400RandomQueries_EqualsABruteForceSearch()
    {
        var (catalog, random) = (_folder.Open(), new RandomQueries(seed: 4));
        foreach (var ids in Enumerable.Range(0, Films).Chunk(Together))
        {
            await Task.WhenAll(ids.Select(id => catalog.SaveAsync(RandomQueries.IdOf(id).Value, random.Film())));
        }

        var all = (await ReadAsync(catalog, FilmQuery.All)).Films.Select(film => (Film: film, Name: SearchableName.Of(film.Name))).ToList();
        var found = 0;
        for (var i = 0; i < 400; i++)
        {
            var query = random.Query(Films);
            var expected = Search(all, query);
            found += expected.Count > 0 ? 1 : 0;
            await AssertEqualAsync(catalog, query, expected, i);
        }

        Assert.That(found, Is.GreaterThan(250), "Most queries should find something.");
    }

    internal static List<Film> Search(List<(Film Film, SearchableName Name)> all, FilmQuery query) => all
        .Where(film => query.Filter.Matches(film.Film, film.Name))
        .Select(film => (film.Film, Place: query.Order.PositionOf(film.Film, query.Filter.Words)))
        .Order(Comparer<(Film Film, FilmPosition Place)>.Create((one, other) => query.Order.Compare(one.Place, other.Place)))
        .Select(film => film.Film).ToList();

    // Compares the complete result, or its first, second and some later page.
    internal static async Task AssertEqualAsync(IFilmRepository catalog, FilmQuery query, List<Film> expected, int number)
    {
        var start = 0;
        for (var page = 0; page < 4 && start <= expected.Count; page++)
        {
            var answer = await ReadAsync(catalog, query);
            var wanted = expected.Skip(start).Take(query.Page?.Limit ?? int.MaxValue).ToList();
            Assert.That(answer.Films.Select(film => film.Id), Is.EqualTo(wanted.Select(film => film.Id)), () => $"Query {number}, page {page}: {Describe(query)}");
            Assert.That(answer.Films, Is.EqualTo(wanted));
            Assert.That(answer.Count, Is.EqualTo(expected.Count), () => $"Query {number}: {Describe(query)}");
            Assert.That(answer.NextPosition is null, Is.EqualTo(query.Page is null || start + wanted.Count == expected.Count), () => $"Query {number}: {Describe(query)}");
            if (answer.NextPosition is null)
            {
                return;
            }

            Assert.That(query.Order.Compare(answer.NextPosition, query.Order.PositionOf(wanted[^1], query.Filter.Words)), Is.Zero, () => $"Query {number}: {Describe(query)}");
            start = page == 1 ? Math.Max(start + wanted.Count, expected.Count * 9 / 10) : start + wanted.Count;
            query = query with { Page = query.Page! with { After = query.Order.PositionOf(expected[start - 1], query.Filter.Words) } };
        }
    }

    // On a thread of the readers, as for any catalogue that is not small.
    private static Task<(List<Film> Films, long? Count, FilmPosition? NextPosition)> ReadAsync(IFilmRepository catalog, FilmQuery query) =>
        catalog.ListAsync(query, TimeSpan.MaxValue, async list => (await list.Films.ToListAsync(), list.Count, list.NextPosition), default);

    private static string Describe(FilmQuery query)
    {
        var filter = query.Filter;
        string[] parts =
        [
            $"names {Join(filter.Names)}", $"prefix {filter.NamePrefix}", $"part {filter.NamePart}", $"released {Join(filter.Released?.Ranges)}",
            $"months {Join(filter.Months)}", $"ids {Join(filter.Ids)}", $"words {filter.Words?.Text}", $"order {Join(query.Order.Keys)}", $"page {query.Page}",
        ];
        return string.Join("; ", parts);
    }

    private static string Join<T>(IEnumerable<T>? values) => values is null ? "" : string.Join(",", values);

    public void Dispose() => _folder.Dispose();
}
