using FilmService.Api.Http.Problems;

namespace FilmService.Api.Films;

/// <summary>The kinds of error that requests for films answer with.</summary>
internal static class FilmProblems
{
    private const string Put = "curl -i -X PUT http://127.0.0.1:5000/films/3 -H 'Content-Type: application/json' -d '{\"name\":\"Up\",\"year\":2009,\"month\":\"May\"}'";

    public static readonly ProblemType Validation = new(
        "validation", 400, "The film is not valid",
        "Some arguments break the film's rules. The member 'errors' names each of them with what is wrong. Nothing was stored.",
        ["'name' is missing, empty, longer than 500 characters, or holds control characters.", "'year' is missing or not a whole number from 1870 to 2200.", "'month' is not the English name of a month.", "An argument is unknown, or was given twice."],
        Put);

    public static readonly ProblemType InvalidId = new(
        "invalid-film-id", 400, "The film id is not valid",
        "No film can have this id.",
        ["The id holds '/' (also as %2F), control characters or bytes that are not UTF-8.", "The id is '.' or '..'.", "The id is longer than 128 characters."],
        "curl -i http://127.0.0.1:5000/films/1");

    public static readonly ProblemType FilmNotFound = new(
        "film-not-found", 404, "Film not found",
        "There is no film with this id. Ids are compared exactly: '007' is not '7', 'a' is not 'A'.",
        ["The id is misspelt.", "The film was deleted."],
        "curl -i http://127.0.0.1:5000/films");

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

    public static readonly IReadOnlyList<ProblemType> All = [Validation, InvalidId, FilmNotFound, IdTaken, FeedReset, PreconditionFailed, IdempotencyKeyReused, PreconditionRequired];
}
