using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

/// <summary>A name as full-text search sees it.</summary>
/// <param name="Normalized">The normalised name.</param>
/// <param name="Elided">The words after an elision, such as <c>avventura</c> in L'Avventura, which is one word of the normalised name.</param>
/// <param name="Letters">The letters and digits of the normalised name, written together: <c>walle</c> for WALL·E.</param>
public sealed partial record SearchableName(string Normalized, IReadOnlyList<string> Elided, string Letters)
{
    private static readonly SearchValues<char> AsciiLettersAndSpace = SearchValues.Create(" 0123456789abcdefghijklmnopqrstuvwxyz");

    /// <summary>All words that can be found.</summary>
    public IEnumerable<string> Words => Normalized.Split(' ').Concat(Elided);

    /// <summary>The length of the normalised name in code points, by which matches are ranked.</summary>
    public int Length => Ascii.IsValid(Normalized) ? Normalized.Length : Normalized.EnumerateRunes().Count();

    public static SearchableName Of(string name) => Of(name, NormalizedName.Of(name));

    /// <summary>The same, for a name that has been normalised already.</summary>
    public static SearchableName Of(string name, string normalized) => new(normalized, ElidedWords(name), LettersOf(normalized));

    /// <summary>The letters and digits of a normalised text. Marks belong to their letters.</summary>
    public static string LettersOf(string normalized)
    {
        // Most names are ASCII, and most of them have no symbols.
        if (!normalized.AsSpan().ContainsAnyExcept(AsciiLettersAndSpace))
        {
            return normalized.Replace(" ", "", StringComparison.Ordinal);
        }

        var letters = new StringBuilder(normalized.Length);
        foreach (var rune in normalized.EnumerateRunes())
        {
            if (Rune.IsLetter(rune) || Rune.IsNumber(rune) || IsMark(rune))
            {
                letters.Append(rune);
            }
        }

        return letters.ToString();
    }

    private static IReadOnlyList<string> ElidedWords(string name) => name.AsSpan().IndexOfAny(NormalizedName.Apostrophes) < 0
        ? []
        : [.. Elision.Matches(name).Select(elision => NormalizedName.Fold(name[(elision.Index + elision.Length)..]).Split(' ')[0]).Where(word => word.Length > 0)];

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    // A letter, or "qu", between the beginning of a word and an apostrophe that a word follows.
    [GeneratedRegex($@"(?<![\p{{L}}\p{{M}}\p{{N}}{NormalizedName.ApostropheCharacters}])(?:\p{{L}}\p{{M}}*|[Qq][Uu])[{NormalizedName.ApostropheCharacters}](?=[\p{{L}}\p{{N}}])")]
    private static partial Regex Elision { get; }
}
