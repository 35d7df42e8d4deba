using System.Collections.Concurrent;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Writing;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Open readers, kept for the next request: opening one and preparing its statements costs as much as many reads.
/// </summary>
internal sealed class ReaderPool(SqliteDatabase file, ChangeSignal published, string epoch, HeldSnapshots held) : IDisposable
{
    private const int MaxIdle = 16;

    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<SqliteReader> _idle = [];
    private int _rented;
    private volatile bool _isClosed;

    /// <summary>The snapshots of lists that are still being read.</summary>
    public HeldSnapshots Held => held;

    /// <inheritdoc cref="SqliteDatabase.MaxSortedBytes"/>
    public long MaxSortedBytes => file.MaxSortedBytes;

    /// <summary>Takes a reader from the pool, or opens one.</summary>
    /// <exception cref="CatalogUnavailableException">The service is stopping.</exception>
    public SqliteReader Rent()
    {
        Interlocked.Increment(ref _rented);
        try
        {
            return _isClosed ? throw new CatalogUnavailableException("The service is stopping.", null)
                : _idle.TryTake(out var reader) ? reader : new SqliteReader(file, published, epoch);
        }
        catch
        {
            Interlocked.Decrement(ref _rented);
            throw;
        }
    }

    /// <summary>Returns an intact reader to the pool.</summary>
    public void Return(SqliteReader reader)
    {
        if (_idle.Count < MaxIdle)
        {
            _idle.Add(reader);
        }
        else
        {
            reader.Dispose();
        }

        Interlocked.Decrement(ref _rented);
    }

    /// <summary>Closes a reader after an error.</summary>
    public void Discard(SqliteReader reader)
    {
        reader.Dispose();
        Interlocked.Decrement(ref _rented);
    }

    /// <summary>Reads with a reader from the pool; after an error it is not returned.</summary>
    public T Read<T>(Func<SqliteReader, T> read)
    {
        var reader = Rent();
        try
        {
            var result = read(reader);
            Return(reader);
            return result;
        }
        catch
        {
            Discard(reader);
            throw;
        }
    }

    /// <summary>Waits for active readers, so that nobody opens the file again once it is released.</summary>
    public void Dispose()
    {
        _isClosed = true;
        SpinWait.SpinUntil(() => Volatile.Read(ref _rented) == 0, LongestRead);
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
