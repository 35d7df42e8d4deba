using System.Text;

namespace FilmService.Domain.Films;

/// <summary>What all text in the catalogue has in common.</summary>
internal static class TextRule
{
    /// <summary>
    /// True when the text has at most <paramref name="maxLength"/> code points and neither control
    /// characters (category Cc) nor lone surrogates.
    /// </summary>
    public static bool IsClean(string text, int maxLength)
    {
        // Most text is: one look at many characters at once.
        if (text.Length <= maxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return true;
        }

        var length = 0;
        for (var i = 0; i < text.Length; length++)
        {
            if (length == maxLength || !Rune.TryGetRuneAt(text, i, out var rune) || Rune.IsControl(rune))
            {
                return false;
            }

            i += rune.Utf16SequenceLength;
        }

        return true;
    }
}
