namespace FilmService.Api.Monitoring;

/// <summary>Collects metrics and traces if somebody wants them. Otherwise OpenTelemetry is not even loaded.</summary>
internal sealed class TelemetryExport(MonitoringSettings settings, ServiceGauges gauges, ILogger<TelemetryExport> logger) : IHostedService
{
    private TelemetryCollection? _collection;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.HasMetrics)
        {
            gauges.Register();
        }

        if (settings.HasMetrics || settings.SendTraces)
        {
            _collection = await TelemetryCollection.StartAsync(settings, logger);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await (_collection?.DisposeAsync() ?? ValueTask.CompletedTask);
}
