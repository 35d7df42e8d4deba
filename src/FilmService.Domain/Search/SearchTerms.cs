using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

/// <summary>Words to be found in a name, all of them, in any order; the last may be the beginning of one.</summary>
public sealed record SearchTerms
{
    private SearchTerms(string text) => Text = text;

    /// <summary>The words as a folded name has them.</summary>
    public string Text { get; }

    /// <summary>The words that must be whole.</summary>
    public IReadOnlyList<string> Whole => Text.Split(' ')[..^1];

    /// <summary>The last one, which may be a beginning.</summary>
    public string Last => Text[(Text.LastIndexOf(' ') + 1)..];

    /// <summary>Folds what a client looks for; null when nothing is left of it, as of punctuation alone.</summary>
    public static SearchTerms? Parse(string text) => NormalizedName.Fold(text) is { Length: > 0 } folded ? new SearchTerms(folded) : null;

    /// <summary>True when the folded name has the words.</summary>
    public bool Match(string folded)
    {
        var words = folded.Split(' ');
        return Whole.All(words.Contains) && words.Any(word => word.StartsWith(Last, StringComparison.Ordinal));
    }

    /// <summary>
    /// Where the folded name stands among those that match, the lowest first: the whole name, then names that begin with the
    /// words, then the rest; in each, the shorter name first.
    /// </summary>
    public long Rank(string folded)
    {
        // The whole name is the shortest of those that begin with the words.
        var kind = folded.StartsWith(Text, StringComparison.Ordinal) ? 0L : 1;
        return (kind << 32) + folded.EnumerateRunes().Count();
    }
}
