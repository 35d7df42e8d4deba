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
    /// <remarks>Ids are compared exactly: `007` is not `7`, `a` is not `A`. The ETag is the film's revision; send it in If-Match when you change the film.</remarks>
    /// <response code="200">The film.</response>
    /// <response code="304">The film has not changed since the ETag in If-None-Match.</response>
    /// <response code="404">The film does not exist.</response>
    /// <response code="410">The revision in asOf does not belong to this catalogue, or is no longer kept.</response>
    /// <response code="412">The film has changed since the ETag in If-Match.</response>
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

    /// <summary>Creates or replaces a film.</summary>
    /// <remarks>Arguments are read in any letter case, so a film returned by GET can be sent back as it is. If the film already has these values, it is not changed and gets no new revision.</remarks>
    /// <response code="200">The film was replaced, or already had these values.</response>
    /// <response code="201">The film was created.</response>
    /// <response code="412">If-Match or If-None-Match failed; nothing was changed.</response>
    /// <response code="428">The service requires If-Match.</response>
    /// <response code="422">The idempotency key was used for a different request.</response>
    [HttpPut("{id}", Name = "putFilm")]
    [RequestFields("If-Match", "If-None-Match")]
    [FilmWrite]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, ArgumentReader.MultipartType, Arguments = typeof(SaveFilmRequest))]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status428PreconditionRequired, "application/problem+json")]
    public async Task<ActionResult> Put(FilmId id, SaveFilmRequest film, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken) =>
        answers.Written(HttpContext, origin, await catalog.PutAsync(id, film.ToDetails(), preconditions, origin, cancellationToken));

    /// <summary>Changes some members of a film (RFC 7396).</summary>
    /// <remarks>Members that are not sent keep their values. Null, or an empty value in a form, clears the month; the name and the year cannot be cleared.</remarks>
    /// <response code="200">The film was changed, or already had these values.</response>
    /// <response code="404">The film does not exist.</response>
    /// <response code="412">If-Match or If-None-Match failed; nothing was changed.</response>
    /// <response code="422">The idempotency key was used for a different request.</response>
    /// <response code="428">The service requires If-Match.</response>
    [HttpPatch("{id}", Name = "patchFilm")]
    [RequestFields("If-Match", "If-None-Match")]
    [FilmWrite]
    [Body(ArgumentReader.MergePatchType, ArgumentReader.JsonType, ArgumentReader.FormType, ArgumentReader.MultipartType, Arguments = typeof(PatchFilmRequest))]
    [ProducesResponseType<FilmResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status428PreconditionRequired, "application/problem+json")]
    public async Task<ActionResult> Patch(FilmId id, PatchFilmRequest change, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken) =>
        answers.Written(HttpContext, origin, await catalog.PatchAsync(id, change.ToPatch(), preconditions, origin, cancellationToken));

    /// <summary>Deletes a film and keeps its history.</summary>
    /// <remarks>The id can be used again afterwards; its history continues.</remarks>
    /// <response code="204">The film was deleted.</response>
    /// <response code="404">The film does not exist.</response>
    /// <response code="412">If-Match or If-None-Match failed; nothing was changed.</response>
    /// <response code="422">The idempotency key was used for a different request.</response>
    /// <response code="428">The service requires If-Match.</response>
    [HttpDelete("{id}", Name = "deleteFilm")]
    [RequestFields("If-Match", "If-None-Match")]
    [FilmWrite]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status428PreconditionRequired, "application/problem+json")]
    public async Task<ActionResult> Delete(FilmId id, Preconditions preconditions, WriteContext origin, CancellationToken cancellationToken) =>
        answers.Written(HttpContext, origin, await catalog.DeleteAsync(id, preconditions, origin, cancellationToken));

    /// <summary>Restores a film to an earlier revision, even after it was deleted.</summary>
    /// <remarks>This is a change like any other and gets a revision of its own, unless the film already has these values.</remarks>
    /// <response code="200">The film was restored, or already had these values.</response>
    /// <response code="201">The deleted film was restored.</response>
    /// <response code="404">The film did not exist at that revision.</response>
    /// <response code="410">The revision does not belong to this catalogue, or is no longer kept.</response>
    /// <response code="412">If-Match or If-None-Match failed; nothing was changed.</response>
    /// <response code="422">The idempotency key was used for a different request.</response>
    /// <response code="428">The service requires If-Match.</response>
    [HttpPost("{id}/restore", Name = "restoreFilm")]
    [RequestFields("If-Match", "If-None-Match")]
    [FilmWrite]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, ArgumentReader.MultipartType, Arguments = typeof(RestoreFilmRequest))]
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
}
