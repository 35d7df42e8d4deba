using System.Diagnostics.CodeAnalysis;

namespace FilmService.Infrastructure.Writing;

/// <summary>
/// What waits for the one thread that takes it, in order. The thread says how many it wants to find together, and is woken once,
/// when so many are there or a while has passed: waking it for each would cost more than what it then does.
/// </summary>
internal sealed class BatchQueue<T>(int capacity)
{
    private readonly object _gate = new();
    private readonly Queue<T> _items = new();
    private int _wanted;
    private bool _isClosed;

    /// <summary>Joins the line; false when it is full or closed.</summary>
    public bool TryAdd(T item)
    {
        lock (_gate)
        {
            if (_isClosed || _items.Count == capacity)
            {
                return false;
            }

            _items.Enqueue(item);
            if (_items.Count == _wanted)
            {
                Monitor.Pulse(_gate);
            }

            return true;
        }
    }

    /// <summary>Takes the first; false when nothing waits.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        lock (_gate)
        {
            return _items.TryDequeue(out item);
        }
    }

    /// <summary>Waits until so many are there, the line is closed, or the time is over; true when any is there.</summary>
    public bool WaitFor(int wanted, int milliseconds)
    {
        lock (_gate)
        {
            _wanted = wanted;
            if (_items.Count < wanted && !_isClosed)
            {
                Monitor.Wait(_gate, milliseconds);
            }

            _wanted = 0;
            return _items.Count > 0;
        }
    }

    /// <summary>True when nobody waits and nobody can join.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _isClosed && _items.Count == 0;
            }
        }
    }

    /// <summary>Those who wait now.</summary>
    public T[] ToArray()
    {
        lock (_gate)
        {
            return [.. _items];
        }
    }

    /// <summary>Lets nobody join any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }
    }
}
