using System.Text;
using FilmService.Domain.Search;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>Translates <see cref="FilmOrder"/> to SQL, for a row of <c>films</c>.</summary>
internal static class OrderSql
{
    /// <summary>The column of a key, or its expression.</summary>
    public static string Column(this SortTerm term, SearchTerms? words, SqlBuilder sql) => term.Key switch
    {
        SortKey.Id => "sort_key",
        SortKey.Name => "normalized_name",
        SortKey.Year => "year",
        SortKey.Released => "released",
        SortKey.Revision => "revision",
        _ => Rank(words!, sql),
    };

    /// <summary>The index that is sorted by a key; null if there is none.</summary>
    public static string? Index(this SortTerm term) => term.Key switch
    {
        SortKey.Id => "IX_films_sort_key",
        SortKey.Name => "IX_films_normalized_name_sort_key",
        SortKey.Year => "IX_films_year_sort_key",
        SortKey.Released => "IX_films_released_sort_key",
        SortKey.Revision => "IX_films_revision",
        _ => null,
    };

    /// <summary>The keys with their directions.</summary>
    public static string OrderBy(this FilmOrder order, SearchTerms? words, SqlBuilder sql) =>
        string.Join(", ", order.Keys.Select(term => term.Column(words, sql) + (term.Descending ? " DESC" : "")));

    /// <summary>
    /// The keyset predicate: true for films after a position. The first key's bound is separate, so that it can use an index.
    /// </summary>
    public static string KeysetPredicate(this FilmOrder order, FilmPosition? place, SearchTerms? words, SqlBuilder sql)
    {
        if (place is null)
        {
            return "1";
        }

        var terms = order.Keys.Select((term, i) => (Column: term.Column(words, sql), Sign: term.Descending ? "<" : ">", Value: place.Value(term, i, sql))).ToList();
        if (order.Keys.All(term => !term.Descending))
        {
            return $"({string.Join(", ", terms.Select(term => term.Column))}) > ({string.Join(", ", terms.Select(term => term.Value))})";
        }

        var behind = terms.AsEnumerable().Reverse().Aggregate("0", (rest, term) =>
            $"({term.Column} {term.Sign} {term.Value} OR ({term.Column} = {term.Value} AND {rest}))");
        return $"{terms[0].Column} {terms[0].Sign}= {terms[0].Value} AND {behind}";
    }

    /// <summary>The value of a key at a position, as stored in its column.</summary>
    public static string Value(this FilmPosition place, SortTerm term, int i, SqlBuilder sql) => sql.Value(term.Key switch
    {
        SortKey.Id => place.Values[i].Bytes.ToArray(),
        SortKey.Name => Encoding.UTF8.GetString(place.Values[i].Bytes.Span),
        _ => place.Values[i].Number,
    });

    // Same as SearchTerms.Rank.
    private static string Rank(SearchTerms words, SqlBuilder sql)
    {
        var letters = FilterSql.HasLetters(words, sql) is { } begins
            ? $" WHEN letters = {sql.Value(words.Letters)} THEN {(int)MatchKind.EqualLetters} WHEN {begins} THEN {(int)MatchKind.Beginning}"
            : "";
        return $"((CASE WHEN normalized_name = {sql.Value(words.Text)} THEN {(int)MatchKind.Equal}{letters} ELSE {(int)MatchKind.Words} END << 32) + name_length)";
    }
}
