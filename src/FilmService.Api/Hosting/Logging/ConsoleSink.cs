using System.Buffers;
using System.Globalization;
using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace FilmService.Api.Hosting.Logging;

/// <summary>
/// Formats each log event on the thread that logs it, so that a request pays for its own line, and leaves the output to a
/// <see cref="DoubleBuffer"/>. Formatting in batches elsewhere would be less work for each request but would hold all of them up:
/// on one core, 100 ms of lines took 5 to 20 ms.
/// </summary>
/// <param name="output">The console's stream.</param>
/// <param name="formatter">Formats an event as text.</param>
/// <param name="tryWrite">A faster formatter for some events; returns false for events that it does not handle.</param>
internal sealed class ConsoleSink(Stream output, ITextFormatter formatter, Func<LogEvent, IBufferWriter<byte>, bool>? tryWrite = null) : ILogEventSink, IDisposable
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _line;

    private readonly DoubleBuffer _lines = new(output, dropped => Encoding.UTF8.GetBytes(Format(formatter, DroppedLines.Event(dropped))));

    public void Emit(LogEvent logEvent)
    {
        var line = _line ??= new(512);
        line.ResetWrittenCount();
        if (tryWrite?.Invoke(logEvent, line) is not true)
        {
            Encoding.UTF8.GetBytes(Format(formatter, logEvent), line);
        }

        _lines.TryAdd(line.WrittenSpan);
    }

    public void Dispose() => _lines.Dispose();

    private static string Format(ITextFormatter formatter, LogEvent logged)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        formatter.Format(logged, text);
        return text.ToString();
    }
}
