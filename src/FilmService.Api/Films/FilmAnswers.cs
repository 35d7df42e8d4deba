using System.Text.Json;
using AutoMapper;
using FilmService.Api.Errors;
using FilmService.Api.Http;
using FilmService.Domain.Films;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Films;

/// <summary>Turns what the domain says of films into HTTP answers; the only place that does.</summary>
public sealed class FilmAnswers(IMapper mapper)
{
    // Changes with every change of what a list looks like, so that no client keeps the old one as current.
    private const string MapVersion = "map1";

    /// <summary>A film as it was read: 200, 304, 404 or 412.</summary>
    public ActionResult Read(HttpContext context, FilmId id, FilmSnapshot snapshot)
    {
        var preconditions = ConditionalRequest.Preconditions(context.Request);
        Announce(context, snapshot.Revision);
        context.Response.Headers.CacheControl = "no-cache";
        if (snapshot.Film is not { } film)
        {
            return NotFound(id);
        }

        context.Response.Headers.ETag = ETag(film);
        if (!preconditions.Matches(film))
        {
            return PreconditionFailed(film);
        }

        return ConditionalRequest.IsNotModified(context.Request, ETag(film)) ? new StatusCodeResult(StatusCodes.Status304NotModified) : Body(film, 200);
    }

    /// <summary>True when the client has the list of this revision already; a list costs a query, this does not.</summary>
    public static bool IsListNotModified(HttpContext context, Revision revision) =>
        ConditionalRequest.IsNotModified(context.Request, AnnounceList(context, revision));

    /// <summary>The whole catalogue as one object, with the revision of its own moment.</summary>
    public ActionResult List(HttpContext context, IFilmList list)
    {
        AnnounceList(context, list.Revision);
        return new FilmMapResult(list, mapper);
    }

    /// <summary>What a write came to.</summary>
    public ActionResult Written(HttpContext context, FilmOutcome outcome)
    {
        Announce(context, outcome.Revision);
        if (outcome.Film is not null)
        {
            context.Response.Headers.ETag = ETag(outcome.Film);
        }

        return outcome.Kind switch
        {
            FilmOutcomeKind.Created => Body(outcome.Film!, StatusCodes.Status201Created),
            FilmOutcomeKind.Replaced or FilmOutcomeKind.Unchanged => Body(outcome.Film!, StatusCodes.Status200OK),
            FilmOutcomeKind.Deleted => new NoContentResult(),
            FilmOutcomeKind.Missing => NotFound(outcome.Id),
            FilmOutcomeKind.PreconditionRequired => new ProblemResult(new Problem(
                ProblemTypes.PreconditionRequired, $"Film {outcome.Id} exists; say with If-Match which revision of it you change.")),
            FilmOutcomeKind.PreconditionFailed => PreconditionFailed(outcome.Film),
            _ => throw new InvalidOperationException($"There is no answer for {outcome.Kind}."),
        };
    }

    private JsonBytesResult Body(Film film, int status) =>
        new(JsonSerializer.SerializeToUtf8Bytes(mapper.Map<FilmResponse>(film), Json.Films.FilmResponse), status);

    private static ProblemResult NotFound(FilmId id) => new(new Problem(ProblemTypes.FilmNotFound, $"Film {id} doesn't exist"));

    private ProblemResult PreconditionFailed(Film? current) => new(new Problem(
        ProblemTypes.PreconditionFailed,
        current is null ? "There is no such film, so it has no revision that If-Match could name." : $"Film {current.Id} is at revision {current.Revision}.")
    {
        Current = current is null ? null : mapper.Map<FilmResponse>(current),
    });

    private static string AnnounceList(HttpContext context, Revision revision)
    {
        var etag = $"\"{revision}.{MapVersion}\"";
        Announce(context, revision);
        context.Response.Headers.ETag = etag;
        context.Response.Headers.CacheControl = "no-cache";
        return etag;
    }

    private static void Announce(HttpContext context, Revision revision) => context.Response.Headers["Films-Revision"] = revision.ToString();

    private static string ETag(Film film) => $"\"{film.Revision}\"";
}
