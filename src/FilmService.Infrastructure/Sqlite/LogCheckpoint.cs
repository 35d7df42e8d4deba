using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Copies the write-ahead log to the database file, between transactions. SQLite would do it inside COMMIT: the changes would be
/// visible to readers, and durable, while their writers would have to wait until the complete log has been copied.
/// </summary>
internal static class LogCheckpoint
{
    /// <summary>
    /// Does not wait for readers. If it fails, for example on a full disk, the log stays as it is and the next run tries again.
    /// </summary>
    public static void Run(SqliteConnection connection)
    {
        try
        {
            connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException)
        {
        }
    }
}
