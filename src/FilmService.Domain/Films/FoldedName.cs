using System.Text;

namespace FilmService.Domain.Films;

/// <summary>
/// Folds a name to the form in which names are compared and searched, the same on every database:
/// <c>Amélie</c>, <c>AMELIE</c> and <c>amélie!</c> are one.
/// </summary>
public static class FoldedName
{
    /// <summary>Rises with every change of the rules below; a database folded by another version is folded again at start.</summary>
    public const int Version = 1;

    private const string Apostrophes = "'\u2018\u2019\u201B\u02BC";

    /// <summary>The folded name; never empty for a film's name.</summary>
    public static string Of(string name) => Fold(name) is { Length: > 0 } folded ? folded : name.ToLowerInvariant();

    /// <summary>The folded text; empty when nothing is left of it, as of punctuation alone.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var rune in WithoutMarks(name).EnumerateRunes())
        {
            Append(folded, Rune.ToLowerInvariant(rune));
        }

        return folded.ToString().TrimEnd(' ');
    }

    private static string WithoutMarks(string name)
    {
        var kept = new StringBuilder(name.Length);
        foreach (var rune in Normalize(name, NormalizationForm.FormKD).EnumerateRunes().Where(rune => !IsDroppedMark(rune.Value)))
        {
            kept.Append(rune.ToString());
        }

        return Normalize(kept.ToString(), NormalizationForm.FormC);
    }

    // The framework takes U+FFFE for a broken text and throws. It combines with nothing, so the text can be normalised around it.
    private static string Normalize(string text, NormalizationForm form) =>
        string.Join('\uFFFE', text.Split('\uFFFE').Select(part => part.Normalize(form)));

    private static void Append(StringBuilder folded, Rune rune)
    {
        if (Replacement(rune) is { } letters)
        {
            folded.Append(letters);
        }
        else if (!IsSpace(rune))
        {
            folded.Append(rune.ToString());
        }
        else if (folded.Length > 0 && folded[^1] != ' ')
        {
            folded.Append(' ');
        }
    }

    private static string? Replacement(Rune lower) => lower.Value switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        'ı' => "i",
        'ς' => "σ",
        _ when lower.IsBmp && Apostrophes.Contains((char)lower.Value) => "",
        _ => null,
    };

    private static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.IsPunctuation(rune);

    // The combining marks of Latin, Greek and Cyrillic; those of Devanagari and Kana carry meaning and stay.
    private static bool IsDroppedMark(int value) => value is
        (>= 0x0300 and <= 0x036F) or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF)
        or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE20 and <= 0xFE2F);
}
