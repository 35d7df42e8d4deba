using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using FilmService.Api.Errors;
using FilmService.Domain.Changes;

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

    private readonly ConcurrentDictionary<string, int> _places = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Stream> _streams = [];
    private long _position;
    private int _count;

    /// <summary>What streams may cost.</summary>
    public StreamLimits Limits => limits;

    /// <summary>How many streams have a place.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Takes a place for a stream; dispose it to give the place back.</summary>
    /// <exception cref="ProblemException">429: there are as many as the service keeps.</exception>
    public IDisposable Enter(string caller)
    {
        var place = new Place(this, caller);
        if (Interlocked.Increment(ref _count) > limits.MaxStreams | _places.AddOrUpdate(caller, 1, (_, count) => count + 1) > limits.MaxStreamsPerCaller)
        {
            place.Dispose();
            throw new ProblemException(new Problem(
                ProblemTypes.TooManyStreams, $"At most {limits.MaxStreamsPerCaller} streams of one caller, and {limits.MaxStreams} in all, are open at a time.")
            {
                Fields = new Dictionary<string, string> { ["Retry-After"] = "60" },
            });
        }

        return place;
    }

    /// <summary>
    /// Sends the changes behind <paramref name="position"/> as they come. Returns the position that was sent when the stream has
    /// to read from the database: it was not here yet, or it was slower than the changes.
    /// </summary>
    public async Task<long> JoinAsync(PipeWriter to, long position, CancellationToken end)
    {
        var stream = new Stream(to, position);
        lock (_gate)
        {
            if (position < _position)
            {
                return position;
            }

            _streams.Add(stream);
        }

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
        _position = (await feed.GetBoundsAsync(stoppingToken)).Now.Number;
        while (!stoppingToken.IsCancellationRequested)
        {
            var isChanged = await WaitAsync(stoppingToken);
            try
            {
                await Task.Delay(await SendAsync(isChanged, stoppingToken), stoppingToken);
            }
            catch (Domain.Films.CatalogUnavailableException exception)
            {
                logger.LogError(exception, "The changes cannot be read; the streams wait");
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

        var frame = Frame.Of(page.Items);
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

    private TimeSpan ForEach(long bytes, Action<Stream> send)
    {
        Stream[] streams;
        lock (_gate)
        {
            streams = [.. _streams];
        }

        Array.ForEach(streams, send);
        return (PausePerStream * streams.Length) + TimeSpan.FromSeconds(bytes * streams.Length / BytesPerSecond);
    }

    private sealed class Place(ChangeBroadcast owner, string caller) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref owner._count);
            if (owner._places.AddOrUpdate(caller, 0, (_, count) => count - 1) <= 0)
            {
                owner._places.TryRemove(new KeyValuePair<string, int>(caller, 0));
            }
        }
    }

    /// <summary>Some changes, written out, with the place where each begins.</summary>
    private sealed record Frame(ReadOnlyMemory<byte> Bytes, IReadOnlyList<FilmChange> Changes, IReadOnlyList<int> Starts)
    {
        public long Last => Changes[^1].Revision.Number;

        public static Frame Of(IReadOnlyList<FilmChange> changes)
        {
            var bytes = new ArrayBufferWriter<byte>();
            var starts = new List<int>(changes.Count);
            foreach (var change in changes)
            {
                starts.Add(bytes.WrittenCount);
                ChangeLine.WriteEvent(bytes, change);
            }

            return new Frame(bytes.WrittenMemory, changes, starts);
        }

        /// <summary>What a stream at this position has not had yet.</summary>
        public ReadOnlyMemory<byte> Behind(long position)
        {
            var index = 0;
            while (index < Changes.Count && Changes[index].Revision.Number <= position)
            {
                index++;
            }

            return index == Changes.Count ? default : Bytes[Starts[index]..];
        }
    }

    /// <summary>One open stream. Only the broadcast's own loop sends.</summary>
    private sealed class Stream(PipeWriter to, long position)
    {
        private readonly TaskCompletionSource<long> _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _gate = new();
        private Task _lastWrite = Task.CompletedTask;
        private bool _isGone;

        public long Position { get; private set; } = position;

        /// <summary>Ends with the position when the stream has to read from the database.</summary>
        public Task<long> Left => _left.Task;

        public void Send(ReadOnlyMemory<byte> bytes, long position)
        {
            lock (_gate)
            {
                if (!_lastWrite.IsCompletedSuccessfully)
                {
                    // The last bytes are not taken yet: it is too slow, or gone.
                    _left.TrySetResult(Position);
                }
                else if (bytes.Length > 0 && !_isGone && !_left.Task.IsCompleted)
                {
                    _lastWrite = to.WriteAsync(bytes).AsTask();
                    Position = Math.Max(Position, position);
                }
            }
        }

        /// <summary>Nothing is sent from here on, even by a round that has begun; ends with the write that may still be under way.</summary>
        public Task Leave()
        {
            lock (_gate)
            {
                _isGone = true;
                return _lastWrite;
            }
        }
    }
}
