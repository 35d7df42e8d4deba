using FilmService.Domain.Access;
using FilmService.Domain.Writing;

namespace FilmService.Api.Access.Sessions;

/// <summary>Deletes expired sessions, at start-up and every hour, a few at a time.</summary>
internal sealed class SessionExpiry(SessionDirectory sessions, TimeProvider clock, ILogger<SessionExpiry> logger) : BackgroundService
{
    private const int Batch = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                while (await sessions.RemoveExpiredAsync(Batch) && !stoppingToken.IsCancellationRequested)
                {
                }
            }
            catch (CatalogUnavailableException exception)
            {
                logger.LogError(exception, "Cannot delete expired sessions; trying again in an hour");
            }
        }
        while (await hourly.WaitForNextTickAsync(stoppingToken));
    }
}
