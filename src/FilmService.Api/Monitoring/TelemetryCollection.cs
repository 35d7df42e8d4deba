using FilmService.Infrastructure;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FilmService.Api.Monitoring;

/// <summary>Collects metrics and traces with OpenTelemetry.</summary>
internal sealed class TelemetryCollection(MonitoringSettings settings) : IAsyncDisposable
{
    // A collector that does not answer must not make a stop slow.
    private const int LongestFlush = 2_000;

    // AddAspNetCoreInstrumentation has more, such as those of routing and of memory pools, which would cost a read by id another 5 %.
    private static readonly string[] PerRequest = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private readonly MeterProvider? _metrics = settings.HasMetrics ? CollectMetrics(settings) : null;
    private readonly TracerProvider? _traces = settings.SendTraces ? CollectTraces() : null;
    private MetricsListener? _listener;

    public static async Task<TelemetryCollection> StartAsync(MonitoringSettings settings, ILogger logger)
    {
        var collection = new TelemetryCollection(settings);
        if (settings.Metrics is { } address)
        {
            collection._listener = await MetricsListener.StartAsync(address, collection._metrics!, logger);
        }

        return collection;
    }

    public async ValueTask DisposeAsync()
    {
        await (_listener?.DisposeAsync() ?? ValueTask.CompletedTask);
        _traces?.Shutdown(LongestFlush);
        _metrics?.Shutdown(LongestFlush);
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static MeterProvider CollectMetrics(MonitoringSettings settings)
    {
        var builder = Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe).AddMeter(PerRequest).AddRuntimeInstrumentation().AddMeter(Telemetry.Name);
        builder = settings.Metrics is null ? builder : builder.AddPrometheusExporter();
        return (settings.SendMetrics ? builder.AddOtlpExporter() : builder).Build();
    }

    private static TracerProvider CollectTraces() =>
        Sdk.CreateTracerProviderBuilder().ConfigureResource(Describe).AddAspNetCoreInstrumentation().AddSource(Telemetry.Name).AddOtlpExporter().Build();

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last, so they win.
    private static void Describe(ResourceBuilder resource) =>
        resource.AddService("filmservice", serviceVersion: typeof(TelemetryCollection).Assembly.GetName().Version!.ToString(3)).AddEnvironmentVariableDetector();
}
