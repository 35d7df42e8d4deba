using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Import;

/// <summary>Restores many films at once.</summary>
[ApiController]
[Tags("Films")]
public sealed class RestoreController : ControllerBase
{
    /// <summary>Restores all films to a revision, or undoes a range of changes.</summary>
    /// <remarks>With `revision`, every film becomes what it was then: films added since are deleted, and deleted ones come back. With `after` and `through`, and optionally `by`, the changes in that range are undone; a film that was changed again later is left as it is and counted in `conflicts`. To undo an import, send its result's `before` as `after` and its `revision` as `through`. The changes get revisions of their own, in one transaction.</remarks>
    /// <response code="200">The films were restored.</response>
    /// <response code="410">A revision does not belong to this catalogue, or is no longer kept.</response>
    /// <response code="412">The catalogue has changed since the ETag of a list in If-Match; nothing was changed.</response>
    /// <response code="422">The idempotency key was used for a different request.</response>
    /// <response code="429">The maximum number of concurrent imports has been reached.</response>
    [HttpPost("restore", Name = "restoreFilms")]
    [RequestFields("If-Match")]
    [FilmWrite(ImportParameters.Report)]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, ArgumentReader.MultipartType, Arguments = typeof(RestoreFilmsRequest))]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status200OK, "application/json", FilmListFormat.LinesType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status410Gone, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status429TooManyRequests, "application/problem+json")]
    public async Task<ActionResult> Restore(RestoreFilmsRequest request, WriteContext origin)
    {
        var lines = ImportParameters.IsReported(HttpContext) ? new ImportReport(HttpContext.RequestServices.GetRequiredService<TemporaryFiles>()) : null;
        if (lines is not null)
        {
            Response.RegisterForDispose(lines);
        }

        var (asked, outcome) = await StagedRestore.RunAsync(
            HttpContext, stage => request.ToRestore(stage) with { IfMatch = ConditionalRequest.ListRevisions(Request) }, origin, lines is null ? null : lines.Add);
        return ImportResults.Restored(HttpContext, origin, asked, lines, outcome);
    }
}
