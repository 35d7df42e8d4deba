using FilmService.Domain.Films;
using FilmService.Domain.Search;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>
/// Answers queries on one connection, inside its snapshot. A page is found in one of four ways: by an index in the requested
/// order, by the most selective condition, value by value, or by relevance. All give the same films; the choice is for speed.
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
        Read((PastFilms.Of(query) ?? (query.Filter.IsEmpty ? null : Best(query))) is { } best ? FilmStatements.FilterAndSort(query, best, null) : FilmStatements.IndexScan(query));

    /// <summary>The films of the page, and one more if there is one.</summary>
    public List<Film> Page(FilmQuery query)
    {
        var wanted = query.Page!.Limit + 1;
        var groups = query.Order.Keys is [{ Key: SortKey.Id }] ? ValueGroup.Of(query.Filter) : [];
        if (PastFilms.Of(query) is { } past)
        {
            return Hits(FilmStatements.FilterAndSort(query, past, wanted), wanted);
        }

        if (query.Filter.IsEmpty)
        {
            return Hits(FilmStatements.IndexScan(query), wanted);
        }

        if (RankedSearch.Answers(query))
        {
            return new RankedSearch(this, query).Page();
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
    public long Count(FilmQuery query) => Number(FilmStatements.Count(query.Filter, PastFilms.Of(query) ?? BestForCounting(query.Filter)));

    /// <summary>The number of matches of each month that has any.</summary>
    public List<ReleaseCount> CountReleases(FilmQuery query)
    {
        using var row = FilmStatements.CountReleases(query.Filter, PastFilms.Of(query) ?? BestForCounting(query.Filter)).Prepare(_statements).Query();
        var counts = new List<ReleaseCount>();
        while (row.Next())
        {
            counts.Add(new ReleaseCount((int)row.Number(0), row.Number(1)));
        }

        return counts;
    }

    private AccessPath? BestForCounting(FilmFilter filter)
    {
        if (filter.IsByRelease)
        {
            return null;
        }

        var ways = AccessPath.Of(filter).ToList();
        return Smallest(ways) ?? (filter.Words is null ? null : ways[0]);
    }

    // A part of a name that is too short for an access path is a condition too.
    private static bool IsOneCondition(FilmFilter filter) => AccessPath.Of(filter).Count() <= 1 && filter.NamePart is null;

    /// <summary>The first matches of an index scan, if a few films are enough to find them; otherwise null.</summary>
    public List<Film>? Probe(SqlBuilder scan, int wanted)
    {
        var (hits, seen) = (new List<Film>(), 0);
        using var film = Read(scan);
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

    /// <summary>The number that a statement selects.</summary>
    public long Number(SqlBuilder sql)
    {
        using var row = sql.Prepare(_statements).Query();
        row.Next();
        return row.Number(0);
    }

    /// <summary>The films of a statement, as many as are wanted.</summary>
    public List<Film> Hits(SqlBuilder sql, int wanted)
    {
        using var film = Read(sql);
        var hits = new List<Film>();
        while (hits.Count < wanted && film.MoveNext())
        {
            hits.Add(film.ToFilm());
        }

        return hits;
    }

    private List<Film>? Probe(FilmQuery query, int wanted) =>
        query.Order.Keys[0].Index() is null || query.Filter.Ids is not null ? null : Probe(FilmStatements.IndexScan(query), wanted);

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

    private FilmRows Read(SqlBuilder sql) => new(sql.Prepare(_statements).Query(), epoch);

    public void Dispose() => _statements.Dispose();
}
