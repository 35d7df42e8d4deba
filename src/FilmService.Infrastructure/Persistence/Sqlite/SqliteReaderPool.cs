using System.Collections.Concurrent;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>Open readers, kept for the next request: opening one and preparing its statements costs many reads.</summary>
internal sealed class SqliteReaderPool(SqliteFile file, string epoch) : IDisposable
{
    private const int MaxIdle = 16;

    private readonly ConcurrentBag<SqliteReader> _idle = [];

    /// <summary>Takes a reader out of the pool, or opens one.</summary>
    public SqliteReader Rent() => _idle.TryTake(out var reader) ? reader : new SqliteReader(file, epoch);

    /// <summary>Takes back a reader that is as good as new.</summary>
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
    }

    /// <summary>Reads with a reader of the pool; one that failed does not come back to it.</summary>
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
            reader.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
