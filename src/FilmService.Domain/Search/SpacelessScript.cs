using System.Text;

namespace FilmService.Domain.Search;

/// <summary>The scripts that put no spaces between words: Han, Hiragana, Katakana, Thai, Lao, Khmer and Myanmar.</summary>
public static class SpacelessScript
{
    /// <summary>True if the text consists of characters of these scripts.</summary>
    public static bool IsWritten(string text) => text.EnumerateRunes().All(Has);

    /// <summary>True if the character belongs to one of these scripts. Compatibility forms count as what they are normalised to.</summary>
    public static bool Has(Rune rune) => rune.Value is
        (>= 0x0E00 and <= 0x0EFF)
        or (>= 0x1000 and <= 0x109F) or (>= 0xA9E0 and <= 0xA9FF) or (>= 0xAA60 and <= 0xAA7F)
        or (>= 0x1780 and <= 0x17FF) or (>= 0x19E0 and <= 0x19FF)
        or 0x3005 or 0x3007 or (>= 0x3021 and <= 0x3029) or (>= 0x3038 and <= 0x303B)
        or (>= 0x3041 and <= 0x30FF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x1AFF0 and <= 0x1B16F)
        or (>= 0x2E80 and <= 0x2FDF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x20000 and <= 0x3FFFF);
}
