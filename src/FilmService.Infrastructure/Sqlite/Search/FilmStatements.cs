using FilmService.Domain.Search;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>
/// The statements for a <see cref="FilmQuery"/>. Each reads the films in order, from the beginning of the page.
/// </summary>
internal static class FilmStatements
{
    /// <summary>A function that counts the bytes of a row that is sorted. SQLite reports what it has sorted only at the end.</summary>
    public const string Sorted = "sorted";

    // The name, which may also be a sort key, the id, and a few numbers.
    private const string SortedBytes = "2 * octet_length(name) + octet_length(id) + 64";

    /// <summary>
    /// Index scan: all films in order, each followed by 1 if it matches. It starts at once, wherever the page begins.
    /// </summary>
    public static SqlBuilder IndexScan(FilmQuery query)
    {
        var (sql, first) = (new SqlBuilder(), query.Order.Keys[0]);
        if (first.Descending && query.Order.Keys is [_, { Key: SortKey.Id, Descending: false }])
        {
            return WalkDown(query, first, sql);
        }

        return sql.Add($"SELECT {FilmRowReader.Columns}, {query.Filter.Condition(sql)} FROM films INDEXED BY \"{first.Index()}\"")
            .Add($" WHERE {KeysetPredicate(query, sql)} ORDER BY {query.Order.OrderBy(query.Filter.Words, sql)}");
    }

    /// <summary>Filter and sort: the matching films among some candidates, sorted.</summary>
    public static SqlBuilder FilterAndSort(FilmQuery query, AccessPath candidates, int? limit)
    {
        var sql = new SqlBuilder();
        return sql.Add($"SELECT {FilmRowReader.Columns}, 1 FROM {candidates.From(sql)} WHERE {candidates.Where(sql)} AND {query.Filter.Condition(sql)}")
            .Add(limit is null && query.Order.Keys[0].Key is not SortKey.Id ? $" AND {Sorted}({SortedBytes})" : "")
            .Add($" AND {KeysetPredicate(query, sql)} ORDER BY {query.Order.OrderBy(query.Filter.Words, sql)} LIMIT {limit ?? -1}");
    }

    /// <summary>The first films of each value, merged in order of ids.</summary>
    public static SqlBuilder MergeScans(FilmQuery query, IReadOnlyList<ValueGroup> groups, int limit)
    {
        var sql = new SqlBuilder();
        var order = query.Order.OrderBy(null, sql);
        var rows = groups.Where(group => group.Count > 0).Select(group => $"""
            SELECT film.row FROM json_each({sql.Value(group.Values)}) AS one CROSS JOIN films AS film ON film.row IN (
                SELECT row FROM films INDEXED BY "{group.Index}"
                WHERE {group.Column} = one.value AND {KeysetPredicate(query, sql)} AND {query.Filter.Condition(sql)} ORDER BY {order} LIMIT {limit})
            """).DefaultIfEmpty("SELECT 0 WHERE 0");
        return sql.Add($"SELECT {FilmRowReader.Columns}, 1 FROM films WHERE row IN ({string.Join(" UNION ALL ", rows)}) ORDER BY {order} LIMIT {limit}");
    }

    /// <summary>The number of matches.</summary>
    public static SqlBuilder Count(FilmFilter filter, AccessPath? candidates)
    {
        var sql = new SqlBuilder();
        return sql.Add(candidates is null && filter.IsByRelease
            ? $"SELECT ifnull(sum(films), 0) FROM release_counts WHERE {filter.Condition(sql)}"
            : $"SELECT count(*) FROM {Matches(filter, candidates, sql)}");
    }

    /// <summary>The months with their numbers of matches.</summary>
    public static SqlBuilder CountReleases(FilmFilter filter, AccessPath? candidates)
    {
        var sql = new SqlBuilder();
        return sql.Add(candidates is null && filter.IsByRelease
            ? $"SELECT released, films FROM release_counts WHERE {filter.Condition(sql)}"
            : $"SELECT released, count(*) FROM {Matches(filter, candidates, sql)} GROUP BY released");
    }

    private static string Matches(FilmFilter filter, AccessPath? candidates, SqlBuilder sql) =>
        $"{candidates?.From(sql) ?? "films"} WHERE {candidates?.Where(sql) ?? "1"} AND {filter.Condition(sql)}";

    // From the greatest value down, and the films of each value in order of ids, as in the index: nothing has to be sorted. The
    // recursion steps from value to value through the index.
    private static SqlBuilder WalkDown(FilmQuery query, SortTerm first, SqlBuilder sql)
    {
        var (column, place) = (first.Column(query.Filter.Words, sql), query.Page?.After);
        var from = place is null ? "" : $" WHERE {column} <= {place.Value(first, 0, sql)}";
        var behind = place is null
            ? ""
            : $" AND sort_key > CASE greatest.value WHEN {place.Value(first, 0, sql)} THEN {place.Value(query.Order.Keys[1], 1, sql)} ELSE x'' END";
        return sql.Add($"""
            WITH RECURSIVE greatest (value) AS (
                SELECT max({column}) FROM films{from}
                UNION ALL SELECT (SELECT max({column}) FROM films WHERE {column} < greatest.value) FROM greatest WHERE greatest.value IS NOT NULL)
            SELECT {FilmRowReader.Columns}, {query.Filter.Condition(sql)}
            FROM greatest CROSS JOIN films INDEXED BY "{first.Index()}" ON {column} = greatest.value{behind}
            """);
    }

    private static string KeysetPredicate(FilmQuery query, SqlBuilder sql) => query.Order.KeysetPredicate(query.Page?.After, query.Filter.Words, sql);
}
