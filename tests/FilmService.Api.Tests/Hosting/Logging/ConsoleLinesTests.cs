using FilmService.Api.Hosting.Logging;
using Serilog.Events;
using Serilog.Formatting.Compact;
using Serilog.Parsing;

namespace FilmService.Api.Tests.Hosting.Logging;

public sealed class ConsoleLinesTests
{
    [Test]
    public async Task EmitBatch_AgainAfterAFailure_WritesEachEventOnce()
    {
        using var output = new BrokenOnce();
        var lines = new ConsoleLines(output, new CompactJsonFormatter());
        LogEvent[] batch = [new(DateTimeOffset.UtcNow, LogEventLevel.Information, null, new MessageTemplateParser().Parse("Application started"), [])];

        Assert.That(() => lines.EmitBatchAsync(batch), Throws.InstanceOf<IOException>());
        await lines.EmitBatchAsync(batch);

        Assert.That(System.Text.Encoding.UTF8.GetString(output.ToArray()).Split('\n'), Has.Length.EqualTo(2).And.One.Contain("Application started"));
    }

    private sealed class BrokenOnce : MemoryStream
    {
        private bool _isMended;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!_isMended)
            {
                _isMended = true;
                throw new IOException("Nobody reads.");
            }

            base.Write(buffer);
        }
    }
}
