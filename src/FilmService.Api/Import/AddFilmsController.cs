using FilmService.Api.Audit;
using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Search;
using FilmService.Domain.Audit;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Import;

/// <summary>Adds films: one, or an import of many, which can be sent to <c>/films</c> as well.</summary>
[ApiController]
[Tags("Films")]
public sealed class AddFilmsController(FilmCatalog catalog, FilmResults answers) : ControllerBase
{
    /// <summary>Adds a film, with the id you give or a generated one.</summary>
    /// <remarks>Generated ids are whole numbers and are never reused. With an Idempotency-Key, the request can be retried safely if the response was lost. NDJSON, CSV, JSON arrays and forms with a file are imports, as at `/imports`: they take its parameters and are answered as there.</remarks>
    /// <response code="201">The film was added.</response>
    /// <response code="409">A film with this id already exists.</response>
    /// <response code="422">The idempotency key was used for a different request.</response>
    [HttpPost("films", Name = "addFilm")]
    [FilmWrite(ImportParameters.OnConflict, ImportParameters.OnError, ImportParameters.Match, ImportParameters.Report, TableParameters.Delimiter, TableParameters.EncodingName, TableParameters.Columns, TableParameters.Ignore)]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, ArgumentReader.MultipartType, FilmListFormat.LinesType, FilmListFormat.TableType, Arguments = typeof(AddFilmRequest))]
    [ProducesResponseType<FilmItemResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")]
    public async Task<ActionResult> Add(ReceivedImport? import, AddFilmRequest? film, WriteContext origin, CancellationToken cancellationToken) => film is null
        ? await Import(import!, origin, cancellationToken)
        : answers.Added(HttpContext, origin, await catalog.AddAsync(film.ToId(), film.ToDetails(), origin, cancellationToken));

    /// <summary>Imports many films: adds, changes or deletes one by each line.</summary>
    /// <remarks>The lines are applied in order in one transaction, all or nothing unless `onError` says otherwise. With an Idempotency-Key, the request can be retried safely if the response was lost.</remarks>
    /// <response code="200">The import was applied.</response>
    /// <response code="422">The idempotency key was used for a different request.</response>
    [HttpPost("imports", Name = "importFilms")]
    [FilmWrite(ImportParameters.OnConflict, ImportParameters.OnError, ImportParameters.Match, ImportParameters.Report, TableParameters.Delimiter, TableParameters.EncodingName, TableParameters.Columns, TableParameters.Ignore)]
    [Body(ArgumentReader.JsonType, FilmListFormat.LinesType, FilmListFormat.TableType, ArgumentReader.MultipartType, Line = typeof(ImportLine))]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status200OK, "application/json", FilmListFormat.LinesType)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status422UnprocessableEntity, "application/problem+json")]
    public async Task<ActionResult> Import(ReceivedImport import, WriteContext origin, CancellationToken cancellationToken) =>
        ImportResults.Imported(HttpContext, origin, import, await catalog.ImportAsync(import.ToImport(origin, HttpContext.Audit(AuditActions.Import)), cancellationToken));
}
