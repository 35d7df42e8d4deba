using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Search;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Import;

/// <summary>Adds films: one, or an import of many.</summary>
[ApiController]
[Tags("Films")]
[Route("films")]
public sealed class AddFilmsController(FilmCatalog catalog, FilmResults answers) : ControllerBase
{
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
}
