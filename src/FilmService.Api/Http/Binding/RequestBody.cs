using System.Buffers;
using System.IO.Pipelines;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace FilmService.Api.Http.Binding;

/// <summary>The body of a request, whole.</summary>
internal static class RequestBody
{
    /// <summary>The most bytes of a body that is read whole (1 MB).</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>What a client is told whose body cannot be read to its end.</summary>
    public const string BrokenBody = "The body is truncated, or its framing is invalid.";

    /// <summary>True when the request says that it has a body, of a length other than 0.</summary>
    public static bool HasBody(this HttpRequest request) =>
        request.ContentLength is not 0 && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true;

    /// <summary>
    /// Reads the body into memory, once for all who ask. The limit is not left to Kestrel, which cuts the connection: a client that is still
    /// sending would see that, and not the answer. What a request leaves unread, Kestrel takes away for up to 5 seconds.
    /// </summary>
    /// <exception cref="ProblemException">413: it has more than <see cref="MaxLength"/> bytes, said or sent. 400: it is cut off or broken.</exception>
    public static async Task<byte[]> ReadBodyAsync(this HttpRequest request)
    {
        if (request.HttpContext.Features.Get<ReadBody>() is { } read)
        {
            return read.Bytes;
        }

        if (request.ContentLength > MaxLength)
        {
            throw TooLarge();
        }

        try
        {
            var bytes = await ReadAsync(request.BodyReader, request.HttpContext.RequestAborted);
            request.HttpContext.Features.Set(new ReadBody(bytes));
            return bytes;
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, BrokenBody));
        }
    }

    // Straight from the server's own buffers: an array to read into would be the largest object of most requests.
    private static async Task<byte[]> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxLength)
            {
                // Kestrel can take the rest away only when nobody reads.
                body.AdvanceTo(read.Buffer.End);
                throw TooLarge();
            }

            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                body.AdvanceTo(read.Buffer.End);
                return bytes;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ProblemException TooLarge() => new(new Problem(ProblemTypes.ContentTooLarge, $"The body is larger than {MaxLength} bytes."));

    private sealed record ReadBody(byte[] Bytes);
}
