using System.Text;
using Serilog.Configuration;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace FilmService.Api.Logging;

/// <summary>
/// Writes events to the standard output, as many at once as have come since the last time. A request only puts its event
/// into a queue: it neither waits for the console nor wakes a thread for it.
/// </summary>
internal sealed class ConsoleLines(ITextFormatter formatter) : IBatchedLogEventSink
{
    /// <summary>How long events wait to be written together.</summary>
    public static readonly BatchingOptions Options = new()
    {
        BufferingTimeLimit = TimeSpan.FromMilliseconds(100),
        BatchSizeLimit = 5_000,
        EagerlyEmitFirstEvent = true,
        QueueLimit = 200_000,
    };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Stream _output = Console.OpenStandardOutput();

    public async Task EmitBatchAsync(IReadOnlyCollection<LogEvent> batch)
    {
        using var bytes = new MemoryStream();
        await using (var text = new StreamWriter(bytes, Utf8, leaveOpen: true))
        {
            foreach (var logEvent in batch)
            {
                formatter.Format(logEvent, text);
            }
        }

        await _output.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        await _output.FlushAsync();
    }

    public Task OnEmptyBatchAsync() => Task.CompletedTask;
}
