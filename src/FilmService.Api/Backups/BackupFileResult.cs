using FilmService.Api.Films;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Backups;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace FilmService.Api.Backups;

/// <summary>A backup's file, or a range of it. The file is open from the beginning, so it can be deleted meanwhile.</summary>
internal sealed class BackupFileResult(Backup backup, Stream file) : ActionResult
{
    public const string MediaType = "application/vnd.sqlite3";

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var tag = backup.Sha256 is null ? null : new EntityTagHeaderValue($"\"{backup.Sha256}\"");
        await TypedResults.Stream(file, MediaType, backup.Name, backup.CreatedAt, tag, enableRangeProcessing: true).ExecuteAsync(http);
        if (!http.Response.HasStarted && ProblemOf(http.Response.StatusCode) is { } problem)
        {
            await problem.WriteAsync(http);
        }
    }

    private Problem? ProblemOf(int status) => status switch
    {
        StatusCodes.Status416RangeNotSatisfiable => new Problem(BackupProblems.RangeNotSatisfiable, $"The backup {backup.Name} has {backup.Bytes} bytes."),
        StatusCodes.Status412PreconditionFailed => new Problem(FilmProblems.PreconditionFailed, $"The backup {backup.Name} was made later than If-Unmodified-Since says."),
        _ => null,
    };
}
