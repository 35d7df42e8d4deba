using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Sets the writing connection up for a transaction of very many pages: with a larger cache, so that a page of an index goes
/// through the write-ahead log once and not at each visit. At the end the cache is as before, and the log is cut.
/// </summary>
internal sealed class LargeTransaction : IDisposable
{
    // What a million films need.
    private const int LargeKilobytes = 96_000;

    private readonly SqliteConnection _connection;

    public LargeTransaction(SqliteConnection connection)
    {
        _connection = connection;
        _connection.Execute($"PRAGMA cache_size=-{LargeKilobytes}");
    }

    public void Dispose()
    {
        _connection.Execute($"PRAGMA cache_size=-{SqliteDatabase.WriterCacheKilobytes}; PRAGMA shrink_memory");
        CutLog();
    }

    // Without waiting: a reader that is under way, or a full disk, keeps the log as it is. SQLite then cuts it later.
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
            // What was committed is committed.
        }
        finally
        {
            _connection.Execute($"PRAGMA busy_timeout={milliseconds}");
        }
    }
}
