using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Checking;

/// <summary>A database file that is read but not changed.</summary>
internal sealed class CheckedFile : IDisposable
{
    private const int NoCheckpointOnClose = 1006; // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE

    private CheckedFile(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    /// <summary>Opens the file as it is now: what is written to it later is not seen.</summary>
    public static CheckedFile Open(string path)
    {
        var file = new CheckedFile(Connect(path));
        try
        {
            file.Connection.Execute("BEGIN");
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public long Count(string sql) => Rows(sql, row => row.GetInt64(0)).Single();

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var command = Connection.Prepare(sql);
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }

    public void Dispose() => Connection.Dispose();

    // A file without a log is read as it is: that works in a read-only folder, and makes no files beside it.
    private static SqliteConnection Connect(string path)
    {
        var full = Path.GetFullPath(path);
        EnsureReadable(full);
        var hasLog = new FileInfo(full + "-wal") is { Exists: true, Length: > 0 };
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = hasLog ? full : $"file:{Uri.EscapeDataString(full).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1",
            Mode = hasLog ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();

            // Otherwise closing it would move the log into the file.
            SQLitePCL.raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, 1, out _);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite gives no reason.
    private static void EnsureReadable(string path)
    {
        try
        {
            File.OpenRead(path).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var reason = Directory.Exists(path) ? "it is a folder." : exception is UnauthorizedAccessException ? "this user may not read it." : DiskFailure.Describe(exception);
            throw new InvalidConfigurationException($"'{path}' cannot be read: {reason}");
        }
    }
}
