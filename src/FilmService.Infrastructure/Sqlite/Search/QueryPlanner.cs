using FilmService.Domain.Films;
using FilmService.Domain.Search;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>
/// Answers queries on one connection, inside its snapshot. A page is found in one of three ways: by an index in the requested
/// order, by the most selective condition, or value by value. All give the same films; the choice is for speed.
/// </summary>
internal sealed class QueryPlanner(SqliteConnection connection, string epoch) : IDisposable
{
    // Number of films to probe in order before another way is tried: enough if one in a hundred films matches.
    private const int ProbeRows = 2000;

    // Up to this many candidates are filtered and sorted rather than scanned for in order.
    private const int Few = 4096;

    private const int FewValues = 24;

    private readonly PreparedStatements _statements = new(connection);

    /// <summary>All matches. The planner must not be used again before they are disposed.</summary>
    public FilmRows All(FilmQuery query) =>
        Read(!query.Filter.IsEmpty && Best(query) is { } best ? FilmStatements.FilterAndSort(query, best, null) : FilmStatements.IndexScan(query));

    /// <summary>The films of the page, and one more if there is one.</summary>
    public List<Film> Page(FilmQuery query)
    {
        var wanted = query.Page!.Limit + 1;
        var groups = query.Order.Keys is [{ Key: SortKey.Id }] ? ValueGroup.Of(query.Filter) : [];
        if (query.Filter.IsEmpty)
        {
            return Hits(FilmStatements.IndexScan(query), wanted);
        }

        if (groups.Count > 0 && groups.Sum(group => group.Count) <= FewValues && IsOneCondition(query.Filter))
        {
            return Hits(FilmStatements.MergeScans(query, groups, wanted), wanted);
        }

        return Probe(query, wanted)
            ?? Hits(
                Best(query) is { } best ? FilmStatements.FilterAndSort(query, best, wanted)
                    : groups.Count > 0 ? FilmStatements.MergeScans(query, groups, wanted)
                    : FilmStatements.IndexScan(query),
                wanted);
    }

    /// <summary>The number of matches.</summary>
    public long Count(FilmFilter filter)
    {
        var ways = AccessPath.Of(filter).ToList();
        var best = Smallest(ways) ?? (filter.Words is null ? null : ways[0]);
        return Number(FilmStatements.Count(filter, best));
    }

    // A part of a name that is too short for an access path is a condition too.
    private static bool IsOneCondition(FilmFilter filter) => AccessPath.Of(filter).Count() <= 1 && filter.NamePart is null;

    // Returns the page if a few films are enough to find it; otherwise null.
    private List<Film>? Probe(FilmQuery query, int wanted)
    {
        if (query.Order.Keys[0].Index() is null || query.Filter.Ids is not null)
        {
            return null;
        }

        var (hits, seen) = (new List<Film>(), 0);
        using var film = Read(FilmStatements.IndexScan(query));
        while (film.NextRow())
        {
            if (film.IsMatch)
            {
                hits.Add(film.ToFilm());
            }

            if (hits.Count == wanted || ++seen == ProbeRows)
            {
                return hits.Count == wanted ? hits : null;
            }
        }

        return hits;
    }

    // Returns null if scanning all films in order is better.
    private AccessPath? Best(FilmQuery query)
    {
        var ways = AccessPath.Of(query.Filter).ToList();
        return Smallest(ways) ?? (query.Order.Keys[0].Index() is null ? ways[0] : null);
    }

    private AccessPath? Smallest(IEnumerable<AccessPath> ways)
    {
        var (best, fewest) = ((AccessPath?)null, (long)Few);
        foreach (var way in ways)
        {
            if (Number(way.Count(Few)) is var count && count < fewest)
            {
                (best, fewest) = (way, count);
            }
        }

        return best;
    }

    private long Number(SqlBuilder sql)
    {
        using var row = sql.Prepare(_statements).Query();
        row.Next();
        return row.Number(0);
    }

    private List<Film> Hits(SqlBuilder sql, int wanted)
    {
        using var film = Read(sql);
        var hits = new List<Film>();
        while (hits.Count < wanted && film.MoveNext())
        {
            hits.Add(film.ToFilm());
        }

        return hits;
    }

    private FilmRows Read(SqlBuilder sql) => new(sql.Prepare(_statements).Query(), epoch);

    public void Dispose() => _statements.Dispose();
}
