namespace FilmService.Api.Docs;

/// <summary>Descriptions of the header fields of requests and responses.</summary>
internal static class HeaderFields
{
    private static readonly Dictionary<string, string> Descriptions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Accept"] = "The media types this URL accepts (RFC 9110 §12.5.1).",
        ["Accept-Patch"] = "The media types PATCH accepts (RFC 5789 §3.1).",
        ["Accept-Post"] = "The media types POST accepts.",
        ["Accept-Query"] = "The media types QUERY accepts (RFC 10008).",
        ["Allow"] = "The methods this URL supports (RFC 9110 §10.2.1).",
        ["Cache-Control"] = "`no-cache`: may be stored, but must be revalidated. `no-store`: must not be stored. `max-age`: may be reused for this many seconds (RFC 9111 §5.2.2).",
        ["Content-Disposition"] = "The suggested file name.",
        ["Content-Encoding"] = "`gzip`: the import is compressed (RFC 9110 §8.4).",
        ["ETag"] = "The entity tag of the returned representation, which contains its revision; for If-Match and If-None-Match (RFC 9110 §8.8.3).",
        ["Films-Dry-Run"] = "`true`: this was a dry run; nothing was stored.",
        ["Films-Revision"] = "The catalogue revision that the response shows, or that the write created.",
        ["Idempotency-Key"] = "A key you choose for this request; a retry with the same key has no second effect.",
        ["Idempotency-Replayed"] = "`true`: the request was carried out before; this is the stored outcome.",
        ["If-Match"] = "Proceed only if the current ETag is one of these or, with `*`, if the film exists (RFC 9110 §13.1.1).",
        ["If-None-Match"] = "Proceed only if the current ETag is none of these or, with `*`, if the film does not exist (RFC 9110 §13.1.2).",
        ["Last-Event-ID"] = "The revision after which the stream resumes.",
        ["Link"] = "Other pages of the same list (RFC 8288).",
        ["Location"] = "The URL of the new resource (RFC 9110 §10.2.2).",
        ["Pragma"] = "`no-cache`: must not be stored, as RFC 6749 §5.1 requires.",
        ["Retry-After"] = "The number of seconds to wait before retrying (RFC 9110 §10.2.3).",
        ["Set-Cookie"] = "The cookie of a session (RFC 6265).",
        ["Vary"] = "The request headers that the response depends on (RFC 9110 §12.5.5).",
        ["WWW-Authenticate"] = "The supported authentication schemes (RFC 9110 §11.6.1).",
        ["X-Accel-Buffering"] = "`no`: asks nginx to forward the stream without buffering it.",
        ["X-API-Key"] = "An API key.",
        ["X-Total-Count"] = "The number of matching films.",
    };

    /// <summary>
    /// Request fields that are not parameters: OpenAPI describes them elsewhere, or the client sets them itself.
    /// </summary>
    public static readonly IReadOnlySet<string> Implied =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Accept", "Authorization", "Content-Type", "Host", "Origin", "Sec-Fetch-Site", "X-API-Key" };

    /// <exception cref="InvalidOperationException">The field has no description here yet.</exception>
    public static string Describe(string name) => Descriptions.GetValueOrDefault(name)
        ?? throw new InvalidOperationException($"The header field {name} is in an example; say in {nameof(HeaderFields)} what it means.");
}
