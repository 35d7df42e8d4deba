using System.Text;
using FilmService.Api.Hosting.Logging;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Parsing;

namespace FilmService.Api.Tests.Hosting.Logging;

public sealed class ConsoleSinkTests
{
    [Test]
    public void Emit_FromManyThreads_WritesEachLineOnceAndWhole()
    {
        using var output = new Console(failures: 0);
        using (var sink = new ConsoleSink(output, new CompactJsonFormatter()))
        {
            Parallel.For(0, 10_000, number => sink.Emit(Event($"Event {number}")));
        }

        Assert.That(output.Messages(), Is.EquivalentTo(Enumerable.Range(0, 10_000).Select(number => $"Event {number}")));
    }

    [Test]
    public void Emit_OutputFailsOnce_WritesTheLineAgain()
    {
        using var output = new Console(failures: 1);
        using (var sink = new ConsoleSink(output, new CompactJsonFormatter()))
        {
            sink.Emit(Event("Application started"));
            output.Failed.Wait();
        }

        Assert.That(output.Messages(), Is.EqualTo(new[] { "Application started" }));
    }

    [Test]
    public void Emit_NobodyReadsTheOutput_DropsLinesAndWritesHowMany()
    {
        const int Events = 200;
        var text = new string('x', DoubleBuffer.MaxBytes / 100);
        using var output = new Console(failures: 0);
        using (var sink = new ConsoleSink(output, new CompactJsonFormatter()))
        {
            output.Block();
            for (var i = 0; i < Events; i++)
            {
                sink.Emit(Event(text));
            }

            output.Unblock();
        }

        var messages = output.Messages();
        var dropped = output.Count();
        Assert.That(dropped, Is.Positive);
        Assert.That(messages.Count(message => message == text), Is.EqualTo(Events - dropped));
    }

    private static LogEvent Event(string text) => new(DateTimeOffset.UtcNow, LogEventLevel.Information, null, new MessageTemplateParser().Parse(text), []);

    /// <summary>A console that fails, or is not read for a while.</summary>
    private sealed class Console(int failures) : MemoryStream
    {
        private readonly SemaphoreSlim _isRead = new(1);
        private int _failures = failures;

        public ManualResetEventSlim Failed { get; } = new();

        public void Block() => _isRead.Wait();

        public void Unblock() => _isRead.Release();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (_failures-- > 0)
            {
                Failed.Set();
                throw new IOException("The disk is full.");
            }

            _isRead.Wait();
            base.Write(buffer);
            _isRead.Release();
        }

        public string[] Messages() => [.. Lines().Select(line => line["@mt"]!.GetValue<string>())];

        public long Count() => Lines().Sum(line => line["Count"]?.GetValue<long>() ?? 0);

        protected override void Dispose(bool disposing)
        {
            _isRead.Dispose();
            Failed.Dispose();
            base.Dispose(disposing);
        }

        private IEnumerable<System.Text.Json.Nodes.JsonNode> Lines() =>
            Encoding.UTF8.GetString(ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!);
    }
}
