using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FilmService.Infrastructure;

/// <summary>
/// The service's own metrics and spans, in the terms of OpenTelemetry. As long as nobody listens, recording a value or starting a span
/// costs a comparison.
/// </summary>
public static class Telemetry
{
    /// <summary>The name under which exporters find them.</summary>
    public const string Name = "FilmService";

    public static readonly Meter Meter = new(Name);

    public static readonly ActivitySource Spans = new(Name);
}
