using FilmService.Infrastructure.Sqlite.Projection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>The one writing connection, with prepared statements. Not thread-safe.</summary>
internal sealed class WriterTables(SqliteConnection connection, string epoch, DiskSpace space, ILogger logger) : IDisposable
{
    public SqliteConnection Connection => connection;

    public DiskSpace Space => space;

    public LogCheckpoint Log { get; } = new(connection, logger);

    public HeadTable Head { get; } = new(connection);

    public ChangeTable Changes { get; } = new(connection, epoch);

    public IdempotencyTable Idempotency { get; } = new(connection, epoch);

    public FilmProjection Films { get; } = new(connection, epoch);

    public void Dispose()
    {
        Log.Dispose();
        Head.Dispose();
        Changes.Dispose();
        Idempotency.Dispose();
        Films.Dispose();
        connection.Dispose();
    }
}
