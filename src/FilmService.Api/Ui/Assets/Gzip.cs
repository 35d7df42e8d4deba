using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Ui.Assets;

/// <summary>Compresses what pages consist of.</summary>
public static class Gzip
{
    public const string Coding = "gzip";

    /// <summary>True if the client accepts it (RFC 9110 §12.5.3).</summary>
    public static bool IsAccepted(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var codings)
        && codings.Any(coding => coding.Value.Equals(Coding, StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);

    public static byte[] Compress(byte[] bytes, CompressionLevel level)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, level))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }
}
