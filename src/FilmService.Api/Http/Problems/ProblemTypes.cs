namespace FilmService.Api.Http.Problems;

/// <summary>Every kind of error that this service answers with.</summary>
public static class ProblemTypes
{
    private const string Put = "curl -i -X PUT http://127.0.0.1:5000/films/3 -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009,\"month\":\"May\"}'";

    public static readonly ProblemType Malformed = new(
        "malformed-request", 400, "The request is malformed",
        "The service could not read the request, so nothing was done.",
        ["The body is not valid JSON, or not a JSON object.", "A form or a query string is not valid percent-encoded UTF-8.", "A body was sent where none is taken.", "No arguments were sent at all.", "An import's array or gzip is cut off, or something stands behind it."],
        Put);

    public static readonly ProblemType Validation = new(
        "validation", 400, "The film is not valid",
        "Some arguments break the film's rules. The member 'errors' names each of them with what is wrong. Nothing was stored.",
        ["'name' is missing, empty, longer than 500 characters, or holds control characters.", "'year' is missing or not a whole number from 1870 to 2200.", "'month' is not the English name of a month.", "An argument is unknown, or was given twice."],
        Put);

    public static readonly ProblemType ImportFaults = new(
        "import-faults", 400, "The import has faults",
        "Some lines of the import cannot be carried out, so none was: an import is all or nothing. The member 'lines' has the first 100 of them with what is wrong, 'lineErrorCount' counts all. Lines count from 1; a table's header is line 1, and in a JSON array each element is a line.",
        ["A line breaks the film's rules.", "A film of the line's id exists already: 'onConflict' says what becomes of it (skip, replace or merge).", "A table has no column for the name or the year, or a column twice.", "To leave such lines out and import the others, send 'onError=skip'."],
        "curl -i 'http://127.0.0.1:5000/films?onConflict=replace' -H 'Content-Type: application/x-ndjson' -d '{\"Id\":\"3\",\"Name\":\"Up\",\"Year\":2009,\"Month\":\"May\"}'");

    public static readonly ProblemType InvalidParameters = new(
        "invalid-parameters", 400, "The request's parameters are not valid",
        "A query parameter or header field is unknown here, was given twice, or has a value that is not allowed. The member 'errors' names each of them. Nothing is ignored silently; only parameters that begin with '_' are free.",
        ["A name is misspelt.", "The parameter belongs to another address.", "A header field such as If-Match has a malformed value."],
        "curl -i http://127.0.0.1:5000/films");

    public static readonly ProblemType InvalidId = new(
        "invalid-film-id", 400, "The film id is not valid",
        "No film can have this id.",
        ["The id holds '/' (also as %2F), control characters or bytes that are not UTF-8.", "The id is '.' or '..'.", "The id is longer than 128 characters."],
        "curl -i http://127.0.0.1:5000/films/1");

