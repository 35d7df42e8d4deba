using System.Globalization;
using FilmService.Domain.Search;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>A way to find a filter's candidates by one of its conditions; the others are then checked.</summary>
/// <param name="From">The rows, and the index by which they are read.</param>
/// <param name="Where">The condition.</param>
internal sealed record AccessPath(Func<SqlBuilder, string> From, Func<SqlBuilder, string> Where)
{
    /// <summary>Selects the candidates for counting, if that differs from reading them.</summary>
    private Func<SqlBuilder, string>? Counted { get; init; }

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
            yield return Containing(words);
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
        return sql.Add($"SELECT count(*) FROM ({Counted?.Invoke(sql) ?? $"SELECT 1 FROM {From(sql)} WHERE {Where(sql)}"} LIMIT {sql.Value(most)})");
    }

    private static AccessPath Indexed(string index, Func<SqlBuilder, string> where) => new(_ => $"films INDEXED BY \"IX_films_{index}\"", where);

    private static AccessPath Containing(SearchTerms words)
    {
        string Rows(SqlBuilder sql) => $"SELECT rowid AS row FROM film_words WHERE film_words MATCH {sql.Value(new WordQuery(words).Match)}"
            + (words.Letters.Length > 0 ? $" UNION ALL {RowsByLetters(words.Letters, sql)}" : "");
        return new AccessPath(_ => "films NOT INDEXED", sql => $"row IN ({Rows(sql)})") { Counted = Rows };
    }

    // The index is sorted by length first.
    private static string RowsByLetters(string letters, SqlBuilder sql) => $"""
        SELECT film.row FROM (
            WITH RECURSIVE lengths (value) AS (
                SELECT min(name_length) FROM films
                UNION ALL SELECT (SELECT min(name_length) FROM films WHERE name_length > lengths.value) FROM lengths WHERE lengths.value IS NOT NULL)
            SELECT value FROM lengths WHERE value IS NOT NULL) AS one
        CROSS JOIN films AS film INDEXED BY "IX_films_name_length_letters" ON film.name_length = one.value AND {FilterSql.Prefix("film.letters", letters, sql)}
        """;

    private static AccessPath Matching(string table, string match) =>
        new(_ => "films NOT INDEXED", sql => $"row IN (SELECT rowid FROM {table} WHERE {table} MATCH {sql.Value(match)})")
        {
            Counted = sql => $"SELECT 1 FROM {table} WHERE {table} MATCH {sql.Value(match)}",
        };
}
