using System.Net;
using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Monitoring;

/// <summary>Where metrics and traces go: nowhere unless it is configured.</summary>
/// <param name="Metrics">The address that <c>/metrics</c> is served at; null if it is not.</param>
/// <param name="SendMetrics">True to send metrics by OTLP, configured by the variables of OpenTelemetry.</param>
/// <param name="SendTraces">The same for traces.</param>
internal sealed record MonitoringSettings(IPEndPoint? Metrics, bool SendMetrics, bool SendTraces)
{
    private const string Url = "Metrics:Url";
    private const string Allowed = "http:// with an IP address of this machine, or localhost, and a port, such as http://127.0.0.1:9464";
    private const string Otlp = "otlp";

    public bool HasMetrics => Metrics is not null || SendMetrics;

    public static MonitoringSettings Read(SettingsReader reader)
    {
        var text = reader.Text(Url, "");
        var metrics = text.Length == 0 ? null : EndPointOf(text) ?? reader.Fault<IPEndPoint?>(Url, text, Allowed, null);
        return new(metrics, IsSent(reader, "METRICS"), IsSent(reader, "TRACES"));
    }

    // The framework would take a host name that it cannot resolve for every address of the machine.
    private static IPEndPoint? EndPointOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http", PathAndQuery: "/", Fragment: "", UserInfo: "" }
            ? url.Host == "localhost" ? new(IPAddress.Loopback, url.Port)
            : IPAddress.TryParse(url.Host, out var address) ? new(address, url.Port)
            : null
            : null;

    // The endpoint alone is enough, as the exporter's name is (OpenTelemetry, environment variables).
    private static bool IsSent(SettingsReader reader, string signal)
    {
        var exporter = reader.OneOf($"OTEL_{signal}_EXPORTER", "", Otlp, "none");
        var hasEndpoint = reader.Text("OTEL_EXPORTER_OTLP_ENDPOINT", "").Length > 0;
        return !reader.Flag("OTEL_SDK_DISABLED", false) && (exporter == Otlp || (exporter.Length == 0 && hasEndpoint));
    }
}
