using System.Globalization;
using System.Text.RegularExpressions;
using FilmService.Api.Tests.Hosting;
using FilmService.Api.Tests.Processes;

namespace FilmService.Api.Tests.Monitoring;

/// <summary>Base class for tests of metrics. Each runs a process, because metrics of one process are counted together.</summary>
public abstract partial class MetricsTest : ProcessTest
{
    /// <summary>Starts the service with metrics on a free port.</summary>
    protected async Task<(FilmServiceProcess Service, Uri Metrics)> StartWithMetricsAsync(params string[] settings)
    {
        var service = await StartAsync("Development", ["Metrics:Url=http://127.0.0.1:0", .. settings]);
        return (service, new Uri(MetricsUrl().Match(string.Join('\n', service.Output)).Value));
    }

    /// <summary>The values by metric with its labels, without the name of the meter.</summary>
    protected static async Task<Dictionary<string, double>> ScrapeAsync(Uri metrics)
    {
        using var client = new HttpClient();
        return (await client.GetStringAsync(metrics)).Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split("} ")).ToDictionary(
            parts => Scope().Replace(parts[0], ""), parts => double.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("http://127.0.0.1:[0-9]+/metrics")]
    private static partial Regex MetricsUrl();

    [GeneratedRegex("""\{otel_scope_name="[^"]*",?""")]
    private static partial Regex Scope();
}
