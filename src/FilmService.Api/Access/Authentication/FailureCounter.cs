namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Counts failures by key, in the current window and the one before it. If there are more keys than it can hold, the oldest
/// counts are lost: it then counts too few, never too many, so that nobody is locked out for somebody else's failures. Its two
/// tables are allocated once and take at most 60 bytes per key of the capacity together.
/// </summary>
/// <param name="limit">Maximum number of failures per key.</param>
/// <param name="window">Length of a window.</param>
/// <param name="capacity">Maximum number of keys per window.</param>
/// <param name="clock">The clock.</param>
internal sealed class FailureCounter(int limit, TimeSpan window, int capacity, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private Dictionary<ulong, int> _now = new(capacity);
    private Dictionary<ulong, int> _before = new(capacity);
    private long _begun = clock.GetTimestamp();

    /// <summary>Counts a failure. If the limit has been reached, counts nothing and returns how long to wait.</summary>
    public TimeSpan? Add(ulong key)
    {
        lock (_lock)
        {
            Turn();
            var wait = WaitOf(key);
            if (wait is null)
            {
                _now[key] = _now.GetValueOrDefault(key) + 1;
            }

            return wait;
        }
    }

    /// <summary>How long to wait if the limit has been reached; else null. Counts nothing.</summary>
    public TimeSpan? Peek(ulong key)
    {
        lock (_lock)
        {
            Turn();
            return WaitOf(key);
        }
    }

    /// <summary>Subtracts a failure that turned out not to be one.</summary>
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

    private TimeSpan? WaitOf(ulong key)
    {
        var count = _now.GetValueOrDefault(key);
        var left = window - clock.GetElapsedTime(_begun);
        return count + _before.GetValueOrDefault(key) < limit ? null : count < limit ? left : left + window;
    }

    // Windows begin at fixed times, so that successive Retry-After values agree.
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
