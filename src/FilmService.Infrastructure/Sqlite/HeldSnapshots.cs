namespace FilmService.Infrastructure.Sqlite;

/// <summary>The snapshots of lists that are still being read. While one is open, the write-ahead log cannot be reset.</summary>
internal sealed class HeldSnapshots
{
    private readonly Lock _lock = new();
    private readonly List<CancellationTokenSource> _oldestFirst = [];

    /// <summary>Adds the newest; it is cancelled when the snapshot has to be released.</summary>
    public CancellationTokenSource Add()
    {
        var release = new CancellationTokenSource();
        lock (_lock)
        {
            _oldestFirst.Add(release);
        }

        return release;
    }

    public void Remove(CancellationTokenSource release)
    {
        lock (_lock)
        {
            _oldestFirst.Remove(release);
        }
    }

    /// <summary>Asks for the release of the oldest that has not been asked, and does not wait for it. False if none is open.</summary>
    public bool RequestOldest()
    {
        lock (_lock)
        {
            // Cancel() would spool the list on this thread, which is the writer's.
            _ = _oldestFirst.Find(release => !release.IsCancellationRequested)?.CancelAsync();
            return _oldestFirst.Count > 0;
        }
    }
}
