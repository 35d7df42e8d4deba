namespace FilmService.Api.Http;

/// <summary>The header fields that web pages of configured origins may read.</summary>
internal static class ExposedFields
{
    public static readonly string[] All =
    [
        "Accept", "Accept-Patch", "Accept-Post", "Accept-Query", "Allow", "Content-Disposition", "ETag", "Films-Dry-Run", "Films-Revision", "Idempotency-Replayed", "Link", "Location",
        "RateLimit", "RateLimit-Policy", "Retry-After", "Trace-Id", "WWW-Authenticate", "X-Total-Count",
    ];
}
