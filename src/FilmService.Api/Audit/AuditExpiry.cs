using FilmService.Domain.Audit;
using FilmService.Domain.Writing;

namespace FilmService.Api.Audit;

/// <summary>Deletes entries that are older than <c>Audit:KeepDays</c>, at start-up and every hour.</summary>
internal sealed class AuditExpiry(IAuditLog log, AuditSettings settings, TimeProvider clock, ILogger<AuditExpiry> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                await log.RemoveAsync(clock.GetUtcNow().AddDays(-settings.KeepDays), stoppingToken);
            }
            catch (CatalogUnavailableException exception)
            {
                logger.LogError(exception, "Cannot delete old entries of the audit log; trying again in an hour");
            }
        }
        while (await hourly.WaitForNextTickAsync(stoppingToken));
    }
}
