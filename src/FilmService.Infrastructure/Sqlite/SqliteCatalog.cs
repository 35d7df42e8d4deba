using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Caching;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Sqlite.Projection;
using FilmService.Infrastructure.Sqlite.Search;
using FilmService.Infrastructure.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>An open catalogue file: its writing connection, its readers, and the state as of the last commit.</summary>
internal sealed class SqliteCatalog : ICatalogDatabase, IDisposable
{
    private readonly WriterTables _tables;

    private SqliteCatalog(SqliteDatabase file, WriterTables tables, bool isNew)
    {
        var head = HeadTable.Read(tables.Connection);
        Opened = new OpenedDatabase(file.Path, isNew);
        _tables = tables;
        Films = new FilmCache(head);
        Changed = new ChangeSignal(head.Revision.Number);
        Readers = new ReaderPool(file, Changed, head.Revision.Epoch, tables.Log.Held);
        Projection = new ProjectionRun(tables, Films);
    }

    public OpenedDatabase Opened { get; }

    public FilmCache Films { get; }

    public ChangeSignal Changed { get; }

    public ReaderPool Readers { get; }

    public ProjectionRun Projection { get; }

    /// <summary>
    /// Opens a migrated file. A new one gets a head and the films of <paramref name="seed"/>, in one transaction.
    /// </summary>
    public static SqliteCatalog Open(SqliteDatabase file, IReadOnlyList<FilmWrite> seed, TimeProvider clock, ILogger logger)
    {
        var connection = file.OpenWriter();
        new Reindexing(connection, logger).Run();
        var isNew = !HeadTable.Exists(connection);
        if (isNew)
        {
            connection.Execute("BEGIN IMMEDIATE");
            HeadTable.Create(connection);
        }

        var tables = new WriterTables(connection, HeadTable.Read(connection).Revision.Epoch);
        if (isNew)
        {
            var transaction = new SqliteTransaction(tables, new FilmCache(HeadTable.Read(connection)), new ChangeSignal(0), import: null);
            transaction.WriteAsync(seed, clock.GetUtcNow()).AsTask().GetAwaiter().GetResult();
        }

        new ProjectionRun(tables, new FilmCache(HeadTable.Read(connection))).Recover();
        return new SqliteCatalog(file, tables, isNew);
    }

    public ValueTask<ICatalogTransaction> BeginAsync() => new(SqliteFailure.Translate<ICatalogTransaction>(() => Begin(import: null)));

    public ValueTask<ICatalogTransaction> BeginImportAsync(FilmImport import) => new(SqliteFailure.Translate<ICatalogTransaction>(() =>
    {
        // The import projects its own changes after all others, so lists need not wait for the writer meanwhile.
        Projection.CatchUp();
        return Begin(new LargeTransaction(_tables.Connection));
    }));

    public ValueTask<ICatalogPreview> BeginPreviewAsync(CancellationToken cancellationToken) =>
        new(SqliteFailure.Translate<ICatalogPreview>(() => new SqlitePreview(ReadSnapshot.Open(Readers))));

    /// <summary>Runs work other than writing films in its own transaction. It gets no revision.</summary>
    public T Run<T>(Func<SqliteConnection, T> work) => SqliteFailure.Translate(() =>
    {
        var result = _tables.Connection.InTransaction(() => work(_tables.Connection));
        _tables.Log.Run();
        return result;
    });

    /// <summary>
    /// Removes some changes that were superseded before a time; true if there may be more of them. Every film remains available
    /// at any revision since then. Changes that a kept idempotency record may replay stay.
    /// </summary>
    public bool RemoveSuperseded(DateTimeOffset before) => SqliteFailure.Translate(() =>
    {
        Projection.CatchUp();
        var (removed, through) = _tables.Connection.InTransaction(() => _tables.Changes.RemoveSuperseded(before));
        _tables.Log.Run();
        if (through is { } removedThrough)
        {
            Films.Publish(Films.Committed.Catalog with { RemovedThrough = removedThrough });
        }

        return removed == ChangeTable.RemovalBatch;
    });

    private SqliteTransaction Begin(LargeTransaction? import)
    {
        try
        {
            _tables.Connection.Execute("BEGIN IMMEDIATE");
            _tables.Films.Begin();
            return new SqliteTransaction(_tables, Films, Changed, import);
        }
        catch
        {
            import?.Dispose();
            throw;
        }
    }

    /// <summary>Brings the read model up to date and closes the file.</summary>
    public void Dispose()
    {
        Projection.TryCatchUp(int.MaxValue);
        _tables.Dispose();
        Readers.Dispose();
    }
}
