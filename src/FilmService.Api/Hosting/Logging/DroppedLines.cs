using Serilog.Events;
using Serilog.Parsing;

namespace FilmService.Api.Hosting.Logging;

/// <summary>The event that stands in the log in place of the lines that were dropped.</summary>
internal static class DroppedLines
{
    private static readonly MessageTemplate Template =
        new MessageTemplateParser().Parse("{Count} log lines were dropped here, because the output was slower than the log");

    public static LogEvent Event(long count) =>
        new(DateTimeOffset.Now, LogEventLevel.Warning, null, Template, [new("Count", new ScalarValue(count))]);
}
