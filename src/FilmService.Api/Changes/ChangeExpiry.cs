using FilmService.Api.Hosting.Settings;
using FilmService.Domain.Changes;
using FilmService.Domain.Writing;

namespace FilmService.Api.Changes;

/// <summary>How long superseded changes are kept.</summary>
/// <param name="KeepDays">Days; null means forever.</param>
public sealed record ChangeSettings(int? KeepDays)
{
    internal static ChangeSettings Read(SettingsReader reader) => new((int?)reader.OptionalWhole("Changes:KeepDays", 1, 36_500));
}

/// <summary>Deletes superseded changes that are older than <c>Changes:KeepDays</c>, at start-up and every hour.</summary>
internal sealed class ChangeExpiry(IChangeFeed feed, ChangeSettings settings, TimeProvider clock, ILogger<ChangeExpiry> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.KeepDays is not { } days)
        {
            return;
        }

        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                await feed.RemoveSupersededAsync(clock.GetUtcNow().AddDays(-days), stoppingToken);
            }
            catch (CatalogUnavailableException exception)
            {
                logger.LogError(exception, "Cannot delete superseded changes; trying again in an hour");
            }
        }
        while (await hourly.WaitForNextTickAsync(stoppingToken));
    }
}
