using System.Text;

namespace FilmService.Domain.Films;

/// <summary>The rule for all text in the catalogue.</summary>
internal static class TextRule
{
    /// <summary>
    /// True if the text has at most <paramref name="maxLength"/> code points and neither control characters (category Cc) nor
    /// lone surrogates.
    /// </summary>
    public static bool IsClean(string text, int maxLength)
    {
        // Fast path for most text: vectorised.
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
