using System.IO.Pipelines;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Import;

public sealed class PacedStreamTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Pipe _upload = new();
    private readonly PacedStream _body;

    public PacedStreamTests() => _body = new PacedStream(_upload.Reader.AsStream(), _clock, CancellationToken.None);

    [TestCase(1)]
    [TestCase(400)]
    [TestCase(999)]
    public async Task Read_SlowerThanTheFloor_EndsAfterThePeriod(int bytesPerSecond)
    {
        for (var second = 0; second < PacedStream.Period.TotalSeconds - 1; second++)
        {
            await ReceiveAsync(TimeSpan.FromSeconds(1), bytesPerSecond);
        }

        var last = _body.ReadAsync(new byte[1]);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(
            async () => await last,
            Throws.TypeOf<ProblemException>().With.Message.EqualTo(
                "The upload is too slow: less than 1000 bytes per second arrived for 30 seconds. Nothing was stored. Compress the file with gzip, or split it."));
    }

    /// <summary>What was fast once can stall later.</summary>
    [Test]
    public async Task Read_AfterAFastBeginning_EndsAPeriodAfterTheLastByte()
    {
        await ReceiveAsync(TimeSpan.Zero, 60_000);

        var next = _body.ReadAsync(new byte[1]);
        _clock.Advance(PacedStream.Period - TimeSpan.FromMilliseconds(1));
        Assert.That(next.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(async () => await next, Throws.TypeOf<ProblemException>());
    }

    [TestCase(1_100, 1)]
    [TestCase(30_000, 29)]
    public async Task Read_FasterThanTheFloor_GoesOn(int bytes, int seconds)
    {
        for (var time = 0; time < 100; time++)
        {
            await ReceiveAsync(TimeSpan.FromSeconds(seconds), bytes);
        }
    }

    /// <summary>A busy service is not the client's fault.</summary>
    [Test]
    public async Task Read_AfterTheServiceWasBusy_GoesOn()
    {
        for (var time = 0; time < 10; time++)
        {
            await ReceiveAsync(TimeSpan.FromSeconds(1), 1);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        await _upload.Writer.CompleteAsync();
        Assert.That(await _body.ReadAsync(new byte[1]), Is.Zero);
    }

    [Test]
    public void Read_AfterTheClientHasLeft_IsCancelled()
    {
        using var aborted = new CancellationTokenSource();
        using var body = new PacedStream(_upload.Reader.AsStream(leaveOpen: true), _clock, aborted.Token);
        var reading = body.ReadAsync(new byte[1]);

        aborted.Cancel();

        Assert.That(async () => await reading, Throws.InstanceOf<OperationCanceledException>());
    }

    public void Dispose() => _body.Dispose();

    /// <summary>Waits that long for the client, then receives so many bytes.</summary>
    private async Task ReceiveAsync(TimeSpan wait, int bytes)
    {
        var buffer = new byte[bytes];
        var reading = _body.ReadAsync(buffer.AsMemory());
        _clock.Advance(wait);
        await _upload.Writer.WriteAsync(new byte[bytes]);
        for (var read = await reading; read < bytes;)
        {
            read += await _body.ReadAsync(buffer.AsMemory(read));
        }
    }
}
