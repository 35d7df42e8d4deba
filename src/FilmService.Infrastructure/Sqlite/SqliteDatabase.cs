using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>One database file: where it is, and how a connection to it is set up.</summary>
internal sealed class SqliteDatabase
{
    // How long a statement waits for a lock that another program, such as a backup, holds on the file, unless Default Timeout says otherwise.
    private const int BusySeconds = 5;

    // A large transaction leaves a large write-ahead log; SQLite cuts it to so many bytes when it begins it anew.
    private const int MaxIdleLog = 64 << 20;

    /// <summary>
    /// The writer's page cache. A projection changes a few thousand pages; those that have no room in SQLite's default of 2 MB go to the
    /// log, and again when they change again.
    /// </summary>
    public const int WriterCacheKilobytes = 16_000;

    private readonly string _connectionString;
    private readonly long _busyMilliseconds;

    /// <param name="connectionString">As in <c>ConnectionStrings:Films</c>.</param>
    /// <param name="baseFolder">Where a relative path begins.</param>
    /// <exception cref="InvalidConfigurationException">The connection string names no file.</exception>
    public SqliteDatabase(string connectionString, string baseFolder)
    {
        var builder = Parse(connectionString);
        if (Keywords(builder).Except(["Data Source", "Default Timeout"]).FirstOrDefault() is { } keyword)
        {
            throw Refused(connectionString, $"it sets '{keyword}', which is not allowed");
        }

        if (builder.DataSource is "" or ":memory:" || builder.DataSource.StartsWith("file:", StringComparison.Ordinal))
        {
            throw Refused(connectionString, "it names no file");
        }

        Path = FollowLinks(connectionString, System.IO.Path.GetFullPath(builder.DataSource, baseFolder));
        builder.DataSource = Path;
        builder.Pooling = false;
        builder.Mode = SqliteOpenMode.ReadWriteCreate;
        builder.DefaultTimeout = builder.ShouldSerialize("Default Timeout") ? builder.DefaultTimeout : BusySeconds;

        // Of a command, 0 seconds are for ever; of SQLite itself, not at all.
        _busyMilliseconds = builder.DefaultTimeout == 0 ? int.MaxValue : Math.Min(builder.DefaultTimeout * 1000L, int.MaxValue);
        _connectionString = builder.ToString();
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>
    /// Opens the one connection that writes. Each commit is on the disk when it returns (synchronous=FULL). It never checkpoints the
    /// log by itself: <see cref="LogCheckpoint"/>.
    /// </summary>
    public SqliteConnection OpenWriter() => Open($"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit={MaxIdleLog}; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-{WriterCacheKilobytes};");

    /// <summary>Opens one of the many connections that read; it cannot write.</summary>
    public SqliteConnection OpenReader() => Open("PRAGMA query_only=1;");

    private SqliteConnection Open(string pragmas)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout={_busyMilliseconds}; {pragmas}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite follows a link too: by whichever name, it is one file with one lock.
    private static string FollowLinks(string connectionString, string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }
        catch (IOException)
        {
            throw Refused(connectionString, "it is a broken symbolic link");
        }
    }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw Refused(connectionString, "it is not a SQLite connection string");
        }
    }

    private static IEnumerable<string> Keywords(SqliteConnectionStringBuilder builder) =>
        builder.Keys.Cast<string>().Where(builder.ShouldSerialize);

    private static InvalidConfigurationException Refused(string connectionString, string reason) => new(
        $"ConnectionStrings:Films is '{Shown(connectionString)}': {reason}. Allowed: a file, such as 'Data Source=data/films.db', and 'Default Timeout' in seconds.");

    // Meant for another database, it may hold a password.
    private static string Shown(string connectionString) =>
        connectionString.Contains("pass", StringComparison.OrdinalIgnoreCase) || connectionString.Contains("pwd", StringComparison.OrdinalIgnoreCase)
            ? "(not shown)"
            : connectionString;
}
