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
    // A body that is there already, or decompresses to many times its length, is read without ever waiting, and would keep its thread
    // from everyone else: on one core, the thread pool has only one.
    private const int MaxMillisecondsAtOnce = 1;
    private const int MaxBytesAtOnce = 1 << 16;

    private long _length;
    private long _resumed = Environment.TickCount64;

    /// <exception cref="ProblemException">
    /// 413: there are too many bytes. 400: the body is truncated or cannot be decompressed.
    /// </exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Environment.TickCount64 - _resumed > MaxMillisecondsAtOnce)
        {
            await Task.Yield();
            _resumed = Environment.TickCount64;
        }

        var read = await ReadInnerAsync(buffer[..Math.Min(buffer.Length, MaxBytesAtOnce)], cancellationToken);
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
