using System.Text.Json;
using AutoMapper;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Films;

/// <summary>Turns the domain's results for films into HTTP responses; the only place that does.</summary>
/// <param name="mapper">
/// Maps the results of writes. Setting it up costs a tenth of a start-up, so the first write does it.
/// </param>
public sealed class FilmResults(Lazy<IMapper> mapper)
{
    private const string RevisionField = "Films-Revision";

    /// <summary>The response to reading a film: 200, 304, 404 or 412.</summary>
    public ActionResult Read(HttpContext context, FilmId id, FilmSnapshot snapshot, Preconditions preconditions)
    {
        Announce(context, snapshot.Revision);
        context.Response.Headers.CacheControl = "no-cache";
        if (snapshot.Film is not { } film)
        {
            return NotFound(id);
        }

        context.Response.Headers.ETag = ETag(film);
        if (!preconditions.Matches(film))
        {
            return PreconditionFailed(context.Request, film);
        }

        return preconditions.Excludes(film) ? new StatusResult(StatusCodes.Status304NotModified) : new JsonBytesResult(FilmJson.Of(film), StatusCodes.Status200OK);
    }

    /// <summary>The response to a write at the film's own URL.</summary>
    public ActionResult Written(HttpContext context, WriteContext origin, FilmOutcome outcome)
    {
        AnnounceWrite(context, origin, outcome);
        return outcome.Kind switch
        {
            FilmOutcomeKind.Created => Body(outcome.Film!, StatusCodes.Status201Created),
            FilmOutcomeKind.Replaced or FilmOutcomeKind.Unchanged => Body(outcome.Film!, StatusCodes.Status200OK),
            FilmOutcomeKind.Deleted => new StatusResult(StatusCodes.Status204NoContent),
            _ => Refused(context.Request, outcome),
        };
    }

    /// <summary>The response to adding a film: the id is in the body and its URL in Location.</summary>
    public ActionResult Added(HttpContext context, WriteContext origin, FilmOutcome outcome)
    {
        AnnounceWrite(context, origin, outcome);
        if (outcome.Kind is not FilmOutcomeKind.Created)
        {
            return Refused(context.Request, outcome);
        }

        context.Response.Headers.Location = $"/films/{Uri.EscapeDataString(outcome.Id.Value)}";
        return new JsonBytesResult(
            JsonSerializer.SerializeToUtf8Bytes(mapper.Value.Map<FilmItemResponse>(outcome.Film), FilmJsonContext.Plain.FilmItemResponse), StatusCodes.Status201Created);
    }

    /// <summary>The problem if an idempotency key was used for another request.</summary>
    public static Problem KeyReused => new(
        FilmProblems.IdempotencyKeyReused, "This idempotency key was used for a different request in the last 24 hours.");

    /// <summary>
    /// The problem if this catalogue, at its revision <paramref name="now"/>, does not have a revision yet, or no longer keeps
    /// it.
    /// </summary>
    public static Problem RevisionNotKept(Revision asked, Revision now) => new(
        FilmProblems.FeedReset, $"Revision {asked} belongs to another catalogue, is in the future, or is older than the changes that are kept.")
    {
        // Otherwise caches may store a 410 (RFC 9110 §15.1), and a future revision will exist later.
        Fields = new Dictionary<string, string> { ["Cache-Control"] = "no-cache", [RevisionField] = now.ToString() },
    };

    private ProblemResult Refused(HttpRequest request, FilmOutcome outcome) => outcome.Kind switch
    {
        FilmOutcomeKind.NotFound => NotFound(outcome.Id),
        FilmOutcomeKind.IdTaken => new ProblemResult(new Problem(FilmProblems.IdTaken, $"Film {outcome.Id} already exists.")),
        FilmOutcomeKind.PreconditionRequired => new ProblemResult(new Problem(
            FilmProblems.PreconditionRequired, $"Film {outcome.Id} exists; send If-Match with the revision that you want to change.")),
        FilmOutcomeKind.PreconditionFailed => PreconditionFailed(request, outcome.Film),
        FilmOutcomeKind.KeyReused => new ProblemResult(KeyReused),
        _ => throw new InvalidOperationException($"There is no answer for {outcome.Kind}."),
    };

    private JsonBytesResult Body(Film film, int status) =>
        new(JsonSerializer.SerializeToUtf8Bytes(mapper.Value.Map<FilmResponse>(film), FilmJsonContext.Plain.FilmResponse), status);

    // A dry run stores nothing, so there is no revision for an ETag. If the id is taken, the ETag belongs to another film: a
    // client could use it to change a film that it has not seen.
    private static void AnnounceWrite(HttpContext context, WriteContext origin, FilmOutcome outcome)
    {
        AnnounceWrite(context, origin, outcome.Revision, outcome.Replayed);
        if (outcome.Kind is not (FilmOutcomeKind.NotFound or FilmOutcomeKind.IdTaken) && outcome.Film is not null && (!origin.DryRun || outcome.Film.Revision.Number <= outcome.Revision.Number))
        {
            context.Response.Headers.ETag = ETag(outcome.Film);
        }
    }

    /// <summary>Reports the revision that a write made, and whether the outcome is a replay.</summary>
    public static void AnnounceWrite(HttpContext context, WriteContext origin, Revision revision, bool replayed)
    {
        Announce(context, revision);
        if (origin.DryRun)
        {
            context.Response.Headers["Films-Dry-Run"] = "true";
        }

        if (replayed)
        {
            context.Response.Headers["Idempotency-Replayed"] = "true";
        }
    }

    /// <summary>The original's message.</summary>
    public static ProblemResult NotFound(FilmId id) => new(new Problem(FilmProblems.FilmNotFound, $"Film {id} doesn't exist"));

    private ProblemResult PreconditionFailed(HttpRequest request, Film? current) => new(new Problem(
        FilmProblems.PreconditionFailed,
        current is null ? "If-Match was sent, but the film doesn't exist." : $"Film {current.Id} is at revision {current.Revision}.{EntityTags.ChangedByProxy(request, ETag(current))}")
    {
        Members = new Dictionary<string, object?> { ["current"] = current is null ? null : mapper.Value.Map<FilmResponse>(current) },
    });

    /// <summary>Reports the catalogue's revision that a response shows.</summary>
    public static void Announce(HttpContext context, Revision revision) => context.Response.Headers[RevisionField] = revision.ToString();

    private static string ETag(Film film) => $"\"{film.Revision}\"";
}
