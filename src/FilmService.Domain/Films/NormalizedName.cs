using System.Buffers;
using System.Globalization;
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
    public const int Version = 2;

    // That of &, which becomes a word.
    private const int MostPerLetter = 5;

    // Longer names are rare.
    private const int OnStack = 256;

    // U+00B4 and U+1FFD are one character, which NFKD would turn into a space and an accent.
    private static readonly SearchValues<char> Acutes = SearchValues.Create("\u00B4\u1FFD");

    /// <summary>The normalised name; never empty for a film's name.</summary>
    public static string Of(string name) => Fold(name) is { Length: > 0 } normalized ? normalized : Punctuation(name).ToLowerInvariant();

    /// <summary>True if the text has neither a letter nor any other visible character.</summary>
    public static bool IsBlank(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !IsInvisible(rune) && !IsVariationSelector(rune))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The characters that are written for an apostrophe, which a normalised name does not have.</summary>
    public const string ApostropheCharacters = "'`\u00B4\u02BC\u1FEF\u1FFD\u2018\u2019\u201B\u2032\uFF07\uFF40";

    public static readonly SearchValues<char> Apostrophes = SearchValues.Create(ApostropheCharacters);

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
        var plain = name.AsSpan().ContainsAny(Acutes) ? name.Replace('\u00B4', '\'').Replace('\u1FFD', '\'') : name;
        return Normalize(Kept(Normalize(plain, NormalizationForm.FormKD), rune => !IsDroppedMark(rune) && !IsInvisible(rune)), NormalizationForm.FormC);
    }

    private static string Kept(string text, Func<Rune, bool> isKept)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (isKept(rune))
            {
                kept.Append(rune);
            }
        }

        return kept.ToString();
    }

    // A name in which nothing is left to normalise; those of earlier versions may consist of invisible characters.
    private static string Punctuation(string name) => Kept(name, rune => !IsInvisible(rune)) is { Length: > 0 } visible ? visible : name;

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

        if (lower.Value == '&')
        {
            var word = EndsWord(before) ? "and " : " and ";
            word.CopyTo(rest);
            return word.Length;
        }

        if (!IsSpace(lower))
        {
            return lower.EncodeToUtf16(rest);
        }

        rest[0] = ' ';
        return EndsWord(before) ? 0 : 1;
    }

    private static bool EndsWord(ReadOnlySpan<char> before) => before is [] or [.., ' '];

    private static string? Replacement(Rune lower) => lower.Value switch
    {
        '\'' or '`' => "",
        < 0x80 => null,
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' => "d",
        'ı' => "i",
        'ς' => "σ",
        <= char.MaxValue when Apostrophes.Contains((char)lower.Value) => "",
        _ => null,
    };

    // U+2044 is the slash of a fraction: ½ and 1/2 are the same.
    private static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune) || Rune.IsPunctuation(rune) || rune.Value == '\u2044';

    // Format characters, and others that are shown as nothing or as a space.
    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format || rune.Value is
        '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u2800' or '\u3164' or '\uFFA0';

    // Alone they show nothing; after an emoji they choose its form.
    private static bool IsVariationSelector(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    // The combining marks of Latin, Greek and Cyrillic; those of Devanagari and Kana carry meaning and are kept.
    private static bool IsDroppedMark(Rune rune) => rune.Value is
        (>= '\u0300' and <= '\u036F') or (>= '\u1AB0' and <= '\u1AFF') or (>= '\u1DC0' and <= '\u1DFF')
        or (>= '\u20D0' and <= '\u20FF') or (>= '\uFE20' and <= '\uFE2F');
}
