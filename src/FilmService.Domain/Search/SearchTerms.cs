using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

/// <summary>How well a name matches the words, the best match first.</summary>
public enum MatchKind
{
    /// <summary>The name is the query.</summary>
    Equal,

    /// <summary>So are its letters and digits, written together.</summary>
    EqualLetters,

    /// <summary>Its letters and digits, written together, begin with those of the query.</summary>
    Beginning,

    /// <summary>It contains the words elsewhere.</summary>
    Words,
}

/// <summary>
/// Words to find in a name, all of them, in any order; the last one may be a prefix of a word. Letters and digits at the
/// beginning of a name are also found if the spaces are in other places.
/// </summary>
public sealed record SearchTerms
{
    private SearchTerms(string text)
    {
        Text = text;
        Letters = SearchableName.LettersOf(text);
        var words = text.Split(' ');
        Whole = [.. words[..^1].Where(word => !SpacelessScript.IsWritten(word)).Distinct()];
        Inside = [.. words.Where(SpacelessScript.IsWritten).Distinct()];
        Prefix = SpacelessScript.IsWritten(words[^1]) ? null : words[^1];
    }

    /// <summary>The words, normalised.</summary>
    public string Text { get; }

    /// <summary>Their letters and digits, written together; empty if they have none.</summary>
    public string Letters { get; }

    /// <summary>The words that must match completely.</summary>
    public IReadOnlyList<string> Whole { get; }

    /// <summary>The last word, which may be a prefix; null if it is among those of <see cref="Inside"/>.</summary>
    public string? Prefix { get; }

    /// <summary>The words of scripts without spaces, which may be inside a word.</summary>
    public IReadOnlyList<string> Inside { get; }

    /// <summary>Normalises a client's search text; null if nothing is left of it, as with punctuation alone.</summary>
    public static SearchTerms? Parse(string text) => NormalizedName.Fold(text) is { Length: > 0 } normalized ? new SearchTerms(normalized) : null;

    /// <summary>How the name matches; null if it does not.</summary>
    public MatchKind? Match(SearchableName name) =>
        name.Normalized == Text ? MatchKind.Equal
        : Letters.Length > 0 && name.Letters == Letters ? MatchKind.EqualLetters
        : Letters.Length > 0 && name.Letters.StartsWith(Letters, StringComparison.Ordinal) ? MatchKind.Beginning
        : HasWords(name) ? MatchKind.Words
        : null;

    /// <summary>
    /// The rank of a matching name, the best match lowest: by kind of match, and within each kind, shorter names first.
    /// </summary>
    public long Rank(SearchableName name) => RankOf(Match(name) ?? MatchKind.Words, name.Length);

    /// <summary>The kind of match, and the length of the name in code points, that have a rank.</summary>
    public static (MatchKind Kind, long Length) KindOf(long rank) => ((MatchKind)(rank >> 32), rank & uint.MaxValue);

    private static long RankOf(MatchKind kind, long length) => ((long)kind << 32) + length;

    private bool HasWords(SearchableName name)
    {
        var words = name.Words.ToHashSet();
        return Whole.All(words.Contains)
            && (Prefix is null || words.Any(word => word.StartsWith(Prefix, StringComparison.Ordinal)))
            && Inside.All(part => name.Normalized.Contains(part, StringComparison.Ordinal));
    }
}
