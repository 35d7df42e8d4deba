using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>A database file: its path, and how connections to it are configured.</summary>
internal sealed class SqliteDatabase
{
    // How long a statement waits for a lock that another program, such as a backup, holds on the file, unless Default Timeout is
    // set.
    private const int BusySeconds = 5;

    /// <summary>
    /// The writer's page cache. A projection changes a few thousand pages; those that do not fit in SQLite's default of 2 MB are
    /// written to the log, and again whenever they change again.
    /// </summary>
    public const int WriterCacheKilobytes = 16_000;

    private readonly string _connectionString;
    private readonly long _busyMilliseconds;

    /// <param name="connectionString">As in <c>ConnectionStrings:Films</c>.</param>
    /// <param name="baseFolder">The folder that a relative path starts from.</param>
    /// <exception cref="InvalidConfigurationException">The connection string contains no file.</exception>
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

        // In a command, 0 seconds means forever; in SQLite itself, it means not at all.
        _busyMilliseconds = builder.DefaultTimeout == 0 ? int.MaxValue : Math.Min(builder.DefaultTimeout * 1000L, int.MaxValue);
        _connectionString = builder.ToString();
    }

    public static SqliteDatabase Of(DatabaseOptions options, QueryOptions? queries = null) => new(options.ConnectionString, options.BaseFolder)
    {
        CopyBeforeMigration = options.CopyBeforeMigration,
        MaxSortedBytes = queries?.MaxSortedBytes ?? long.MaxValue,
    };

    public string Path { get; }

    /// <summary>How many bytes a query may sort.</summary>
    public long MaxSortedBytes { get; init; } = long.MaxValue;

    /// <summary>False if the file is migrated without a copy of it.</summary>
    public bool CopyBeforeMigration { get; init; } = true;

    /// <summary>
    /// Opens the one writing connection. Each commit is on disk when it returns (synchronous=FULL). Automatic checkpoints are
    /// off: see <see cref="LogCheckpoint"/>. The file of a log that was large is truncated when the log is reset.
    /// </summary>
    public SqliteConnection OpenWriter() => Open($"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit={LogCheckpoint.MaxBytes}; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-{WriterCacheKilobytes};");

    /// <summary>Opens one of the reading connections, which cannot write.</summary>
    public SqliteConnection OpenReader() => Open("PRAGMA query_only=1;");

    /// <summary>Opens a connection that writes only to other files.</summary>
    public SqliteConnection OpenCopier() => Open("");

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

    // SQLite follows symbolic links too, so the file has one lock under all its names.
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

    // A connection string for another kind of database may contain a password.
    private static string Shown(string connectionString) =>
        connectionString.Contains("pass", StringComparison.OrdinalIgnoreCase) || connectionString.Contains("pwd", StringComparison.OrdinalIgnoreCase)
            ? "(not shown)"
            : connectionString;
}
