using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Moves what the write-ahead log holds to the database file, between transactions. SQLite would do it inside a COMMIT: the changes
/// would be visible to readers, and durable, and their writers would wait for their answers until all of the log is moved.
/// </summary>
internal static class LogCheckpoint
{
    /// <summary>Waits for no reader. A failure, such as a full disk, leaves the log as it is; the next run tries again.</summary>
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