    public static readonly ProblemType HostNotAllowed = new(
        "host-not-allowed", 400, "The host name is not allowed",
        "On the loopback address the service answers only to the names of this machine itself, so that a web page cannot reach it under a name of its own.",
        ["The request's Host is not localhost, 127.0.0.1 or [::1].", "A proxy on this machine passes its own Host on: name it in the setting AllowedHosts."],
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

    public static readonly ProblemType CrossSite = new(
        "cross-site-write", 403, "Writes from other sites are not allowed",
        "A browser says that this write comes from a web page of another site. Only origins that are configured may write.",
        ["The request's Origin or Sec-Fetch-Site names another site.", "The page's origin is missing in the setting Cors:Origins."],
        Put);

    public static readonly ProblemType FilmNotFound = new(
        "film-not-found", 404, "Film not found",
        "There is no film with this id. Ids are compared exactly: '007' is not '7', 'a' is not 'A'.",
        ["The id is misspelt.", "The film was deleted."],
        "curl -i http://127.0.0.1:5000/films");

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

    public static readonly ProblemType IdTaken = new(
        "film-id-taken", 409, "The film id is taken",
        "A film was to be added under an id that another film has. Nothing was changed.",
        ["The film was added before, perhaps by this client: an Idempotency-Key makes sending again safe.", "Leave Id out to get a new one, or replace the film with PUT."],
        "curl -i http://127.0.0.1:5000/films -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009,\"month\":\"May\"}'");

    public static readonly ProblemType FeedReset = new(
        "feed-reset", 410, "This revision is not here",
        "The revision is of another catalogue (its epoch differs, as after a restore from a backup), of the future, or older than the changes that are kept. A follower of the changes begins again from the first.",
        ["The database was replaced or restored.", "The follower was away for longer than Changes:KeepDays."],
        "curl -i http://127.0.0.1:5000/changes");

    public static readonly ProblemType PreconditionFailed = new(
        "precondition-failed", 412, "The film is not what you expected",
        "If-Match or If-None-Match does not hold, so nothing was changed. The member 'current' is the film as it is now, and the field ETag its revision: read it, apply your change to it, and send that with its ETag in If-Match.",
        ["Somebody else changed the film since you read it.", "If-None-Match: * was sent and the film exists."],
        "curl -i -X PUT http://127.0.0.1:5000/films/1 -H 'If-Match: \"k3f9-1\"' -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009}'");

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

    public static readonly ProblemType IdempotencyKeyReused = new(
        "idempotency-key-reused", 422, "The idempotency key belongs to another request",
        "A key names one request, told by its method, address, type and body. This one was used for another, whose effect stands.",
        ["The client makes keys that are not unique.", "The request was changed before it was sent again."],
        "curl -i http://127.0.0.1:5000/films -H 'Idempotency-Key: 8e03978e-40d5-43dd-bc93-6894a57f9324' -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009}'");

    public static readonly ProblemType PreconditionRequired = new(
        "precondition-required", 428, "If-Match is required",
        "This catalogue asks every change of an existing film to say which revision it changes (RFC 6585 §3).",
        ["If-Match is missing: read the film and send its ETag."],
        "curl -i -X DELETE http://127.0.0.1:5000/films/1 -H 'If-Match: \"k3f9-1\"'");

    public static readonly ProblemType TooManyStreams = new(
        "too-many-streams", 429, "Too many streams",
        "The caller, or all callers together, have as many open streams of changes as the service keeps.",
        ["Streams are opened and not closed."],
        "curl -i http://127.0.0.1:5000/changes");

    public static readonly ProblemType TooManyImports = new(
        "too-many-imports", 429, "Too many imports",
        "As many imports are received or carried out as the service takes at a time (the setting Imports:MaxAtOnce). Nothing of this one was read. Retry-After says when to try again.",
        ["Many programs import at the same time, though one import is carried out after the other.", "Uploads stand still and are not ended."],
        "curl -i http://127.0.0.1:5000/films -H 'Content-Type: application/x-ndjson' -d '{\"Name\":\"Up\",\"Year\":2009,\"Month\":\"May\"}'");

    public static readonly ProblemType TooManyRequests = new(
        "too-many-requests", 429, "Too many requests",
        "The caller, or an address without log-in, has sent more requests in a minute than the service answers. Nothing was done. Retry-After says when to try again; RateLimit-Policy and RateLimit in every answer tell the limit and what is left of it.",
        ["A program asks in a loop, where /changes would tell what is new.", "Many clients share an address, and none logs in."],
        "curl -i http://127.0.0.1:5000/films");

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

    /// <summary>All of them, by status.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        Malformed, Validation, ImportFaults, InvalidParameters, InvalidId, HostNotAllowed, Unauthenticated, InsufficientScope, CrossSite, FilmNotFound,
        NotFound, MethodNotAllowed, NotAcceptable, IdTaken, FeedReset, PreconditionFailed, ContentTooLarge, UriTooLong, UnsupportedMediaType,
        IdempotencyKeyReused, PreconditionRequired, TooManyStreams, TooManyImports, TooManyRequests, InternalError, Unavailable,
        .. AccessProblems.All,
    ];

    /// <summary>The kind that stands for a bare status code.</summary>
    public static ProblemType ForStatus(int status) =>
        status is 404 ? NotFound : All.FirstOrDefault(type => type.Status == status) ?? (status >= 500 ? InternalError : Malformed);
}
