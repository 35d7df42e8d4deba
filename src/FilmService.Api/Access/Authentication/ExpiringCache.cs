using System.Collections.Concurrent;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Caches values for a limited time in bounded memory. There are two generations; the older one is dropped when the younger is
/// full or has reached its age. A lost value only costs time.
/// </summary>
/// <param name="capacity">The maximum number of values per generation.</param>
/// <param name="age">A value is kept for at least this long, unless the cache is full, and for at most twice as long.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExpiringCache<T>(int capacity, TimeSpan age, TimeProvider clock)
    where T : class
{
    private readonly Lock _turning = new();
    private ConcurrentDictionary<UInt128, T> _young = new();
    private ConcurrentDictionary<UInt128, T> _old = new();
    private int _count;
    private long _turned = clock.GetTimestamp();

    public T? Find(UInt128 key) => _young.TryGetValue(key, out var value) || _old.TryGetValue(key, out value) ? value : null;

    public void Keep(UInt128 key, T value)
    {
        if (Volatile.Read(ref _count) >= capacity || clock.GetElapsedTime(Volatile.Read(ref _turned)) >= age)
        {
            Turn();
        }

        if (_young.TryAdd(key, value))
        {
            Interlocked.Increment(ref _count);
        }
        else
        {
            _young[key] = value;
        }
    }

    private void Turn()
    {
        lock (_turning)
        {
            if (_count < capacity && clock.GetElapsedTime(_turned) < age)
            {
                return;
            }

            _old = _young;
            _young = new();
            _count = 0;
            _turned = clock.GetTimestamp();
        }
    }
}
