using System.ComponentModel;
using FilmService.Api.Http;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Import;
using FilmService.Api.Search;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Films;

/// <summary>The films of the catalogue.</summary>
[ApiController]
[Description("The films of the catalogue.")]
[Route("films")]
public sealed class FilmsController(FilmCatalog catalog, FilmResults answers, FilmSearchService lists) : ControllerBase
{
    private const string AsOf = "asOf";

    /// <summary>Finds films, or exports them: all, or those that the conditions leave.</summary>
    /// <remarks>As JSON they are keyed by id, or a list; as NDJSON each is a line, as CSV a row, and both can be imported again. All conditions must hold. Names are compared folded: without case, accents and punctuation. Without `limit` the answer holds everything; with it, `Link` leads to the next page, and a walk along it neither skips nor repeats a film that is not itself changed. The answer is one moment of the catalogue; send its ETag in If-None-Match to have it only when it has changed. An answer that was cut off does not end as HTTP has it. `QUERY /films` takes the same names as a form, for conditions too long for an address.</remarks>
    /// <response code="200">The films, in natural order of their ids unless `sort` or `q` says otherwise.</response>
    /// <response code="304">The list is still the one of If-None-Match.</response>
    /// <response code="412">The list is not the one of If-Match.</response>
    [HttpGet(Name = "listFilms"), HttpHead]
    [SearchParameters]
    [Representations(FilmListFormat.JsonType, FilmListFormat.LinesType, FilmListFormat.TableType)]
    [ProducesResponseType<FilmListResponse>(StatusCodes.Status200OK, FilmListFormat.JsonType, FilmListFormat.LinesType, FilmListFormat.TableType)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    public Task<ActionResult> List(FilmSearch search, CancellationToken cancellationToken) => lists.AnswerAsync(HttpContext, search, cancellationToken);

    /// <summary>Finds films by conditions in the body (RFC 10008), with or without some in the address.</summary>
    /// <remarks>OpenAPI 3.1 has no word for the method, so it stands in docs/finding.md.</remarks>
    [AcceptVerbs(Methods.Query)]
    [ApiExplorerSettings(IgnoreApi = true)]
    [SearchParameters]
    [Representations(FilmListFormat.JsonType, FilmListFormat.LinesType, FilmListFormat.TableType)]
    [Body(ArgumentReader.FormType)]
    public Task<ActionResult> Query(FilmSearch search, CancellationToken cancellationToken) => lists.AnswerAsync(HttpContext, search, cancellationToken);

    /// <summary>Reads one film.</summary>
    /// <remarks>Ids are compared exactly: `007` is not `7`, `a` is not `A`. The ETag is the revision of the film; send it in If-Match when you change what you have read.</remarks>
    /// <response code="200">The film.</response>
    /// <response code="304">The film is still the one of If-None-Match.</response>
    /// <response code="404">There is no such film.</response>
    /// <response code="410">The revision of asOf is not one of this catalogue's, or no longer kept.</response>
    /// <response code="412">The film is not the one of If-Match.</response>
    [HttpGet("{id}", Name = "getFilm"), HttpHead("{id}")]
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

    /// <summary>Adds a film, under an id of its own or a generated one; or imports many.</summary>
    /// <remarks>Generated ids are whole numbers, and none is ever given out twice. With an Idempotency-Key the request can be sent again when its answer was lost. NDJSON, CSV and a JSON array are imports: their lines are carried out in order and become one change, all or nothing unless `onError` says otherwise.</remarks>
    /// <response code="200">The import was carried out.</response>
    /// <response code="201">The film was added.</response>
    /// <response code="409">There is a film of that id already.</response>
    /// <response code="422">The idempotency key was used for another request.</response>
    [HttpPost(Name = "addFilm")]
    [FilmWrite(ImportParameters.OnConflict, ImportParameters.OnError)]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, ArgumentReader.MultipartType, FilmListFormat.LinesType, FilmListFormat.TableType, Arguments = typeof(NewFilmArguments), Line = typeof(ImportLineArguments))]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<FilmItemResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")]
    public async Task<ActionResult> Add(ReceivedImport? import, AddFilmRequest? film, WriteContext origin, CancellationToken cancellationToken) => film is null
        ? ImportResults.Imported(HttpContext, origin, await catalog.ImportAsync(import!.ToImport(origin), cancellationToken))
        : answers.Added(HttpContext, origin, await catalog.AddAsync(film.ToId(), film.ToDetails(), origin, cancellationToken));

    /// <summary>Creates a film, or replaces it as a whole.</summary>
    /// <remarks>The arguments stand in the body, in the query string, or in both, each once, in any letter case: what GET gave can be sent back. A film that already is what was asked for is not changed, and takes no revision.</remarks>
    /// <response code="200">The film was replaced, or already was what was asked for.</response>
    /// <response code="201">The film was created.</response>
    /// <response code="412">If-Match or If-None-Match does not hold; nothing was changed.</response>
    /// <response code="428">The catalogue asks for If-Match.</response>
    /// <response code="422">The idempotency key was used for another request.</response>
    [HttpPut("{id}", Name = "putFilm")]
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
