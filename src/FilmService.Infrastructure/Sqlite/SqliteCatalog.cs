using FilmService.Domain.Audit;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Caching;
using FilmService.Infrastructure.Runs;
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
    private readonly KeyClock _keys;

    private SqliteCatalog(SqliteDatabase file, WriterTables tables, BegunRun run, bool isNew, TimeProvider clock, ILogger logger)
    {
        var head = HeadTable.Read(tables.Connection);
        Opened = new OpenedDatabase(file.Path, isNew);
        (_tables, BegunRun) = (tables, run);
        _keys = new KeyClock(clock, tables.Idempotency.Last() ?? clock.GetUtcNow());
        Films = new FilmCache(head);
        Changed = new ChangeSignal(head.Revision.Number);
        Readers = new ReaderPool(file, Changed, head.Revision.Epoch, tables.Log.Held);
        Damage = new ReadModelDamage(new Reindexing(tables.Connection, logger), Films, clock, logger);
        Projection = new ProjectionRun(tables, Films, Damage);
    }

    public OpenedDatabase Opened { get; }

    /// <inheritdoc cref="LogCheckpoint.Failures"/>
    public long FailedCheckpoints => _tables.Log.Failures;

    /// <summary>The run that this process has begun; to be closed by the code that opened the catalogue.</summary>
    public BegunRun BegunRun { get; }

    public FilmCache Films { get; }

    public ChangeSignal Changed { get; }

    public ReaderPool Readers { get; }

    public ProjectionRun Projection { get; }

    public ReadModelDamage Damage { get; }

    /// <summary>
    /// Opens a migrated file. A new one gets a head and the films of <paramref name="seed"/>, in one transaction. Damaged tables that are
    /// derived from the changes are rebuilt.
    /// </summary>
    /// <exception cref="InvalidConfigurationException">Other tables are damaged.</exception>
    public static SqliteCatalog Open(SqliteDatabase file, IReadOnlyList<FilmWrite> seed, DiskSpace space, TimeProvider clock, ILogger logger)
    {
        try
        {
            return OpenIntact(file, seed, space, clock, logger);
        }
        catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
        {
            ReadModelDamage.LogDamage(logger, exception.Message);
            Rebuild(file, logger);
            return OpenIntact(file, seed, space, clock, logger);
        }
    }

    /// <summary>Rebuilds everything that is derived from the changes, and gives back unused pages.</summary>
    /// <param name="audit">Somebody's request to do it, to be recorded; null if the service does it by itself.</param>
    /// <exception cref="InvalidConfigurationException">The changes are damaged.</exception>
    public static void Rebuild(SqliteDatabase file, ILogger logger, AuditEvent? audit = null)
    {
        try
        {
            using var connection = file.OpenWriter();
            var reindexing = new Reindexing(connection, logger);
            reindexing.RunOnDamaged(audit);
            reindexing.Reclaim();
        }
        catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
        {
            throw new InvalidConfigurationException(
                $"'{file.Path}' is damaged, and not only in tables that can be built again ({exception.Message}). Run the command check, which lists the damage, and restore a backup.");
        }
    }

    private static SqliteCatalog OpenIntact(SqliteDatabase file, IReadOnlyList<FilmWrite> seed, DiskSpace space, TimeProvider clock, ILogger logger)
    {
        var connection = file.OpenWriter();
        try
        {
            new Reindexing(connection, logger).RunIfOutdated();
            return Open(file, connection, seed, space, clock, logger);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static SqliteCatalog Open(SqliteDatabase file, SqliteConnection connection, IReadOnlyList<FilmWrite> seed, DiskSpace space, TimeProvider clock, ILogger logger)
    {
        var isNew = !HeadTable.Exists(connection);
        if (isNew)
        {
            connection.Execute("BEGIN IMMEDIATE");
        }

        var run = isNew ? SqliteRun.BeginFirst(connection, file.Path) : SqliteRun.Begin(connection, file.Path, logger);
        var tables = new WriterTables(connection, HeadTable.Read(connection).Revision.Epoch, space, logger);
        if (isNew)
        {
            Seed(new SqliteCatalog(file, tables, run, isNew, clock, logger), seed, clock.GetUtcNow());
        }

        var projection = new SqliteCatalog(file, tables, run, isNew, clock, logger).Projection;
        try
        {
            projection.Recover(new Progress(logger, "Projecting the changes that the last run has left"));
        }
        catch (SqliteException exception) when (space.Note(exception))
        {
            // It goes on when there is room.
        }

        var catalog = new SqliteCatalog(file, tables, run, isNew, clock, logger);
        catalog.Projection.StageLag();
        return catalog;
    }

    private static void Seed(SqliteCatalog catalog, IReadOnlyList<FilmWrite> seed, DateTimeOffset now) =>
        catalog.NewTransaction(import: null).WriteAsync(seed, now).AsTask().GetAwaiter().GetResult();

    public ValueTask<ICatalogTransaction> BeginAsync() => new(_tables.Space.Translate<ICatalogTransaction>(() => Begin(import: null)));

    public ValueTask<ICatalogTransaction> BeginImportAsync(FilmImport import) => new(_tables.Space.Translate<ICatalogTransaction>(() =>
    {
        _tables.Space.EnsureWritable();

        // The import projects its own changes after all others, so lists need not wait for the writer meanwhile.
        Projection.CatchUp();
        return Begin(import);
    }));

    public ValueTask<ICatalogPreview> BeginPreviewAsync(CancellationToken cancellationToken) =>
        new(SqliteFailure.Translate<ICatalogPreview>(() => new SqlitePreview(ReadSnapshot.Open(Readers), _keys)));

    /// <summary>Runs work other than writing films in its own transaction. It gets no revision.</summary>
    public T Run<T>(Func<SqliteConnection, T> work) => _tables.Space.Translate(() =>
    {
        _tables.Space.EnsureWritable();
        var result = _tables.Connection.InTransaction(() => work(_tables.Connection));
        _tables.Log.Run();
        return result;
    });

    /// <summary>
    /// Removes some changes that were superseded before a time; true if there may be more of them. Every film remains available
    /// at any revision since then. Changes that a kept idempotency record may replay stay.
    /// </summary>
    public bool RemoveSuperseded(DateTimeOffset before) => _tables.Space.Translate(() =>
    {
        _tables.Space.EnsureWritable();
        Projection.CatchUp();
        var (removed, through) = _tables.Connection.InTransaction(() => _tables.Changes.RemoveSuperseded(before));
        _tables.Log.Run();
        if (through is { } removedThrough)
        {
            Films.Publish(Films.Committed.Catalog with { RemovedThrough = removedThrough });
        }

        return removed == ChangeTable.RemovalBatch;
    });

    /// <summary>Projects every change, because a list waits for it: if the disk is full, in the space that was reserved for that.</summary>
    public void CatchUp()
    {
        try
        {
            Projection.CatchUp();
        }
        catch (SqliteException exception) when (!_tables.Space.IsShort && _tables.Space.Note(exception))
        {
            Projection.CatchUp();
        }
    }

    private SqliteTransaction Begin(FilmImport? import)
    {
        _tables.Space.EnsureWritable();
        _tables.Connection.Execute("BEGIN IMMEDIATE");
        try
        {
            _tables.Films.Begin();
            return NewTransaction(import is null ? null : new SqliteImport(_tables.Connection, _tables.Films, import, Damage.IsNoted));
        }
        catch
        {
            _tables.Connection.RollBack();
            throw;
        }
    }

    private SqliteTransaction NewTransaction(SqliteImport? import) => new(_tables, Films, Changed, import) { Damage = Damage, Keys = _keys };

    /// <summary>Brings the read model up to date and closes the file.</summary>
    public void Dispose()
    {
        Projection.TryCatchUp(int.MaxValue);
        _tables.Dispose();
        Readers.Dispose();
    }
}
