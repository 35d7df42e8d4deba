using FilmService.Api.Http.Problems;

namespace FilmService.Api.Films;

internal static class FilmProblems
{
    private const string Put = "curl -i -X PUT http://127.0.0.1:5000/films/3 -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009,\"month\":\"May\"}'";

    /// <summary>What to do with the file of another program, after what is wrong with it.</summary>
    public const string ForeignFile = " If the file comes from another program, use FilmService's command import, which understands more (docs/command-line.md).";

    public static readonly ProblemType Validation = new(
        "validation", 400, "The film is not valid",
        "Some of the film's arguments are not valid. The member 'errors' lists each of them and says what is wrong. Nothing was stored.",
        ["'name' is missing, empty, longer than 500 characters, or contains control characters.", "'year' is missing or not a whole number from 1870 to 2200.", "'month' is not the English name of a month.", "An argument is unknown, or was given twice."],
        Put);

    public static readonly ProblemType InvalidId = new(
        "invalid-film-id", 400, "The film id is not valid",
        "No film can have this id.",
        ["The id contains '/' (even as %2F), control characters or bytes that are not UTF-8.", "The id is '.' or '..'.", "The id is longer than 128 characters."],
        "curl -i http://127.0.0.1:5000/films/1");

    public static readonly ProblemType FilmNotFound = new(
        "film-not-found", 404, "Film not found",
        "There is no film with this id. Ids are compared exactly: '007' is not '7', 'a' is not 'A'.",
        ["The id is misspelt.", "The film was deleted."],
        "curl -i http://127.0.0.1:5000/films");

    public static readonly ProblemType IdTaken = new(
        "film-id-taken", 409, "The film id is taken",
        "A film with this id already exists, so the new film was not added. Nothing was changed.",
        ["The film was added before, perhaps by this client: an Idempotency-Key makes retries safe.", "Omit Id to get a generated one, or replace the film with PUT."],
        "curl -i http://127.0.0.1:5000/films -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009,\"month\":\"May\"}'");

    public static readonly ProblemType FeedReset = new(
        "feed-reset", 410, "This revision is not available",
        "The revision belongs to another catalogue (its epoch differs, as after restoring a backup), is in the future, or is older than the changes that are kept. If you follow the changes, start again from the first one.",
        ["The database was replaced or restored.", "The client did not read the changes for longer than Changes:KeepDays."],
        "curl -i http://127.0.0.1:5000/changes");

    public static readonly ProblemType PreconditionFailed = new(
        "precondition-failed", 412, "The film is not what you expected",
        "If-Match or If-None-Match does not hold, so nothing was changed. The member 'current' is the film as it is now, and the field ETag its revision: read it, apply your change to it, and send that with its ETag in If-Match.",
        ["Somebody else changed the film since you read it.", "If-None-Match: * was sent and the film exists."],
        "curl -i -X PUT http://127.0.0.1:5000/films/1 -H 'If-Match: \"k3f9-1\"' -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009}'");

    public static readonly ProblemType IdempotencyKeyReused = new(
        "idempotency-key-reused", 422, "The idempotency key belongs to another request",
        "An idempotency key identifies one request by its method, URL, content type and body. This key was already used for a different request, which has been carried out.",
        ["The client generates keys that are not unique.", "The request was changed before it was retried."],
        "curl -i http://127.0.0.1:5000/films -H 'Idempotency-Key: 8e03978e-40d5-43dd-bc93-6894a57f9324' -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009}'");

    public static readonly ProblemType PreconditionRequired = new(
        "precondition-required", 428, "If-Match is required",
        "This catalogue asks every change of an existing film to say which revision it changes (RFC 6585 §3).",
        ["If-Match is missing: read the film and send its ETag."],
        "curl -i -X DELETE http://127.0.0.1:5000/films/1 -H 'If-Match: \"k3f9-1\"'");

    public static readonly IReadOnlyList<ProblemType> All = [Validation, InvalidId, FilmNotFound, IdTaken, FeedReset, PreconditionFailed, IdempotencyKeyReused, PreconditionRequired];
}
