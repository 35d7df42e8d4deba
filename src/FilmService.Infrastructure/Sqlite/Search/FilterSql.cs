using System.Globalization;
using System.Text;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>Translates <see cref="FilmFilter.Matches(Film)"/> to SQL, for a row of <c>films</c>.</summary>
internal static class FilterSql
{
    private const int TrigramLength = 3;

    /// <summary>The conditions; <c>1</c> if there are none.</summary>
    public static string Condition(this FilmFilter filter, SqlBuilder sql)
    {
        var conditions = new List<string>();
        AddNames(filter, sql, conditions);
        if (filter.Ids is { } ids)
        {
            conditions.Add($"sort_key IN {sql.Values(ids.Select(id => id.ToSortKey()))}");
        }

        if (filter.Released is { } released)
        {
            conditions.Add(Ranges("released", released.Ranges));
        }

        if (filter.Months is { } months)
        {
            // The month, from the indexed column.
            conditions.Add($"released & 15 IN ({string.Join(", ", months.Select(month => ((int)(month ?? 0)).ToString(CultureInfo.InvariantCulture)))})");
        }

        return conditions.Count == 0 ? "1" : string.Join(" AND ", conditions);
    }

    /// <summary>
    /// Finds a part of a name in <c>film_trigrams</c> by all of its runs of three characters. Null if it is too short to have
    /// one.
    /// </summary>
    public static string? MatchPart(string part)
    {
        var runes = part.EnumerateRunes().Select(rune => rune.ToString()).ToArray();
        return runes.Length < TrigramLength
            ? null
            : string.Join(' ', Enumerable.Range(0, runes.Length - TrigramLength + 1).Select(i => Quoted(string.Concat(runes[i..(i + TrigramLength)]))).Distinct());
    }

    /// <summary>Normalised names that begin with a prefix, as a range that can use an index.</summary>
    public static string Prefix(string prefix, SqlBuilder sql) => Prefix("normalized_name", prefix, sql);

    /// <summary>Values of a column that begin with a prefix, as a range that can use an index.</summary>
    public static string Prefix(string column, string prefix, SqlBuilder sql) =>
        $"{column} >= {sql.Value(prefix)}" + (EndOfPrefix(prefix) is { } end ? $" AND {column} < {sql.Value(end)}" : "");

    /// <summary>Names that contain the words; those that begin with the letters of the query are another condition.</summary>
    public static string HasWords(SearchTerms words, SqlBuilder sql) => string.Join(" AND ",
        [
            .. words.Whole.Select(word => $"instr(search_words, {sql.Value($" {word} ")}) > 0"),
            .. words.Prefix is null ? [] : new[] { $"instr(search_words, {sql.Value($" {words.Prefix}")}) > 0" },
            .. words.Inside.Select(part => $"instr(normalized_name, {sql.Value(part)}) > 0"),
        ]);

    /// <summary>Names whose letters begin with those of the query; null if it has none.</summary>
    public static string? HasLetters(SearchTerms words, SqlBuilder sql) => words.Letters.Length > 0 ? $"({Prefix("letters", words.Letters, sql)})" : null;

    /// <summary>A month of every possible year, as stored in <c>released</c>.</summary>
    public static IEnumerable<int> Released(Month? month) =>
        Enumerable.Range(FilmDetails.MinYear, FilmDetails.MaxYear - FilmDetails.MinYear + 1).Select(year => ReleasePeriods.CodeOf(year, month));

    private static void AddNames(FilmFilter filter, SqlBuilder sql, List<string> conditions)
    {
        if (filter.Names is { } names)
        {
            conditions.Add($"normalized_name IN {sql.Values(names)}");
        }

        if (filter.NamePrefix is { } prefix)
        {
            conditions.Add(Prefix(prefix, sql));
        }

        if (filter.NamePart is { } part)
        {
            conditions.Add($"instr(normalized_name, {sql.Value(part)}) > 0");
        }

        if (filter.Words is { } words)
        {
            conditions.Add(HasLetters(words, sql) is { } letters ? $"({HasWords(words, sql)} OR {letters})" : HasWords(words, sql));
        }
    }

    private static string Ranges(string column, IReadOnlyList<ReleasePeriod> ranges) => ranges.Count == 0
        ? "0"
        : $"({string.Join(" OR ", ranges.Select(range => string.Create(CultureInfo.InvariantCulture, $"{column} BETWEEN {range.From} AND {range.To}")))})";

    /// <summary>A string in FTS5 syntax, in which no other character is special.</summary>
    public static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>The smallest text, by UTF-8 bytes, after all those that begin with the prefix; null if there is none.</summary>
    public static string? EndOfPrefix(string prefix)
    {
        for (var runes = prefix.EnumerateRunes().ToList(); runes.Count > 0; runes.RemoveAt(runes.Count - 1))
        {
            var next = runes[^1].Value == 0xD7FF ? 0xE000 : runes[^1].Value + 1;
            if (Rune.TryCreate(next, out var last))
            {
                return string.Concat(runes[..^1]) + last;
            }
        }

        return null;
    }
}
