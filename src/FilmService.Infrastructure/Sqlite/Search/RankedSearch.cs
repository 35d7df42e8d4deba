using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>
/// A page of the films that contain some words, by relevance: first those that match best, of these first those with the shortest
/// names. It reads the names of one length after the other and stops when the page is full, so that a word in a third of all
/// names costs no more than a rare one.
/// </summary>
internal sealed class RankedSearch(QueryPlanner planner, FilmQuery query)
{
    // Up to this many films of one length are sorted; among more, a page is soon found in the order of ids.
    private const int Few = 2_500;

    // So many are soon read, whatever else could be tried.
    private const int VeryFew = 250;

    private readonly SearchTerms _words = query.Filter.Words!;
    private readonly WordQuery _match = new(query.Filter.Words!);
    private readonly int _wanted = query.Page!.Limit + 1;
    private readonly List<Film> _hits = [];

    /// <summary>True for a query by words alone, the best match first.</summary>
    public static bool Answers(FilmQuery query) =>
        query.Order.Keys is [{ Key: SortKey.Relevance, Descending: false }, { Key: SortKey.Id, Descending: false }] && query.Filter == FilmFilter.None with { Words = query.Filter.Words };

    public List<Film> Page()
    {
        var place = query.Page!.After?.Values;
        var (first, length) = place is null ? (MatchKind.Equal, 0) : SearchTerms.KindOf(place[0].Number);
        for (var kind = first; kind <= MatchKind.Words && !IsFull; kind++)
        {
            AddMatches(kind, kind == first && place is not null ? new NameLengths(length, place[1].Bytes.ToArray()) : new NameLengths(0, []));
        }

        return _hits;
    }

    private bool IsFull => _hits.Count >= _wanted;

    private void AddMatches(MatchKind kind, NameLengths start)
    {
        if (kind is MatchKind.Equal)
        {
            // All of them have the same length.
            Add("normalized_name_sort_key", sql => $"normalized_name = {sql.Value(_words.Text)}", start with { Last = start.First });
        }
        else if (kind is MatchKind.Words || _words.Letters.Length > 0)
        {
            for (var lengths = Next(start); lengths is not null && !IsFull; lengths = Next(new NameLengths(lengths.Last + 1, [])))
            {
                AddMatchesOf(kind, lengths);
            }
        }
    }

    // Null if no name is as long.
    private NameLengths? Next(NameLengths start)
    {
        var sql = new SqlBuilder();
        var first = planner.Number(sql.Add($"SELECT ifnull(min(name_length), 0) FROM films WHERE name_length >= {sql.Value(start.First)}"));
        return first == 0 ? null : new NameLengths(first, first == start.First ? start.After : []) { Last = first < WordTokens.LastLength ? first : long.MaxValue - 1 };
    }

    private void AddMatchesOf(MatchKind kind, NameLengths lengths)
    {
        switch (kind)
        {
            case MatchKind.EqualLetters:
                Add("name_length_letters", sql => $"letters = {sql.Value(_words.Letters)} AND normalized_name <> {sql.Value(_words.Text)}", lengths);
                break;
            case MatchKind.Beginning:
                string Begins(SqlBuilder sql) => $"{FilterSql.HasLetters(_words, sql)} AND letters <> {sql.Value(_words.Letters)}";
                if (Count("films INDEXED BY \"IX_films_name_length_letters\"", sql => $"{lengths.Condition(sql)} AND {FilterSql.HasLetters(_words, sql)}", Few) < Few || !TryProbe(Begins, lengths))
                {
                    Add("name_length_letters", Begins, lengths);
                }

                break;
            default:
                AddWords(lengths);
                break;
        }
    }

    private void AddWords(NameLengths lengths)
    {
        string Contains(SqlBuilder sql) => FilterSql.HasWords(_words, sql) + (FilterSql.HasLetters(_words, sql) is { } letters ? $" AND NOT {letters}" : "");
        var length = WordTokens.Of(lengths.First);
        if ((Rarest(length, VeryFew) ?? Rarest(length, Few)) is { } few)
        {
            AddMatching(few, Contains, lengths);
        }
        else if (!TryProbe(Contains, lengths))
        {
            AddMatching(_match.MatchAll(length), Contains, lengths);
        }
    }

    // The words that fewer names of a length contain than this; null if there are none.
    private string? Rarest(char length, int most) =>
        _match.HasComplete && Count("film_words", sql => $"film_words MATCH {sql.Value(_match.MatchComplete(length))}", most) < most ? _match.MatchComplete(length)
        : _match.Beginning is { } word && Count("film_word_uses", sql => FilterSql.Prefix("term", length + word, sql), most) < most ? _match.MatchBeginning(length)
        : null;

    private long Count(string from, Func<SqlBuilder, string> where, int most)
    {
        var sql = new SqlBuilder();
        return planner.Number(sql.Add($"SELECT count(*) FROM (SELECT 1 FROM {from} WHERE {where(sql)} LIMIT {most})"));
    }

    private bool TryProbe(Func<SqlBuilder, string> where, NameLengths lengths)
    {
        if (lengths.Last > lengths.First)
        {
            return false;
        }

        var sql = new SqlBuilder();
        sql.Add($"SELECT {FilmRowReader.Columns}, {where(sql)} AND name_length = {sql.Value(lengths.First)} FROM films INDEXED BY \"IX_films_sort_key\"")
            .Add($" WHERE sort_key > {sql.Value(lengths.After)} ORDER BY sort_key");
        var found = planner.Probe(sql, _wanted - _hits.Count);
        _hits.AddRange(found ?? []);
        return found is not null;
    }

    private void AddMatching(string match, Func<SqlBuilder, string> where, NameLengths lengths) =>
        Add(null, sql => $"row IN (SELECT rowid FROM film_words WHERE film_words MATCH {sql.Value(match)}) AND {where(sql)}", lengths);

    private void Add(string? index, Func<SqlBuilder, string> where, NameLengths lengths)
    {
        var sql = new SqlBuilder();
        sql.Add($"SELECT {FilmRowReader.Columns}, 1 FROM films {(index is null ? "NOT INDEXED" : $"INDEXED BY \"IX_films_{index}\"")}")
            .Add($" WHERE {where(sql)} AND {lengths.Condition(sql)} AND {lengths.IsAfter(sql)} ORDER BY {lengths.Order} LIMIT {sql.Value(_wanted - _hits.Count)}");
        _hits.AddRange(planner.Hits(sql, int.MaxValue));
    }
}

/// <summary>Lengths of names, from the first to the last, beginning after a film of the first one.</summary>
/// <param name="After">The film's sort key; empty for the beginning.</param>
internal sealed record NameLengths(long First, byte[] After)
{
    public long Last { get; init; } = First;

    public string Order => First == Last ? "sort_key" : "name_length, sort_key";

    public string Condition(SqlBuilder sql) => First == 0 ? "1"
        : First == Last ? $"name_length = {sql.Value(First)}"
        : $"name_length >= {sql.Value(First)}";

    public string IsAfter(SqlBuilder sql) => After.Length == 0 ? "1"
        : First == Last ? $"sort_key > {sql.Value(After)}"
        : $"(name_length, sort_key) > ({sql.Value(First)}, {sql.Value(After)})";
}
