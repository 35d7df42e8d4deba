using System.ComponentModel;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Films;

/// <summary>The films of the catalogue.</summary>
[ApiController]
[Description("The films of the catalogue.")]
[Route("films")]
public sealed class FilmsController(FilmCatalog catalog, FilmResults answers) : ControllerBase
{
    private const string AsOf = "asOf";

    /// <summary>Reads one film.</summary>
    /// <remarks>Ids are compared exactly: `007` is not `7`, `a` is not `A`. The ETag is the revision of the film; send it in If-Match when you change what you have read.</remarks>
    /// <response code="200">The film.</response>
    /// <response code="304">The film is still the one of If-None-Match.</response>
    /// <response code="404">There is no such film.</response>
    /// <response code="410">The revision of asOf is not one of this catalogue's, or no longer kept.</response>
    /// <response code="412">The film is not the one of If-Match.</response>
    [HttpGet("{id}", Name = "getFilm"), HttpHead("{id}")]
    [RequestFields("If-Match", "If-None-Match")]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status410Gone, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [Query(AsOf)]
    public async Task<ActionResult> Get(FilmId id, Preconditions preconditions, CancellationToken cancellationToken)
    {
        if (HttpContext.Revision(AsOf) is not { } asOf)
        {
            return answers.Read(HttpContext, id, await catalog.FindAsync(id, cancellationToken), preconditions);
        }

        return await catalog.FindAsOfAsync(id, asOf, cancellationToken) is { } snapshot
            ? answers.Read(HttpContext, id, snapshot, preconditions)
            : new ProblemResult(FilmResults.RevisionNotKept(asOf, await catalog.GetRevisionAsync(cancellationToken)));
    }

    /// <summary>Creates a film, or replaces it as a whole.</summary>
    /// <remarks>The arguments stand in the body, in the query string, or in both, each once, in any letter case: what GET gave can be sent back. A film that already is what was asked for is not changed, and takes no revision.</remarks>
    /// <response code="200">The film was replaced, or already was what was asked for.</response>
    /// <response code="201">The film was created.</response>
    /// <response code="412">If-Match or If-None-Match does not hold; nothing was changed.</response>
    /// <response code="428">The catalogue asks for If-Match.</response>
    /// <response code="422">The idempotency key was used for another request.</response>
    [HttpPut("{id}", Name = "putFilm")]
    [RequestFields("If-Match", "If-None-Match")]
    [FilmWrite]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, ArgumentReader.MultipartType, Arguments = typeof(FilmArguments))]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status428PreconditionRequired, "application/problem+json")]
    public ActionResult Put(FilmId id, SaveFilmRequest film, Preconditions preconditions, WriteContext origin) =>
        Written(origin, catalog.PutAsync(id, film.ToDetails(), preconditions, origin, HttpContext.RequestAborted));

    /// <summary>Changes some members of a film (RFC 7396).</summary>
    /// <remarks>What is not sent stays as it is. Null, in a form an empty value, clears the month; a name or a year cannot be cleared.</remarks>
    /// <response code="200">The film was changed, or already was what was asked for.</response>
    /// <response code="404">There is no such film.</response>
    /// <response code="412">If-Match or If-None-Match does not hold; nothing was changed.</response>
    /// <response code="422">The idempotency key was used for another request.</response>
    /// <response code="428">The catalogue asks for If-Match.</response>
    [HttpPatch("{id}", Name = "patchFilm")]
    [RequestFields("If-Match", "If-None-Match")]
    [FilmWrite]
    [Body(ArgumentReader.MergePatchType, ArgumentReader.JsonType, ArgumentReader.FormType, ArgumentReader.MultipartType, Arguments = typeof(FilmChangeArguments))]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status428PreconditionRequired, "application/problem+json")]
    public ActionResult Patch(FilmId id, PatchFilmRequest change, Preconditions preconditions, WriteContext origin) =>
        Written(origin, catalog.PatchAsync(id, change.ToPatch(), preconditions, origin, HttpContext.RequestAborted));

    /// <summary>Deletes a film; its history stays.</summary>
    /// <remarks>The id can be used again afterwards; the revisions go on.</remarks>
    /// <response code="204">The film is gone.</response>
    /// <response code="404">There is no such film.</response>
    /// <response code="412">If-Match or If-None-Match does not hold; nothing was changed.</response>
    /// <response code="422">The idempotency key was used for another request.</response>
    /// <response code="428">The catalogue asks for If-Match.</response>
    [HttpDelete("{id}", Name = "deleteFilm")]
    [RequestFields("If-Match", "If-None-Match")]
    [FilmWrite]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status428PreconditionRequired, "application/problem+json")]
    public ActionResult Delete(FilmId id, Preconditions preconditions, WriteContext origin) =>
        Written(origin, catalog.DeleteAsync(id, preconditions, origin, HttpContext.RequestAborted));

    /// <summary>Makes a film again what it was at a revision, also after it was deleted.</summary>
    /// <remarks>It is a change as any other and takes a revision of its own, unless the film already is what it was.</remarks>
    /// <response code="200">The film is what it was.</response>
    /// <response code="201">The film is there again.</response>
    /// <response code="404">There was no such film at that revision.</response>
    /// <response code="410">The revision is not one of this catalogue's, or no longer kept.</response>
    /// <response code="412">If-Match or If-None-Match does not hold; nothing was changed.</response>
    /// <response code="422">The idempotency key was used for another request.</response>
    /// <response code="428">The catalogue asks for If-Match.</response>
    [HttpPost("{id}/restore", Name = "restoreFilm")]
    [RequestFields("If-Match", "If-None-Match")]
    [FilmWrite]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, ArgumentReader.MultipartType, Arguments = typeof(RestoreArguments))]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status410Gone, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status428PreconditionRequired, "application/problem+json")]
    public async Task<ActionResult> Restore(
        FilmId id, RestoreFilmRequest request, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken) =>
        await catalog.RestoreAsync(id, request.ToRevision(), preconditions, origin, cancellationToken) is { } outcome
            ? answers.Written(HttpContext, origin, outcome)
            : new ProblemResult(FilmResults.RevisionNotKept(request.ToRevision(), await catalog.GetRevisionAsync(cancellationToken)));

    private WrittenResult Written(WriteContext origin, Task<FilmOutcome> outcome) => new(answers, origin, outcome);
}
