using System.Security.Cryptography;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Import;

/// <summary>The bytes of an import on their way: they are counted, and hashed where somebody asks for it.</summary>
/// <param name="inner">Where they come from.</param>
/// <param name="limit">The most of them.</param>
/// <param name="subject">What has too many of them, for the problem.</param>
/// <param name="hash">Takes them; null when nobody asks.</param>
internal sealed class ImportStream(Stream inner, long limit, string subject, IncrementalHash? hash) : ReadingStream
{
    private long _length;

    /// <exception cref="ProblemException">413: they are too many. 400: they are cut off, or cannot be unpacked.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await ReadInnerAsync(buffer, cancellationToken);
        hash?.AppendData(buffer.Span[..read]);
        _length += read;
        return _length <= limit ? read : throw TooLarge(subject, limit);
    }

    public static ProblemException TooLarge(string subject, long limit) =>
        new(new Problem(ProblemTypes.ContentTooLarge, $"{subject} is larger than {limit} bytes."));

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadInnerAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, "The body is not valid gzip, or is truncated."));
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, RequestBody.BrokenBody));
        }
    }
}
