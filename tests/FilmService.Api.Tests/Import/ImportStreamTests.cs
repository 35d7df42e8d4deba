using FilmService.Api.Import;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Tests.Import;

public sealed class ImportStreamTests
{
    [Test]
    public async Task Read_BodyThatIsAlwaysThere_LetsOthersRunInBetween()
    {
        var others = new CountingContext();
        SynchronizationContext.SetSynchronizationContext(others);
        await using var stream = new ImportStream(new BusyStream(TimeSpan.FromMilliseconds(20)), 1_000_000, "The body", hash: null);

        await stream.ReadExactlyAsync(new byte[3]);

        Assert.That(others.Posted, Is.GreaterThanOrEqualTo(2), "Before the second byte, and before the third.");
    }

    [TearDown]
    public void ForgetContext() => SynchronizationContext.SetSynchronizationContext(null);

    /// <summary>Counts what was put off for others, and runs it.</summary>
    private sealed class CountingContext : SynchronizationContext
    {
        public int Posted { get; private set; }

        public override void Post(SendOrPostCallback d, object? state)
        {
            Posted++;
            ThreadPool.QueueUserWorkItem(_ =>
            {
                SetSynchronizationContext(this);
                d(state);
            });
        }
    }

    /// <summary>Gives a byte at a time, and never waits, but takes its time.</summary>
    private sealed class BusyStream(TimeSpan work) : ReadingStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Thread.Sleep(work);
            return ValueTask.FromResult(1);
        }
    }
}
