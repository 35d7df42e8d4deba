using System.Diagnostics.CodeAnalysis;

namespace FilmService.Infrastructure.Writing;

/// <summary>
/// A queue for the one thread that empties it, in order. The thread says how many items it wants to find together, and is woken
/// once, when they are there or after a while: waking it for each would cost more than the work it then does.
/// </summary>
internal sealed class BatchQueue<T>(int capacity)
{
    private readonly object _gate = new();
    private readonly Queue<T> _items = new();
    private int _wanted;
    private bool _isClosed;

    /// <summary>The number of items that are queued now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _items.Count;
            }
        }
    }

    /// <summary>Adds to the queue; false if it is full or closed.</summary>
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

    /// <summary>Takes the first item; false if the queue is empty.</summary>
    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        lock (_gate)
        {
            return _items.TryDequeue(out item);
        }
    }

    /// <summary>Waits until there are this many items, the queue is closed, or the time is over; true if there is any.</summary>
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

    /// <summary>True if the queue is closed and empty.</summary>
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

    /// <summary>The items that are queued now.</summary>
    public T[] ToArray()
    {
        lock (_gate)
        {
            return [.. _items];
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }
    }
}
