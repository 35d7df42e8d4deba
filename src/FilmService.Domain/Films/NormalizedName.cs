using System.Text;

namespace FilmService.Domain.Films;

/// <summary>
/// Normalises a name for comparing and searching, identically on every database: <c>Amélie</c>, <c>AMELIE</c> and <c>amélie!</c>
/// are the same.
/// </summary>
public static class NormalizedName
{
    /// <summary>
    /// Must be increased with every change of the rules below; a database that was normalised by another version is reindexed at
    /// start-up.
    /// </summary>
    public const int Version = 1;

    // For example ß, which becomes ss.
    private const int MostPerLetter = 2;

    // Longer names are rare.
    private const int OnStack = 256;

    /// <summary>The normalised name; never empty for a film's name.</summary>
    public static string Of(string name) => Fold(name) is { Length: > 0 } normalized ? normalized : name.ToLowerInvariant();

    /// <summary>The normalised text; empty if nothing is left of it, as with punctuation alone.</summary>
    public static string Fold(string name)
    {
        // ASCII has neither diacritics nor other forms of a letter, and most names are ASCII.
        var letters = Ascii.IsValid(name) ? name : WithoutMarks(name);
        var normalized = letters.Length > OnStack ? new char[MostPerLetter * letters.Length] : stackalloc char[MostPerLetter * OnStack];
        var length = 0;
        foreach (var rune in letters.EnumerateRunes())
        {
            length += Append(normalized[..length], normalized[length..], Rune.ToLowerInvariant(rune));
        }

        return normalized[..length].TrimEnd(' ').ToString();
    }

    private static string WithoutMarks(string name)
    {
        var parts = Normalize(name, NormalizationForm.FormKD);
        var kept = new StringBuilder(parts.Length);
        foreach (var part in parts)
        {
            if (!IsDroppedMark(part))
            {
                kept.Append(part);
            }
        }

        return Normalize(kept.ToString(), NormalizationForm.FormC);
    }

    // The framework considers U+FFFE invalid and throws. It combines with nothing, so the text can be normalised around it.
    private static string Normalize(string text, NormalizationForm form) =>
        text.Contains('\uFFFE') ? string.Join('\uFFFE', text.Split('\uFFFE').Select(part => part.Normalize(form))) : text.Normalize(form);

    // Returns how many characters the letter takes.
    private static int Append(ReadOnlySpan<char> before, Span<char> rest, Rune lower)
    {
        if (Replacement(lower) is { } letters)
        {
            letters.CopyTo(rest);
            return letters.Length;
        }

        if (!IsSpace(lower))
        {
            return lower.EncodeToUtf16(rest);
        }

        rest[0] = ' ';
        return before is [] or [.., ' '] ? 0 : 1;
    }

    private static string? Replacement(Rune lower) => lower.Value switch
    {
        '\'' => "",
        < 0x80 => null,
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        'ı' => "i",
        'ς' => "σ",
        '\u2018' or '\u2019' or '\u201B' or '\u02BC' => "",
        _ => null,
    };

    private static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.IsPunctuation(rune);

    // The combining marks of Latin, Greek and Cyrillic; those of Devanagari and Kana carry meaning and are kept.
    private static bool IsDroppedMark(char value) => value is
        (>= '\u0300' and <= '\u036F') or (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF')
        or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE20' and <= '\uFE2F');
}
