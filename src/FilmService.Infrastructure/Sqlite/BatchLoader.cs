using System.Collections.Frozen;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Finds films by normalised name, at most so many.</summary>
internal delegate IEnumerable<Film> FindNamed(string normalizedName, int limit);

/// <summary>Loads a batch's data with one look-up per film and key: within one process they cost next to nothing.</summary>
internal static class BatchLoader
{
    /// <summary>How many films of one name are compared by year: there is no index on both.</summary>
    private const int MaxNamesakes = 1_000;

    public static LoadedCatalog Load(BatchNeeds needs, CatalogHead head, DateTimeOffset keyTime, Func<FilmId, Film?> find, Func<CallerKey, IdempotencyRecord?> findRecord, FindNamed? findNamed = null) => new(
        head,
        needs.Films.ToDictionary(id => id, find),
        needs.Keys.Select(findRecord).OfType<IdempotencyRecord>().ToDictionary(record => record.Owner))
    {
        KeyTime = keyTime,
        Named = needs.Names.Count == 0 ? FrozenDictionary<NameAndYear, IReadOnlyList<Film>>.Empty : LoadNamed(needs, findNamed!),
    };

    private static Dictionary<NameAndYear, IReadOnlyList<Film>> LoadNamed(BatchNeeds needs, FindNamed find)
    {
        var found = new Dictionary<NameAndYear, IReadOnlyList<Film>>();
        foreach (var name in needs.Names.GroupBy(named => named.NormalizedName))
        {
            // One more than is compared tells that there are too many.
            var films = find(name.Key, MaxNamesakes + 1).ToList();
            foreach (var named in name)
            {
                found[named] = [.. films.Where(film => films.Count > MaxNamesakes || (film.Details.Year == named.Year && !needs.Films.Contains(film.Id))).Take(2)];
            }
        }

        return found;
    }
}
