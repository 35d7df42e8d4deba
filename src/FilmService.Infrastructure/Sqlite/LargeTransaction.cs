using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Prepares the writing connection for a transaction that changes very many pages: with a larger cache, a page of an index is
/// written to the write-ahead log once and not on each visit. Afterwards the cache is restored, and the log truncated.
/// </summary>
internal sealed class LargeTransaction : IDisposable
{
    /// <summary>As much as the indexes of a million films need, in which each film changes other pages.</summary>
    private const int LargeKilobytes = 96_000;

    private readonly SqliteConnection _connection;

    public LargeTransaction(SqliteConnection connection, int kilobytes = LargeKilobytes)
    {
        _connection = connection;
        _connection.Execute($"PRAGMA cache_size=-{kilobytes}");
    }

    public void Dispose()
    {
        _connection.Execute($"PRAGMA cache_size=-{SqliteDatabase.WriterCacheKilobytes}; PRAGMA shrink_memory");
        CutLog();
    }

    // Does not wait: an active reader, or a full disk, leaves the log as it is. SQLite truncates it later.
    private void CutLog()
    {
        using var patience = _connection.Prepare("PRAGMA busy_timeout");
        var milliseconds = patience.ExecuteScalar();
        try
        {
            _connection.Execute("PRAGMA busy_timeout=0; PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // The transaction has been committed in any case.
        }
        finally
        {
            _connection.Execute($"PRAGMA busy_timeout={milliseconds}");
        }
    }
}
