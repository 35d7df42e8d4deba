using System.Buffers;
using System.Globalization;
using System.Text;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace FilmService.Api.Hosting.Logging;

/// <summary>
/// Writes log events to the console in batches of whatever has accumulated since the last write. A request only enqueues its
/// event: it neither waits for the console nor wakes a thread for it.
/// </summary>
/// <param name="output">The console's stream.</param>
/// <param name="formatter">Formats an event as text.</param>
/// <param name="tryWrite">A faster formatter for some events; returns false for events that it does not handle.</param>
internal sealed class ConsoleLines(Stream output, ITextFormatter formatter, Func<LogEvent, IBufferWriter<byte>, bool>? tryWrite = null) : IBatchedLogEventSink
{
    /// <summary>How long events are collected before they are written together.</summary>
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
        // A batch that could not be written is retried.
        _lines.ResetWrittenCount();
        foreach (var logged in batch)
        {
            if (tryWrite?.Invoke(logged, _lines) is not true)
            {
                WriteText(logged);
            }
        }

        // The console has no asynchronous writes: they would only make another thread wait.
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
