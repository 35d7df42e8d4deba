using System.ComponentModel;
using FilmService.Api.Access.Administration;
using FilmService.Api.Audit;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Audit;
using FilmService.Domain.Writing;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Backups;

/// <summary>The backups: verified copies of the whole database.</summary>
[ApiController]
[Description("The backups: verified copies of the whole database.")]
[Route("backups")]
public sealed class BackupsController(BackupAdministration backups, IAuditLog audit, ILogger<BackupsController> logger) : ControllerBase
{
    /// <summary>Lists the backups.</summary>
    /// <response code="200">All backups, newest first.</response>
    /// <response code="500">The folder of the backups cannot be read.</response>
    [HttpGet(Name = "listBackups"), HttpHead]
    [ProducesResponseType<ItemsResponse<BackupResponse>>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status500InternalServerError, "application/problem+json")]
    public Task<ActionResult> List() => AnswerAsync(() => Answer(new ItemsResponse<BackupResponse>(backups.List().Select(BackupResponse.Of).ToList())));

    /// <summary>Makes a backup while the service goes on, verifies it, and answers then.</summary>
    /// <remarks>Verified means: opened as a database of its own, checked, and equal to the catalogue at its revision, film by film.</remarks>
    /// <response code="201">The backup.</response>
    /// <response code="409">Another backup is being made.</response>
    /// <response code="500">The backup failed. Nothing is left of it.</response>
    [HttpPost(Name = "createBackup")]
    [ProducesResponseType<BackupResponse>(StatusCodes.Status201Created, "application/json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status409Conflict, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status500InternalServerError, "application/problem+json")]
    public Task<ActionResult> Create() => AnswerAsync(async () =>
    {
        var backup = await backups.CreateAsync(HttpContext);
        Response.Headers.Location = $"/backups/{backup.Name}";
        return JsonBytesResult.Of(BackupResponse.Of(backup), StatusCodes.Status201Created);
    });

    /// <summary>Downloads a backup, or with `Range` a part of it.</summary>
    /// <response code="200">The file: a SQLite database, which `restore` puts in place.</response>
    /// <response code="206">The part that `Range` asks for.</response>
    /// <response code="304">It is the file of `If-None-Match`.</response>
    /// <response code="404">There is no backup of this name.</response>
    /// <response code="412">It was made later than `If-Unmodified-Since` says.</response>
    /// <response code="416">`Range` begins after the end of the file.</response>
    /// <response code="500">The folder of the backups cannot be read.</response>
    [HttpGet("{name}", Name = "getBackup"), HttpHead("{name}")]
    [RequestFields("If-None-Match")]
    [Representations(BackupFileResult.MediaType)]
    [ProducesResponseType<object>(StatusCodes.Status200OK, BackupFileResult.MediaType)]
    [ProducesResponseType<object>(StatusCodes.Status206PartialContent, BackupFileResult.MediaType)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status412PreconditionFailed, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status416RangeNotSatisfiable, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status500InternalServerError, "application/problem+json")]
    public Task<ActionResult> Get(string name) => AnswerAsync(async () =>
    {
        if (await backups.OpenAsync(name) is not var (backup, file))
        {
            return NoBackup(name);
        }

        if (HttpMethods.IsGet(Request.Method))
        {
            await RecordDownloadAsync(name);
        }

        return new BackupFileResult(backup, file);
    });

    /// <summary>Deletes a backup. A download of it goes on.</summary>
    /// <response code="204">The backup was deleted.</response>
    /// <response code="404">There is no backup of this name.</response>
    /// <response code="500">The file cannot be deleted.</response>
    [HttpDelete("{name}", Name = "deleteBackup")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status404NotFound, "application/problem+json")]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status500InternalServerError, "application/problem+json")]
    public Task<ActionResult> Delete(string name) => AnswerAsync(async () => await backups.RemoveAsync(HttpContext, name) ? NoContent() : NoBackup(name));

    // When the disk is full, a backup can still be saved from it.
    private async Task RecordDownloadAsync(string name)
    {
        try
        {
            await audit.RecordAsync([HttpContext.Audit(AuditActions.BackupDownloaded, name)], CancellationToken.None);
        }
        catch (CatalogUnavailableException exception)
        {
            logger.LogError(exception, "The download of the backup {Name} cannot be recorded in the audit log", name);
        }
    }

    private static Task<ActionResult> Answer<T>(T response) => Task.FromResult<ActionResult>(JsonBytesResult.Of(response));

    private static ProblemResult NoBackup(string name) => AdministrationAnswers.NotFound($"Backup {name} doesn't exist");

    private static async Task<ActionResult> AnswerAsync(Func<Task<ActionResult>> work)
    {
        try
        {
            return await work();
        }
        catch (ProblemException exception)
        {
            return new ProblemResult(exception.Problem);
        }
    }
}
