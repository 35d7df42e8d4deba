using System.IO.Pipelines;
using FilmService.Domain.Changes;
using FilmService.Domain.Writing;

namespace FilmService.Api.Changes;

/// <summary>
/// Sends new changes to all open streams. They are read and written out once for all; each stream gets the same bytes. After
/// a round over the streams comes a pause for what it has cost, so that thousands of streams take about a tenth of a processor
/// from the writers, whatever the rate of changes.
/// </summary>
internal sealed class ChangeBroadcast(IChangeFeed feed, StreamLimits limits, ILogger<ChangeBroadcast> logger) : BackgroundService
{
    // A round writes to all streams before, on one core, the first can send: with 1,000 streams that is some 30 MB.
    private const int MaxPage = 200;
    private const double BytesPerSecond = 64e6;

    // About ten times what the operating system needs to send something small on one connection.
    private static readonly TimeSpan PausePerStream = TimeSpan.FromMicroseconds(100);

    // Without streams, each commit of a busy writer would wake the broadcast for nothing.
    private static readonly TimeSpan PauseUnheard = TimeSpan.FromMilliseconds(10);
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    private readonly Lock _gate = new();
    private readonly HashSet<BroadcastStream> _streams = [];
    private readonly TaskCompletionSource _isHeard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _position;

    /// <summary>What streams may cost.</summary>
    public StreamLimits Limits => limits;

    /// <summary>
    /// Sends the changes behind <paramref name="position"/> as they come. Returns the position that was sent when the stream has
    /// to read from the database: it was not here yet, or it was slower than the changes.
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
        // A service whose changes nobody follows need not follow them itself.
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

    /// <summary>True when there is a change; false when it is time for a comment that keeps the connections open.</summary>
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

    /// <summary>One round; gives the pause that it asks for.</summary>
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

    // Streams that have just come are ahead of a broadcast that lags behind the writers; it must not pace its way to them.
    // False when there is no stream.
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
