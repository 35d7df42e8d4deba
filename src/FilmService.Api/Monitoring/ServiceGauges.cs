using System.Diagnostics.Metrics;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Changes;
using FilmService.Api.Import;
using FilmService.Api.Search;
using FilmService.Domain.Backups;
using FilmService.Domain.Changes;
using FilmService.Domain.Webhooks;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;

namespace FilmService.Api.Monitoring;

/// <summary>
/// Metrics that are read when somebody collects them, so that requests pay nothing for them. Those that are recorded as they happen are
/// where they happen. docs/operations.md lists both.
/// </summary>
internal sealed class ServiceGauges(IServiceProvider services) : IDisposable
{
    // The instruments end with the service, unlike those of Telemetry.
    private readonly Meter _meter = new(Telemetry.Name);

    /// <summary>Creates the instruments.</summary>
    public void Register()
    {
        Database(services.GetRequiredService<IDatabaseStatistics>(), services.GetRequiredService<TimeProvider>());
        Requests(services.GetRequiredService<SearchSlots>(), services.GetRequiredService<ImportSlots>(), services.GetRequiredService<StreamPlaces>());
        LogIns(services.GetRequiredService<FailedLoginLimiter>());
        Webhooks(services.GetRequiredService<WebhookDirectory>(), services.GetRequiredService<IChangeFeed>());
        Backups(services.GetRequiredService<BackupStatus>());
    }

    public void Dispose() => _meter.Dispose();

    private void Database(IDatabaseStatistics database, TimeProvider clock)
    {
        _meter.CreateObservableUpDownCounter("filmservice.write_queue.length", () => database.QueuedWork, "{write}", "Writes that wait for their turn.");
        _meter.CreateObservableUpDownCounter("filmservice.projection.lag", () => database.ProjectionLag, "{change}", "Changes that the read model does not contain yet.");
        _meter.CreateObservableGauge("filmservice.projection.lag.duration", () => LagOf(database, clock), "s", "Age of the oldest of these changes; 0 if there is none.");
        _meter.CreateObservableCounter("filmservice.cache.hits", () => database.CacheReads.Hits, "{film}", "Films that were read by id from memory.");
        _meter.CreateObservableCounter("filmservice.cache.misses", () => database.CacheReads.Misses, "{film}", "Films that were read by id from the database.");
        _meter.CreateObservableUpDownCounter("filmservice.database.size", () => database.DatabaseBytes, "By", "Size of the database, without its log.");
        _meter.CreateObservableUpDownCounter("filmservice.database.log.size", () => database.LogBytes, "By", "Size of the write-ahead log.");
        _meter.CreateObservableCounter("filmservice.checkpoint.failures", () => database.FailedCheckpoints, "{checkpoint}", "Times that the write-ahead log could not be copied to the database.");
    }

    private void Requests(SearchSlots slots, ImportSlots imports, StreamPlaces streams)
    {
        _meter.CreateObservableUpDownCounter("filmservice.queries.active", () => slots.Queries.Used, "{query}", "Queries in progress.");
        _meter.CreateObservableUpDownCounter("filmservice.exports.active", () => slots.Exports.Used, "{export}", "Exports in progress.");
        _meter.CreateObservableCounter("filmservice.queries.refused", () => slots.Queries.Refusals, "{query}", "Queries that were rejected because too many were in progress.");
        _meter.CreateObservableCounter("filmservice.exports.refused", () => slots.Exports.Refusals, "{export}", "Exports that were rejected because too many were in progress.");
        _meter.CreateObservableUpDownCounter("filmservice.imports.active", () => imports.Used, "{import}", "Imports that are received or applied.");
        _meter.CreateObservableUpDownCounter("filmservice.streams.active", () => streams.Used, "{stream}", "Open event streams.");
    }

    private void LogIns(FailedLoginLimiter failures) =>
        _meter.CreateObservableCounter("filmservice.logins.failed", () => failures.Rejections, "{login}", "Credentials that were rejected.");

    private void Webhooks(WebhookDirectory directory, IChangeFeed feed)
    {
        _meter.CreateObservableUpDownCounter("filmservice.webhooks.behind", () => LagsOf(directory, feed).Count(lag => lag > 0), "{webhook}", "Enabled webhooks with changes to deliver.");
        _meter.CreateObservableGauge("filmservice.webhooks.lag", () => LagsOf(directory, feed).DefaultIfEmpty().Max(), "{change}", "Changes that the webhook furthest behind has to deliver.");
        _meter.CreateObservableUpDownCounter("filmservice.webhooks.failing", () => directory.All.Count(webhook => webhook is { Enabled: true, Failures: > 0 }), "{webhook}", "Enabled webhooks whose last delivery failed.");
    }

    private void Backups(BackupStatus backups) =>
        _meter.CreateObservableGauge("filmservice.backup.age", () => AgeOf(backups), "s", "Time since the last verified backup was made.");

    // Without a backup there is no age.
    private static IEnumerable<Measurement<double>> AgeOf(BackupStatus backups) => backups.AgeOfLastVerified is { } age ? [new(age.TotalSeconds)] : [];

    // A metric that cannot be read has no value.
    private static IEnumerable<Measurement<double>> LagOf(IDatabaseStatistics database, TimeProvider clock)
    {
        try
        {
            return [new(database.ProjectionLagsSince is { } since ? Math.Max(0, (clock.GetUtcNow() - since).TotalSeconds) : 0)];
        }
        catch (CatalogUnavailableException)
        {
            return [];
        }
    }

    private static IEnumerable<long> LagsOf(WebhookDirectory directory, IChangeFeed feed)
    {
        // In memory, so that it is there at once.
        var now = feed.GetBoundsAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult().Now;
        return directory.All.Where(webhook => webhook.Enabled).Select(webhook => webhook.Position.Epoch == now.Epoch ? now.Number - webhook.Position.Number : now.Number);
    }
}
