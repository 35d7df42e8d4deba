using FilmService.Api.Health;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Ui.Lists;
using FilmService.Domain.Backups;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Status;

/// <summary>The page that shows how the service is.</summary>
public sealed class HealthPageController(Readiness readiness, FilmListReader films, IServiceProvider services) : UiController
{
    [HttpGet("ui/health"), HttpHead("ui/health")]
    [Representations("text/html")]
    public async Task<ActionResult> Get(CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<IDatabaseStatistics>();
        return Page<HealthPage>(new HealthModel(
            await readiness.FindFailuresAsync(),
            await services.GetRequiredService<FilmCatalog>().GetRevisionAsync(cancellationToken),
            await CountAsync(),
            (database.DatabaseBytes, database.LogBytes, database.FreeBytes),
            services.GetRequiredService<BackupStatus>().AgeOfLastVerified,
            services.GetRequiredService<TimeProvider>().GetUtcNow()));
    }

    // What cannot be counted must not hide why.
    private async Task<long?> CountAsync()
    {
        try
        {
            return await films.CountAllAsync(HttpContext);
        }
        catch (Exception exception) when (exception is CatalogUnavailableException or ProblemException)
        {
            return null;
        }
    }
}
