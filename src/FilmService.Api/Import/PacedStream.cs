using FilmService.Api.Http.Problems;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Import;

/// <summary>
/// Gives up on an upload that is too slow, so that it cannot hold an import's slot for hours. Only time spent waiting for the
/// client counts, however busy the service is.
/// </summary>
internal sealed class PacedStream : ReadingStream
{
    /// <summary>The slowest upload that is accepted: a tenth of what a phone has at the edge of a 2G network.</summary>
    public const int MinBytesPerSecond = 1_000;

    /// <summary>The time in which it may fall behind, such as in a tunnel.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    private static readonly long BytesPerPeriod = (long)(MinBytesPerSecond * Period.TotalSeconds);

    private readonly Stream _inner;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _aborted;
    private readonly CancellationTokenSource _end;
    private readonly ITimer _timer;
    private TimeSpan _waited;
    private long _received;

    /// <param name="inner">The body as it arrives.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="aborted">Cancelled when the client disconnects.</param>
    public PacedStream(Stream inner, TimeProvider clock, CancellationToken aborted)
    {
        (_inner, _clock, _aborted) = (inner, clock, aborted);
        _end = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        _timer = clock.CreateTimer(_ => _end.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <exception cref="ProblemException">400: the upload is too slow.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = _inner.ReadAsync(buffer, _end.Token);
        var read = reading.IsCompletedSuccessfully ? reading.Result : await WaitAsync(reading);
        _received += read;
        if (_received >= BytesPerPeriod)
        {
            (_received, _waited) = (0, TimeSpan.Zero);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _timer.Dispose();
        _end.Dispose();
        _inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> WaitAsync(ValueTask<int> reading)
    {
        var begun = _clock.GetTimestamp();
        _timer.Change(_waited < Period ? Period - _waited : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        try
        {
            return await reading;
        }
        catch (OperationCanceledException) when (!_aborted.IsCancellationRequested)
        {
            throw TooSlow();
        }
        finally
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _waited += _clock.GetElapsedTime(begun);
        }
    }

    private static ProblemException TooSlow() => new(new Problem(
        ProblemTypes.Malformed,
        $"The upload is too slow: less than {MinBytesPerSecond} bytes per second arrived for {Period.TotalSeconds} seconds. Nothing was stored. Compress the file with gzip, or split it."));
}
