namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Counts failures by key: those of this window and of the one before it. When there are more keys than it holds, the oldest
/// counts are lost: it counts too little then, never too much, so that nobody is locked out for another's failures. Its two tables
/// are made once and have at most 60 bytes for each key of the capacity together.
/// </summary>
/// <param name="limit">The most failures of a key.</param>
/// <param name="window">How long a window lasts.</param>
/// <param name="capacity">The most keys of a window.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class FailureCounter(int limit, TimeSpan window, int capacity, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private Dictionary<ulong, int> _now = new(capacity);
    private Dictionary<ulong, int> _before = new(capacity);
    private long _begun = clock.GetTimestamp();

    /// <summary>Counts one more; answers how long to wait, without counting, when there are too many already.</summary>
    public TimeSpan? Add(ulong key)
    {
        lock (_lock)
        {
            Turn();
            var (count, earlier) = (_now.GetValueOrDefault(key), _before.GetValueOrDefault(key));
            if (count + earlier < limit)
            {
                _now[key] = count + 1;
                return null;
            }

            var left = window - clock.GetElapsedTime(_begun);
            return count < limit ? left : left + window;
        }
    }

    /// <summary>Takes one back that turned out to be none.</summary>
    public void TakeBack(ulong key)
    {
        lock (_lock)
        {
            var counts = _now.ContainsKey(key) ? _now : _before;
            if (counts.Remove(key, out var count) && count > 1)
            {
                counts[key] = count - 1;
            }
        }
    }

    // Windows begin at fixed times, so that nobody is told one time to wait and then another.
    private void Turn()
    {
        var windows = (long)(clock.GetElapsedTime(_begun) / window);
        if (windows == 0 && _now.Count < capacity)
        {
            return;
        }

        (_now, _before) = (_before, _now);
        _now.Clear();
        if (windows > 1)
        {
            _before.Clear();
        }

        _begun = windows == 0 ? clock.GetTimestamp() : _begun + (windows * (long)(window.TotalSeconds * clock.TimestampFrequency));
    }
}
