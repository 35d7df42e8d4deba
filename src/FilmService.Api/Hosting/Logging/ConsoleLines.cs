using System.Buffers;
using System.Globalization;
using System.Text;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace FilmService.Api.Hosting.Logging;

/// <summary>
/// Writes events to the console, as many at once as have come since the last time. A request only puts its event
/// into a queue: it neither waits for the console nor wakes a thread for it.
/// </summary>
/// <param name="output">Where they go.</param>
/// <param name="formatter">Writes an event as text.</param>
/// <param name="tryWrite">Writes some events without it, and says whether it did.</param>
internal sealed class ConsoleLines(Stream output, ITextFormatter formatter, Func<LogEvent, IBufferWriter<byte>, bool>? tryWrite = null) : IBatchedLogEventSink
{
    /// <summary>How long events wait to be written together.</summary>
    public static readonly BatchingOptions Options = new()
    {
        BufferingTimeLimit = TimeSpan.FromMilliseconds(100),
        BatchSizeLimit = 5_000,
        EagerlyEmitFirstEvent = true,
        QueueLimit = 200_000,
    };

    private readonly ArrayBufferWriter<byte> _lines = new();

    public Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        // A batch that could not be written comes again.
        _lines.ResetWrittenCount();
        foreach (var logged in batch)
        {
            if (tryWrite?.Invoke(logged, _lines) is not true)
            {
                WriteText(logged);
            }
        }

        // The console knows no asynchronous writing: it would take another thread to wait.
        output.Write(_lines.WrittenSpan);
        output.Flush();
        return Task.CompletedTask;
    }

    public Task OnEmptyBatchAsync() => Task.CompletedTask;

    private void WriteText(LogEvent logged)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        formatter.Format(logged, text);
        Encoding.UTF8.GetBytes(text.ToString(), _lines);
    }
}
