namespace FilmService.Api.Http.Problems;

/// <summary>The problem types that any URL may answer with. Features have their own.</summary>
internal static class ProblemTypes
{
    private const string Put = "curl -i -X PUT http://127.0.0.1:5000/films/3 -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009,\"month\":\"May\"}'";

    public static readonly ProblemType Malformed = new(
        "malformed-request", 400, "The request is malformed",
        "The service could not read the request, so nothing was done.",
        ["The body is not valid JSON, or not a JSON object.", "A form or a query string is not valid percent-encoded UTF-8.", "A body was sent with a request that does not accept one.", "The request has no arguments.", "An import's array or gzip data is truncated, or followed by more data."],
        Put);

    public static readonly ProblemType InvalidParameters = new(
        "invalid-parameters", 400, "The request's parameters are not valid",
        "A query parameter or header is not supported for this request, was given twice, or has an invalid value. The member 'errors' lists each of them. Nothing is silently ignored, except query parameters that begin with '_'.",
        ["A name is misspelt.", "The parameter belongs to another URL.", "A header such as If-Match has a malformed value."],
        "curl -i http://127.0.0.1:5000/films");

    public static readonly ProblemType Unauthenticated = new(
        "not-logged-in", 401, "Login required",
        "The request needs credentials, or the credentials it carries are not valid.",
        ["The Authorization header is missing.", "The user or the password is wrong.", "The credentials were revoked while the request was being received.", "The service does not support the authentication scheme."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/hello_world");

    public static readonly ProblemType InsufficientScope = new(
        "insufficient-scope", 403, "Not allowed",
        "You are logged in, but your account does not have the scope this request needs.",
        ["Your scopes do not include the one named in the response."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/films");

    public static readonly ProblemType NotFound = new(
        "not-found", 404, "Not found",
        "This URL does not exist on this service.",
        ["The path is misspelt.", "The path ends with a slash."],
        "curl -i http://127.0.0.1:5000/films");

    public static readonly ProblemType MethodNotAllowed = new(
        "method-not-allowed", 405, "Method not allowed",
        "The URL exists, but does not support this method. The Allow header lists the supported ones.",
        ["To create a film with an id you choose, use PUT /films/{id}."],
        Put);

    public static readonly ProblemType NotAcceptable = new(
        "not-acceptable", 406, "Not acceptable",
        "The service has no representation that the request's Accept header allows.",
        ["Accept names only media types that are not available here."],
        "curl -i -H 'Accept: application/json' http://127.0.0.1:5000/films");

    public static readonly ProblemType ContentTooLarge = new(
        "content-too-large", 413, "The body is too large",
        "The request's body is larger than the service accepts, so nothing was stored.",
        ["The body of a single film may have at most 1 MB.", "An import may have at most 1 GB, 4 GB after decompression, and 5,000,000 lines, unless the settings Imports:MaxBytes, Imports:MaxUnpackedBytes and Imports:MaxLines say otherwise."],
        Put);

    public static readonly ProblemType UriTooLong = new(
        "uri-too-long", 414, "The URL is too long",
        "The request's URL is longer than 8 KB.",
        ["Send arguments this large in the body."],
        Put);

    public static readonly ProblemType UnsupportedMediaType = new(
        "unsupported-media-type", 415, "The body's type is not supported",
        "The body has a media type, charset or content coding that this request does not accept.",
        ["Content-Type is missing.", "Content-Type is not application/json, application/x-www-form-urlencoded or multipart/form-data.", "The charset is not UTF-8.", "The body is compressed: only imports may be, with gzip."],
        Put);

    public static readonly ProblemType InternalError = new(
        "internal-error", 500, "Internal error",
        "The service failed. This is an error in the service, not in the request; its log has the details under the trace id.",
        ["There is a bug in the service."],
        "curl -i http://127.0.0.1:5000/health/ready");

    public static readonly ProblemType Unavailable = new(
        "unavailable", 503, "The catalogue is not available",
        "The database cannot be read or written at the moment. Nothing was changed. Retry-After says when to try again.",
        ["The disk is full, read-only or missing. Films can then still be read.", "Tables for lists and searches are damaged and are being rebuilt.", "Another program has locked the database file.", "Too many writes are queued, or this one has waited for an import for 30 seconds."],
        "curl -i http://127.0.0.1:5000/health/ready");

    public static readonly IReadOnlyList<ProblemType> All =
    [
        Malformed, InvalidParameters, Unauthenticated, InsufficientScope, NotFound, MethodNotAllowed, NotAcceptable,
        ContentTooLarge, UriTooLong, UnsupportedMediaType, InternalError, Unavailable,
    ];

    /// <summary>The type for a bare status code.</summary>
    public static ProblemType ForStatus(int status) =>
        status is 404 ? NotFound : All.FirstOrDefault(type => type.Status == status) ?? (status >= 500 ? InternalError : Malformed);
}
