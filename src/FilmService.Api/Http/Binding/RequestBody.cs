using System.Buffers;
using System.IO.Pipelines;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Http.Features;

namespace FilmService.Api.Http.Binding;

/// <summary>Reads complete request bodies into memory.</summary>
internal static class RequestBody
{
    /// <summary>Maximum number of bytes of a body that is read into memory (1 MB).</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>The message if the end of a body is missing.</summary>
    public const string BrokenBody = "The body is truncated, or its framing is invalid.";

    /// <summary>True if the request has a body whose length is not 0.</summary>
    public static bool HasBody(this HttpRequest request) =>
        request.ContentLength is not 0 && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true;

    /// <summary>
    /// Reads the body into memory, once for all callers. The limit is not left to Kestrel, which closes the connection: a client
    /// that is still sending would see that instead of the response. Kestrel drains what a request leaves unread for up to 5
    /// seconds.
    /// </summary>
    /// <exception cref="ProblemException">
    /// 413: the declared or actual length exceeds <see cref="MaxLength"/>. 400: the body is truncated or broken.
    /// </exception>
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
                // Kestrel can drain the rest only while nobody is reading.
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
