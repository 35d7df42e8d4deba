using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace FilmService.Api.Http.Results;

/// <summary>
/// Escapes only what JSON requires: the quote, the backslash and the control characters below U+0020 (RFC 8259 §7). The
/// framework's own encoders also escape everything beyond the Basic Multilingual Plane, so an emoji would take 12 bytes, not 4. A
/// lone surrogate cannot be encoded as UTF-8 and is written as U+FFFD.
/// </summary>
public sealed unsafe class PlainJsonEncoder : JavaScriptEncoder
{
    private const int LongestEscape = 6;

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(control => (char)control), '"', '\\']);

    private static readonly SearchValues<byte> EscapedBytes =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(control => (byte)control), (byte)'"', (byte)'\\']);

    public override int MaxOutputCharactersPerInputCharacter => LongestEscape;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        var escaped = span.IndexOfAny(Escaped);
        var lone = LoneSurrogate(escaped < 0 ? span : span[..escaped]);
        return lone < 0 ? escaped : lone;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var escaped = utf8Text.IndexOfAny(EscapedBytes);
        return System.Text.Unicode.Utf8.IsValid(escaped < 0 ? utf8Text : utf8Text[..escaped])
            ? escaped
            : base.FindFirstCharacterToEncodeUtf8(utf8Text);
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var to = new Span<char>(buffer, bufferLength);
        return WillEncode(unicodeScalar)
            ? TryWrite(Escape(unicodeScalar), to, out numberOfCharactersWritten)
            : new Rune(unicodeScalar).TryEncodeToUtf16(to, out numberOfCharactersWritten);
    }

    private static string Escape(int character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{character:X4}"),
    };

    private static bool TryWrite(string text, Span<char> to, out int written)
    {
        var fits = text.TryCopyTo(to);
        written = fits ? text.Length : 0;
        return fits;
    }

    private static int LoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0 && at < text.Length; at++)
        {
            if (!char.IsSurrogate(text[at]))
            {
                continue;
            }

            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
            {
                return at;
            }

            at++;
        }

        return -1;
    }
}
