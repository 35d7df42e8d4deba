using System.Security.Cryptography;
using System.Text;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Writing;

namespace FilmService.Api.Films;

/// <summary>
/// The header field Idempotency-Key (draft-ietf-httpapi-idempotency-key-header); a quoted value equals the same value unquoted.
/// </summary>
internal static class IdempotencyKeyField
{
    public const string Name = "Idempotency-Key";

    private const int MaxLength = 255;

    /// <summary>The request's key with the request's fingerprint; null if it has none.</summary>
    /// <exception cref="ProblemException">400: the field is not a valid key.</exception>
    public static async ValueTask<IdempotencyKey?> ReadAsync(HttpRequest request) =>
        KeyOf(request) is { } key ? await ReadAsync(request, key) : null;

    /// <summary>A key that the request does not have in the field, with the request's fingerprint.</summary>
    /// <exception cref="ProblemException">400: it is not a valid key.</exception>
    public static async ValueTask<IdempotencyKey> ReadAsync(HttpRequest request, string key) => new(Check(key), await FingerprintAsync(request));

    /// <summary>The request's key alone; null if it has none.</summary>
    /// <exception cref="ProblemException">400: the field is not a valid key.</exception>
    public static string? KeyOf(HttpRequest request)
    {
        var values = request.Headers[Name];
        if (values.Count == 0)
        {
            return null;
        }

        return Check(values.Count == 1 ? Unquote(values[0]!.Trim()) : "");
    }

    private static string Check(string key)
    {
        if (key.Length is 0 or > MaxLength || key.Any(character => character is < '!' or > '~'))
        {
            throw new ProblemException(Problem.OfParameter(Name, $"An idempotency key must have 1 to {MaxLength} visible ASCII characters, and be sent only once."));
        }

        return key;
    }

    // An RFC 8941 string (§3.3.3).
    private static string Unquote(string value) => value.Length >= 2 && value[0] == '"' && value[^1] == '"'
        ? value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
        : value;

    private static async Task<byte[]> FingerprintAsync(HttpRequest request)
    {
        var streamed = request.HttpContext.Features.Get<StreamedBody>();
        var body = streamed?.Hash ?? (request.HasBody() ? await request.ReadBodyAsync() : []);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { request.Method, string.Join('/', RequestPath.Segments(request.HttpContext)), request.QueryString.Value, streamed?.Type ?? request.ContentType })
        {
            // Each part is preceded by its length, so that no two requests produce the same bytes.
            var bytes = Encoding.UTF8.GetBytes(part ?? "");
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
