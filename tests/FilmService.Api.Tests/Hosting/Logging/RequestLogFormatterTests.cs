using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FilmService.Api.Hosting.Logging;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Parsing;

namespace FilmService.Api.Tests.Hosting.Logging;

public sealed class RequestLogFormatterTests
{
    private static readonly ActivityTraceId Trace = ActivityTraceId.CreateRandom();

    [TestCase("/films/1", "anonymous")]
    [TestCase("/films/%0A%22", "me")]
    [TestCase("/films/\"\\\u0001", "Zo\u00eb \ud83c\udfac")]
    public void TryWrite_EventOfARequest_IsTheLineOfCompactJsonFormatter(string path, string caller)
    {
        var logged = Event(LogEventLevel.Information, path, caller);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        new CompactJsonFormatter().Format(logged, text);

        var line = Written(logged);

        Assert.That(line, Does.EndWith("}\n").And.Property("Length").GreaterThan(2));
        Assert.That(line!.Trim(), Does.Not.Contain('\n'));
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(line), JsonNode.Parse(text.ToString())), Is.True, () => $"{line}\n{text}");
    }

    [Test]
    public void TryWrite_AnotherEvent_IsLeftToTheFormatter()
    {
        var enriched = Event(LogEventLevel.Information, "/", "me");
        enriched.AddOrUpdateProperty(new LogEventProperty("Machine", new StructureValue([])));
        var other = new LogEvent(DateTimeOffset.UtcNow, LogEventLevel.Information, null, new MessageTemplateParser().Parse("Application started"), []);

        Assert.That(Written(Event(LogEventLevel.Error, "/", "me")), Is.Null);
        Assert.That(Written(enriched), Is.Null);
        Assert.That(Written(other), Is.Null);
    }

    private static string? Written(LogEvent logged)
    {
        var to = new ArrayBufferWriter<byte>();
        var isWritten = RequestLogFormatter.TryWrite(logged, to);
        Assert.That(isWritten || to.WrittenCount == 0, Is.True, "Half a line was written.");
        return isWritten ? Encoding.UTF8.GetString(to.WrittenSpan) : null;
    }

    private static LogEvent Event(LogEventLevel level, string path, string caller) => new(
        DateTimeOffset.Parse("2026-11-24T22:58:05.1909561Z", CultureInfo.InvariantCulture), level, null, new MessageTemplateParser().Parse(RequestLogFormatter.Template),
        [
            new("RequestMethod", new ScalarValue("GET")), new("RequestPath", new ScalarValue(path)), new("StatusCode", new ScalarValue(200)),
            new("Elapsed", new ScalarValue(0.125)), new("Caller", new ScalarValue(caller)),
        ],
        Trace, ActivitySpanId.CreateRandom());
}
