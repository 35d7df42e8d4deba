using System.Text;

namespace FilmService.Api.Import.Reading;

/// <summary>Makes UTF-8 of a text file in any encoding, and recognises files that are no text.</summary>
internal static class TextSource
{
    // Enough to recognise a file, and the first name in an archive.
    private const int PeekLength = 256;

    /// <summary>The text as UTF-8. Without an encoding, it is UTF-8, or UTF-16 if it looks like it; others cannot be told apart.</summary>
    /// <exception cref="UnreadableException">It is no text, or it contradicts the encoding.</exception>
    public static async ValueTask<Stream> OpenAsync(Stream stream, Encoding? encoding, CancellationToken cancellationToken)
    {
        var text = await PeekedStream.OpenAsync(stream, PeekLength, cancellationToken);
        if (FileKinds.AdviceFor(text.First.Span) is { } advice)
        {
            throw new UnreadableException(advice);
        }

        var found = EncodingOf(text.First.Span);
        if (found is not null && encoding is not null && !IsSame(found, encoding))
        {
            throw new UnreadableException($"The encoding {encoding.WebName} was given, but the text is in {found.WebName}.");
        }

        encoding = found ?? encoding;
        return encoding is null or UTF8Encoding ? text : new DecodedStream(text, encoding);
    }

    /// <summary>An encoding by its name, such as <c>windows-1252</c>, <c>cp1252</c> or <c>utf-16</c>; null if it is unknown.</summary>
    public static Encoding? FindEncoding(string name)
    {
        try
        {
            var (strict, provider) = (DecoderFallback.ExceptionFallback, CodePagesEncodingProvider.Instance);
            return name.StartsWith("cp", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(2), out var page)
                ? provider.GetEncoding(page, EncoderFallback.ExceptionFallback, strict) ?? Encoding.GetEncoding(page, EncoderFallback.ExceptionFallback, strict)
                : provider.GetEncoding(name, EncoderFallback.ExceptionFallback, strict) ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, strict);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // A byte order mark, or a first character of ASCII in two bytes.
    private static UnicodeEncoding? Utf16Of(ReadOnlySpan<byte> first) => first switch
    {
        [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        [not 0, 0, not 0, 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
        [0, not 0, 0, not 0, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
        _ => null,
    };

    private static Encoding? EncodingOf(ReadOnlySpan<byte> first) => first.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8 : Utf16Of(first);

    // "utf-16" means either byte order.
    private static bool IsSame(Encoding found, Encoding given) => found.CodePage == given.CodePage || (found is UnicodeEncoding && given is UnicodeEncoding);
}

/// <summary>Text in another encoding, as UTF-8 without a byte order mark.</summary>
internal sealed class DecodedStream(Stream text, Encoding encoding) : ReadingStream
{
    /// <summary>The encoding's name, such as <c>windows-1252</c>.</summary>
    public string EncodingName => encoding.WebName;

    private readonly Stream _utf8 = Encoding.CreateTranscodingStream(text, encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <exception cref="UnreadableException">Some bytes are not valid in the encoding.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _utf8.ReadAsync(buffer, cancellationToken);
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableException($"The text is not valid {encoding.WebName}.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        _utf8.Dispose();
        base.Dispose(disposing);
    }
}
