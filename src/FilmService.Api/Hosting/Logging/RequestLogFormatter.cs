using System.Buffers;
using System.Text.Json;
using FilmService.Api.Http.Results;
using Serilog.Events;

namespace FilmService.Api.Hosting.Logging;

/// <summary>
/// Writes the event of a request as a JSON line, as <c>CompactJsonFormatter</c> does. There is one per request, and formatting it
/// through text would cost a tenth of reading a film.
/// </summary>
internal static class RequestLogFormatter
{
    /// <summary>The message template.</summary>
    public const string Template = "{RequestMethod} {RequestPath} {StatusCode} in {Elapsed} ms for {Caller}";

    private static readonly JsonEncodedText EncodedTemplate = JsonEncodedText.Encode(Template, Json.Options.Encoder);

    /// <summary>Writes the event; returns false, and writes nothing, for an event of another kind.</summary>
    public static bool TryWrite(LogEvent logged, IBufferWriter<byte> to)
    {
        if (logged is not { MessageTemplate.Text: Template, Level: LogEventLevel.Information, Exception: null } || !IsPlain(logged))
        {
            return false;
        }

        using var json = new Utf8JsonWriter(to, Json.Writer);
        json.WriteStartObject();
        json.WriteString("@t"u8, logged.Timestamp.UtcDateTime);
        json.WriteString("@mt"u8, EncodedTemplate);
        if (logged is { TraceId: { } trace, SpanId: { } span })
        {
            json.WriteString("@tr"u8, trace.ToHexString());
            json.WriteString("@sp"u8, span.ToHexString());
        }

        foreach (var (name, value) in logged.Properties)
        {
            Write(json, name, ((ScalarValue)value).Value);
        }

        json.WriteEndObject();
        json.Flush();
        to.Write("\n"u8);
        return true;
    }

    // Settings may add properties that need the general formatter.
    private static bool IsPlain(LogEvent logged)
    {
        foreach (var value in logged.Properties.Values)
        {
            if (value is not ScalarValue { Value: string or int or double })
            {
                return false;
            }
        }

        return true;
    }

    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case double number:
                json.WriteNumber(name, number);
                break;
        }
    }
}
