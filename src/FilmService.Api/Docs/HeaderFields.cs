namespace FilmService.Api.Docs;

/// <summary>What the header fields mean that requests and answers carry.</summary>
internal static class HeaderFields
{
    private static readonly Dictionary<string, string> Descriptions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Accept"] = "The media types that the address takes (RFC 9110 §12.5.1).",
        ["Accept-Patch"] = "The media types that PATCH takes (RFC 5789 §3.1).",
        ["Accept-Post"] = "The media types that POST takes.",
        ["Accept-Query"] = "The media types that QUERY takes (RFC 10008).",
        ["Allow"] = "The methods that the address takes (RFC 9110 §10.2.1).",
        ["Cache-Control"] = "`no-cache`: keep it, but ask again. `no-store`: do not keep it. `max-age`: keep it for so many seconds (RFC 9111 §5.2.2).",
        ["Content-Disposition"] = "A name for the file.",
        ["Content-Encoding"] = "`gzip`: the import is packed (RFC 9110 §8.4).",
        ["ETag"] = "The revision of what was answered, for If-Match and If-None-Match (RFC 9110 §8.8.3).",
        ["Films-Dry-Run"] = "`true`: this is what would have happened; nothing was stored.",
        ["Films-Revision"] = "The revision of the catalogue that the answer shows or made.",
        ["Idempotency-Key"] = "A key of your own for this request: sent again with it, the request has no second effect.",
        ["Idempotency-Replayed"] = "`true`: the request was done before; this is its answer again.",
        ["If-Match"] = "Do it only when the film's ETag is one of these, or with `*` when there is a film (RFC 9110 §13.1.1).",
        ["If-None-Match"] = "Do it only when the ETag is none of these, or with `*` when there is none yet (RFC 9110 §13.1.2).",
        ["Last-Event-ID"] = "The revision after which the stream resumes.",
        ["Link"] = "Other pages of the same list (RFC 8288).",
        ["Location"] = "Where it is (RFC 9110 §10.2.2).",
        ["Pragma"] = "`no-cache`: do not keep it, as RFC 6749 §5.1 asks for.",
        ["Retry-After"] = "After how many seconds to try again (RFC 9110 §10.2.3).",
        ["Vary"] = "The request's fields on which the answer depends (RFC 9110 §12.5.5).",
        ["WWW-Authenticate"] = "How to log in (RFC 9110 §11.6.1).",
        ["X-API-Key"] = "An API key.",
        ["X-Total-Count"] = "How many films match.",
    };

    /// <summary>Request fields that are no parameters of their own: OpenAPI tells them elsewhere, or the client sets them itself.</summary>
    public static readonly IReadOnlySet<string> Implied =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "Accept", "Authorization", "Content-Type", "Host", "Origin", "Sec-Fetch-Site", "X-API-Key" };

    /// <summary>The field in words.</summary>
    /// <exception cref="InvalidOperationException">It has none here yet.</exception>
    public static string Describe(string name) => Descriptions.GetValueOrDefault(name)
        ?? throw new InvalidOperationException($"The header field {name} is in an example; say in {nameof(HeaderFields)} what it means.");
}
