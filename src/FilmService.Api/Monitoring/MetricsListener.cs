using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FilmService.Api.Hosting.Settings;
using FilmService.Infrastructure;
using OpenTelemetry.Metrics;

namespace FilmService.Api.Monitoring;

/// <summary>
/// Serves <c>/metrics</c>, and nothing else, at an address of its own: a server of its own, so that no request can reach it at the
/// service's addresses, or the service at this one, whatever its Host says.
/// </summary>
internal sealed partial class MetricsListener : IAsyncDisposable
{
    private const string Path = "/metrics";
    private const int MaxConnections = 16;

    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(1);

    private readonly WebApplication _server;

    private MetricsListener(WebApplication server) => _server = server;

    /// <exception cref="InvalidConfigurationException">It is not possible to listen there.</exception>
    public static async Task<MetricsListener> StartAsync(IPEndPoint address, MeterProvider metrics, ILogger logger)
    {
        var server = Create(address, metrics);
        try
        {
            await server.StartAsync();
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new InvalidConfigurationException($"The setting Metrics:Url is 'http://{address}'. Allowed: an address of this machine at which no other program listens. {exception.Message}");
        }

        LogListening(logger, server.Urls.First() + Path);
        return new MetricsListener(server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(LongestStop);
        await _server.DisposeAsync();
    }

    private static WebApplication Create(IPEndPoint address, MeterProvider metrics)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.UseLimits();
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Listen(address);
        });

        // Scrapes are no requests to the service: neither counted nor traced.
        builder.Services.AddSingleton(new ActivitySource(nameof(MetricsListener))).AddSingleton(new DiagnosticListener(nameof(MetricsListener)));
        var server = builder.Build();
        server.Use((context, next) =>
        {
            context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMetricsTagsFeature>()?.MetricsDisabled = true;
            return next(context);
        });
        server.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, IsScrape, path: null, configureBranchedPipeline: null, optionsName: null);
        server.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return server;
    }

    private static bool IsScrape(HttpContext context) => context.Request.Path == Path && HttpMethods.IsGet(context.Request.Method);

    [LoggerMessage(LogLevel.Information, "Metrics are served at {Url}")]
    private static partial void LogListening(ILogger logger, string url);
}
