using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

/// <summary>Words to find in a name, all of them, in any order; the last one may be a prefix of a word.</summary>
public sealed record SearchTerms
{
    private SearchTerms(string text) => Text = text;

    /// <summary>The words, normalised.</summary>
    public string Text { get; }

    /// <summary>The words that must match completely.</summary>
    public IReadOnlyList<string> Whole => Text.Split(' ')[..^1];

    /// <summary>The last word, which may be a prefix.</summary>
    public string Last => Text[(Text.LastIndexOf(' ') + 1)..];

    /// <summary>Normalises a client's search text; null if nothing is left of it, as with punctuation alone.</summary>
    public static SearchTerms? Parse(string text) => NormalizedName.Fold(text) is { Length: > 0 } normalized ? new SearchTerms(normalized) : null;

    /// <summary>True if the normalised name contains the words.</summary>
    public bool Match(string normalized)
    {
        var words = normalized.Split(' ');
        return Whole.All(words.Contains) && words.Any(word => word.StartsWith(Last, StringComparison.Ordinal));
    }

    /// <summary>
    /// The rank of a matching normalised name, the best match lowest: the exact name, then names that begin with the words, then
    /// the rest; within each group, shorter names first.
    /// </summary>
    public long Rank(string normalized)
    {
        // The exact name is the shortest of those that begin with the words.
        var kind = normalized.StartsWith(Text, StringComparison.Ordinal) ? 0L : 1;
        return (kind << 32) + normalized.EnumerateRunes().Count();
    }
}
