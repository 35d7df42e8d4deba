using System.Security.Cryptography;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Import;

/// <summary>Counts the bytes of an import as they are read, and hashes them if requested.</summary>
/// <param name="limit">Maximum number of bytes.</param>
/// <param name="subject">What exceeds the limit, for the problem.</param>
/// <param name="hash">Receives the bytes; null if no hash is needed.</param>
internal sealed class ImportStream(Stream inner, long limit, string subject, IncrementalHash? hash) : ReadingStream
{
    private long _length;

    /// <exception cref="ProblemException">
    /// 413: there are too many bytes. 400: the body is truncated or cannot be decompressed.
    /// </exception>
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
