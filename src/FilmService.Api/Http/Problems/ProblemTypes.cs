namespace FilmService.Api.Http.Problems;

/// <summary>The kinds of error that any address may answer with. Features have their own beside them.</summary>
internal static class ProblemTypes
{
    private const string Put = "curl -i -X PUT http://127.0.0.1:5000/films/3 -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009,\"month\":\"May\"}'";

    public static readonly ProblemType Malformed = new(
        "malformed-request", 400, "The request is malformed",
        "The service could not read the request, so nothing was done.",
        ["The body is not valid JSON, or not a JSON object.", "A form or a query string is not valid percent-encoded UTF-8.", "A body was sent where none is taken.", "No arguments were sent at all.", "An import's array or gzip is cut off, or something stands behind it."],
        Put);

    public static readonly ProblemType InvalidParameters = new(
        "invalid-parameters", 400, "The request's parameters are not valid",
        "A query parameter or header field is unknown here, was given twice, or has a value that is not allowed. The member 'errors' names each of them. Nothing is ignored silently; only parameters that begin with '_' are free.",
        ["A name is misspelt.", "The parameter belongs to another address.", "A header field such as If-Match has a malformed value."],
        "curl -i http://127.0.0.1:5000/films");

    public static readonly ProblemType Unauthenticated = new(
        "not-logged-in", 401, "Log-in needed",
        "The request needs credentials, or those that it carries are not valid.",
        ["There is no Authorization field.", "The user or the password is wrong.", "The scheme is not one that the service knows."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/hello_world");

    public static readonly ProblemType InsufficientScope = new(
        "insufficient-scope", 403, "Not allowed",
        "The caller is logged in but has not the scope that the request needs.",
        ["The user's scopes do not include the one that the answer names."],
        "curl -i -u 'user:password' http://127.0.0.1:5000/films");

    public static readonly ProblemType NotFound = new(
        "not-found", 404, "Nothing here",
        "The address does not belong to this service.",
        ["The path is misspelt.", "The path ends with a slash."],
        "curl -i http://127.0.0.1:5000/films");

    public static readonly ProblemType MethodNotAllowed = new(
        "method-not-allowed", 405, "Method not allowed",
        "The address is right, but it does not take this method. The field Allow lists those that it takes.",
        ["A film is created with PUT at its own address, /films/{id}."],
        Put);

    public static readonly ProblemType NotAcceptable = new(
        "not-acceptable", 406, "Not acceptable",
        "The service has no representation that the request's Accept field allows.",
        ["Accept names a media type that is not offered here."],
        "curl -i -H 'Accept: application/json' http://127.0.0.1:5000/films");

    public static readonly ProblemType ContentTooLarge = new(
        "content-too-large", 413, "The body is too large",
        "The request's body is larger than the service takes, so nothing was stored.",
        ["A body of a single film has at most 1 MB.", "An import has at most 1 GB, and 4 GB when it is unpacked, unless the settings Imports:MaxBytes and Imports:MaxUnpackedBytes say otherwise."],
        Put);

    public static readonly ProblemType UriTooLong = new(
        "uri-too-long", 414, "The address is too long",
        "The request's address has more than 8 KB.",
        ["Arguments of this size belong into the body."],
        Put);

    public static readonly ProblemType UnsupportedMediaType = new(
        "unsupported-media-type", 415, "The body's type is not supported",
        "The body is of a type, charset or content coding that is not taken here.",
        ["Content-Type is missing.", "Content-Type is not application/json, application/x-www-form-urlencoded or multipart/form-data.", "The charset is not UTF-8.", "The body is compressed: only an import may be, with gzip."],
        Put);

    public static readonly ProblemType InternalError = new(
        "internal-error", 500, "Internal error",
        "The service failed. The fault is the service's, not the request's; the log holds it under the trace id.",
        ["A defect of the service."],
        "curl -i http://127.0.0.1:5000/health/ready");

    public static readonly ProblemType Unavailable = new(
        "unavailable", 503, "The catalogue does not answer",
        "The database cannot be read or written now. Nothing was changed. Retry-After says when to try again.",
        ["The disk is full or not there.", "Another program holds the database file.", "Too many writes wait, or one has waited for 30 seconds behind an import."],
        "curl -i http://127.0.0.1:5000/health/ready");

    public static readonly IReadOnlyList<ProblemType> All =
    [
        Malformed, InvalidParameters, Unauthenticated, InsufficientScope, NotFound, MethodNotAllowed, NotAcceptable,
        ContentTooLarge, UriTooLong, UnsupportedMediaType, InternalError, Unavailable,
    ];

    /// <summary>The kind that stands for a bare status code.</summary>
    public static ProblemType ForStatus(int status) =>
        status is 404 ? NotFound : All.FirstOrDefault(type => type.Status == status) ?? (status >= 500 ? InternalError : Malformed);
}
