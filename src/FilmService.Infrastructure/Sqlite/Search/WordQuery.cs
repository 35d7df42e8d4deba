using FilmService.Domain.Search;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>Finds words in <c>film_words</c>; the results have to be checked.</summary>
internal sealed class WordQuery
{
    // The longest words are the rarest; more of them would cost more than they exclude.
    private const int Most = 8;

    private readonly List<string> _complete;
    private readonly List<string> _beginnings;

    public WordQuery(SearchTerms words)
    {
        _complete = [.. words.Whole.OrderByDescending(word => word.Length).Take(Most)];
        _beginnings = [.. words.Inside.Select(WordTokens.PieceOf).Concat(words.Prefix is null ? [] : [words.Prefix]).OrderByDescending(word => word.Length).Distinct().Take(Most)];
    }

    /// <summary>True if some words must be complete. FTS5 reads the films that contain those one by one.</summary>
    public bool HasComplete => _complete.Count > 0;

    /// <summary>The longest beginning of a word; null if there is none. FTS5 reads all films that contain it at once.</summary>
    public string? Beginning => _beginnings.FirstOrDefault();

    /// <summary>The words among names of any length.</summary>
    public string Match => string.Join(" OR ", WordTokens.All.Select(length => $"({MatchAll(length)})"));

    /// <summary>All words, among names of one length.</summary>
    public string MatchAll(char length) => Join(length, _complete, _beginnings);

    /// <summary>The complete words alone, among names of one length.</summary>
    public string MatchComplete(char length) => Join(length, _complete, []);

    /// <summary>The longest beginning alone, among names of one length.</summary>
    public string MatchBeginning(char length) => Join(length, [], [Beginning!]);

    private static string Join(char length, IEnumerable<string> complete, IEnumerable<string> beginnings) =>
        string.Join(" AND ", complete.Select(word => FilterSql.Quoted(length + word)).Concat(beginnings.Select(word => FilterSql.Quoted(length + word) + "*")));
}
