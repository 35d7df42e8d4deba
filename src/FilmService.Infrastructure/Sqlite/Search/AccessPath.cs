using System.Globalization;
using FilmService.Domain.Search;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>A way to find a filter's candidates by one of its conditions; the others are then checked.</summary>
/// <param name="From">The rows, and the index by which they are read.</param>
/// <param name="Where">The condition.</param>
internal sealed record AccessPath(string From, Func<SqlBuilder, string> Where)
{
    /// <summary>The path for counting, if it differs from that for reading.</summary>
    private AccessPath? Counted { get; init; }

    /// <summary>The access paths of a filter.</summary>
    public static IEnumerable<AccessPath> Of(FilmFilter filter)
    {
        if (filter.Ids is { } ids)
        {
            yield return Indexed("sort_key", sql => $"sort_key IN {sql.Values(ids.Select(id => id.ToSortKey()))}");
        }

        if (filter.Names is { } names)
        {
            yield return Indexed("normalized_name_sort_key", sql => $"normalized_name IN {sql.Values(names)}");
        }

        if (filter.Words is { } words)
        {
            yield return Matching("film_words", words.Match());
        }

        if (filter.NamePart is { } part && FilterSql.MatchPart(part) is { } match)
        {
            yield return Matching("film_trigrams", match);
        }

        if (filter.NamePrefix is { } prefix)
        {
            yield return Indexed("normalized_name_sort_key", sql => FilterSql.Prefix(prefix, sql));
        }

        if (filter.Released is { Ranges: [var first, ..] ranges })
        {
            yield return Indexed("released_sort_key", _ => string.Create(CultureInfo.InvariantCulture, $"released BETWEEN {first.From} AND {ranges[^1].To}"));
        }

        if (filter.Months is { } months)
        {
            yield return Indexed("released_sort_key", sql => $"released IN {sql.Values(months.SelectMany(FilterSql.Released).Cast<object>())}");
        }
    }

    /// <summary>A statement that counts the candidates, up to a maximum.</summary>
    public SqlBuilder Count(int most)
    {
        var sql = new SqlBuilder();
        var (from, where) = Counted ?? this;
        return sql.Add($"SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {where(sql)} LIMIT {most})");
    }

    private static AccessPath Indexed(string index, Func<SqlBuilder, string> where) => new($"films INDEXED BY \"IX_films_{index}\"", where);

    private static AccessPath Matching(string table, string match) =>
        new("films NOT INDEXED", sql => $"row IN (SELECT rowid FROM {table} WHERE {table} MATCH {sql.Value(match)})")
        {
            Counted = new AccessPath(table, sql => $"{table} MATCH {sql.Value(match)}"),
        };
}
