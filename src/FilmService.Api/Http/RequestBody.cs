using Microsoft.AspNetCore.Http.Features;

namespace FilmService.Api.Http;

/// <summary>The body of a request, whole.</summary>
internal static class RequestBody
{
    /// <summary>The most bytes of a body that is read whole (1 MB).</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>True when the request says that it has a body, of a length other than 0.</summary>
    public static bool HasBody(this HttpRequest request) =>
        request.ContentLength is not 0 && request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true;

    /// <summary>
    /// Reads the body into memory, once for all who ask. Kestrel refuses one of more than <see cref="MaxLength"/> bytes, said or sent.
    /// </summary>
    public static async Task<byte[]> ReadBodyAsync(this HttpRequest request)
    {
        if (request.HttpContext.Features.Get<ReadBody>() is { } read)
        {
            return read.Bytes;
        }

        using var content = new MemoryStream((int)(request.ContentLength ?? 0));
        await request.Body.CopyToAsync(content, request.HttpContext.RequestAborted);
        var bytes = content.ToArray();
        request.HttpContext.Features.Set(new ReadBody(bytes));
        return bytes;
    }

    private sealed record ReadBody(byte[] Bytes);
}
