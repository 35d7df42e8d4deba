namespace FilmService.Infrastructure.Sqlite;

/// <summary>The snapshots of lists that are still being read. While one is open, the write-ahead log cannot be reset.</summary>
internal sealed class HeldSnapshots
{
    // A list that does not release its snapshot in this time is large and is being spooled, which may take seconds.
    private const int PromptMilliseconds = 30;

    private readonly Lock _lock = new();
    private readonly List<Snapshot> _oldestFirst = [];

    /// <summary>Adds the newest.</summary>
    public Snapshot Add()
    {
        var held = new Snapshot(new CancellationTokenSource());
        lock (_lock)
        {
            _oldestFirst.Add(held);
        }

        return held;
    }

    public void Remove(Snapshot held)
    {
        lock (_lock)
        {
            _oldestFirst.Remove(held);
        }
    }

    /// <summary>
    /// Asks for the release of the oldest that has not been asked. False if none is likely to be released soon.
    /// </summary>
    public bool RequestOldest()
    {
        lock (_lock)
        {
            _oldestFirst.Find(held => !held.IsAsked)?.Ask();
            return _oldestFirst.Exists(held => held.MillisecondsSinceAsked < PromptMilliseconds);
        }
    }

    internal sealed class Snapshot(CancellationTokenSource release)
    {
        private long _askedAt;

        /// <summary>Cancelled when the snapshot has to be released.</summary>
        public CancellationToken ReleaseRequested => release.Token;

        public bool IsAsked => release.IsCancellationRequested;

        /// <summary>Little if it has not been asked.</summary>
        public long MillisecondsSinceAsked => IsAsked ? Environment.TickCount64 - _askedAt : 0;

        public void Ask()
        {
            _askedAt = Environment.TickCount64;

            // Cancel() would spool the list on this thread, which is the writer's.
            _ = release.CancelAsync();
        }
    }
}
