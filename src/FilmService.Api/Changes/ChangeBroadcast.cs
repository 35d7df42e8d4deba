using System.IO.Pipelines;
using FilmService.Domain.Changes;
using FilmService.Domain.Writing;

namespace FilmService.Api.Changes;

/// <summary>
/// Sends new changes to all open streams. Each batch is read and serialised once, and every stream gets the same bytes. After each
/// round over the streams it pauses in proportion to the cost of the round, so that thousands of streams take about a tenth of a
/// processor from the writers, whatever the rate of changes.
/// </summary>
internal sealed class ChangeBroadcast(IChangeFeed feed, StreamLimits limits, ILogger<ChangeBroadcast> logger) : BackgroundService
{
    // On a single core, a round writes to all streams before the first one can send: with 1,000 streams that is about 30 MB.
    private const int MaxPage = 200;
    private const double BytesPerSecond = 64e6;

    // About ten times what the operating system needs to send a small packet on one connection.
    private static readonly TimeSpan PausePerStream = TimeSpan.FromMicroseconds(100);

    // Without streams, every commit of a busy writer would wake the broadcast needlessly.
    private static readonly TimeSpan PauseUnheard = TimeSpan.FromMilliseconds(10);
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    private readonly Lock _gate = new();
    private readonly HashSet<BroadcastStream> _streams = [];
    private readonly TaskCompletionSource _isHeard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;

    public StreamLimits Limits => limits;

    /// <summary>
    /// Sends the changes after <paramref name="position"/> as they happen. Returns the last position sent once the stream has to
    /// read from the database: the broadcast did not have the position yet, or the client was too slow.
    /// </summary>
    public async Task<long> JoinAsync(PipeWriter to, long position, CancellationToken end)
    {
        var stream = new BroadcastStream(to, position);
        lock (_gate)
        {
            if (position < _position)
            {
                return position;
            }

            _streams.Add(stream);
        }

        _isHeard.TrySetResult();

        try
        {
            return await stream.Left.WaitAsync(end);
        }
        finally
        {
            lock (_gate)
            {
                _streams.Remove(stream);
            }

            await stream.Leave().WaitAsync(limits.MaxStall, end);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Until the first stream opens there is no need to follow the changes.
        await _isHeard.Task.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var isChanged = await WaitAsync(stoppingToken);
            try
            {
                await Task.Delay(await SendAsync(isChanged, stoppingToken), stoppingToken);
            }
            catch (CatalogUnavailableException exception)
            {
                logger.LogError(exception, "Cannot read the changes; event streams are waiting");
                await Task.Delay(limits.KeepAlive, stoppingToken);
            }
        }
    }

    /// <summary>True if there is a change; false if it is time for a keep-alive comment.</summary>
    private async Task<bool> WaitAsync(CancellationToken stoppingToken)
    {
        using var keepAlive = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        keepAlive.CancelAfter(limits.KeepAlive);
        try
        {
            await feed.WaitAsync(_position, keepAlive.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>One round; returns the pause to make after it.</summary>
    private async Task<TimeSpan> SendAsync(bool isChanged, CancellationToken stoppingToken)
    {
        if (!isChanged)
        {
            return ForEach(Comment.Length, stream => stream.Send(Comment, stream.Position));
        }

        if (!SkipWhatAllHave((await feed.GetBoundsAsync(stoppingToken)).Now.Number))
        {
            return PauseUnheard;
        }

        var page = await feed.ReadAsync(_position, MaxPage, stoppingToken);
        if (page.Items.Count == 0)
        {
            return TimeSpan.Zero;
        }

        var frame = ChangeFrame.Of(page.Items);
        lock (_gate)
        {
            _position = frame.Last;
        }

        return ForEach(frame.Bytes.Length, stream => stream.Send(frame.Behind(stream.Position), frame.Last));
    }

    // New streams may be ahead of a broadcast that lags behind the writers; it skips what all of them have instead of pacing
    // through it. False if there are no streams.
    private bool SkipWhatAllHave(long now)
    {
        lock (_gate)
        {
            _position = Math.Max(_position, _streams.Count == 0 ? now : _streams.Min(stream => stream.Position));
            return _streams.Count > 0;
        }
    }

    private TimeSpan ForEach(long bytes, Action<BroadcastStream> send)
    {
        BroadcastStream[] streams;
        lock (_gate)
        {
            streams = [.. _streams];
        }

        Array.ForEach(streams, send);
        return (PausePerStream * streams.Length) + TimeSpan.FromSeconds(bytes * streams.Length / BytesPerSecond);
    }
}
