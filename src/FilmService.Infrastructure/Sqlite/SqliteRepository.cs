using System.Data.Common;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Runs;
using FilmService.Infrastructure.Sqlite.Backups;
using FilmService.Infrastructure.Sqlite.Search;
using FilmService.Infrastructure.Statements;
using FilmService.Infrastructure.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>The catalogue in one SQLite file, which only this process uses.</summary>
internal sealed class SqliteRepository : IFilmRepository, IChangeFeed, IDatabaseWork, IDatabaseStatistics, IDisposable
{
    private readonly FileLock _lock;
    private readonly SqliteCatalog _catalog;
    private readonly CatalogWriter _writer;
    private readonly ReaderThreads _threads = new();
    private readonly CatalogSize _size;
    private readonly RevisionNotes _notes;
    private readonly TimeProvider _clock;
    private int _disposed;

    private SqliteRepository(FileLock held, SqliteCatalog catalog, TimeProvider clock, ILogger logger)
    {
        (_lock, _catalog, _writer, _clock) = (held, catalog, new CatalogWriter(catalog, catalog.Projection, clock), clock);
        _size = new CatalogSize(catalog.Films, CountAsync);
        _notes = new RevisionNotes(catalog.BegunRun, () => catalog.Films.Committed.Catalog, clock, logger);
    }

    /// <summary>Locks the file, migrates it, and initialises it if it is new.</summary>
    /// <exception cref="InvalidConfigurationException">The file cannot be used; the message says why.</exception>
    public static SqliteRepository Open(SqliteDatabase file, bool seed, TimeProvider clock, ILogger logger)
    {
        RestoredFile.EndRestore(file.Path);
        var held = FileLock.Take(file.Path);
        var space = new DiskSpace(file.Path + ".reserve", clock, logger);
        try
        {
            space.Release();
            SqliteMigrator.Migrate(file, logger);
            var catalog = SqliteCatalog.Open(file, seed ? SeedWrites() : [], space, clock, logger);
            space.Reserve();
            return new SqliteRepository(held, catalog, clock, logger);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public OpenedDatabase Opened => _catalog.Opened;

    public ValueTask<Revision> GetRevisionAsync(CancellationToken cancellationToken) => new(_catalog.Films.Committed.Revision);

    public ValueTask<FilmSnapshot> FindAsync(FilmId id, CancellationToken cancellationToken) =>
        new(_catalog.Films.Find(id) ?? FindInDatabase(id));

    public Task<FilmSnapshot?> FindAsOfAsync(FilmId id, Revision asOf, CancellationToken cancellationToken) =>
        Task.FromResult(Read(reader => reader.FindAsOf(id, asOf)));

    public async Task<T> ListAsync<T>(FilmQuery query, TimeSpan? time, Func<IFilmList, Task<T>> read, CancellationToken cancellationToken)
    {
        var repairs = _catalog.Damage.Repairs;
        try
        {
            using var list = await OpenListAsync(query, time, cancellationToken);
            return await read(list);
        }
        catch (CatalogUnavailableException exception) when (IsDamage(exception, repairs))
        {
            throw;
        }
    }

    /// <summary>Opens a list; dispose it to release its snapshot.</summary>
    public async Task<FilmList> OpenListAsync(FilmQuery query, TimeSpan? time = null, CancellationToken cancellationToken = default)
    {
        var snapshot = await OpenSnapshotAsync(cancellationToken);
        if (query.AsOf is { } asOf && !snapshot.Head.ToBounds().Includes(asOf))
        {
            snapshot.Dispose();
            throw new RevisionNotKeptException(asOf, snapshot.Head.Revision);
        }

        return await FilmList.OpenAsync(snapshot, query, time is { } limit ? new ReadWork(_threads, limit, _clock, cancellationToken) { MaxSortedBytes = _catalog.Readers.MaxSortedBytes } : ReadWork.Quick);
    }

    public ValueTask<bool> HasMoreThanAsync(long count, CancellationToken cancellationToken) => _size.IsMoreThanAsync(count, cancellationToken);

    public Task<FilmOutcome> WriteAsync(FilmWrite write, CancellationToken cancellationToken) => _writer.WriteAsync(write, cancellationToken);

    public Task<ImportOutcome> ImportAsync(FilmImport import, CancellationToken cancellationToken) => _writer.ImportAsync(import, cancellationToken);

    public async Task<ImportOutcome> RestoreAsync(CatalogRestore restore, FilmImport import, CancellationToken cancellationToken) =>
        await _writer.ImportAsync(import with { Restore = await StageAsync(restore, cancellationToken) }, cancellationToken);

    /// <summary>Runs work other than writing films, in its turn and in its own transaction. It gets no revision.</summary>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        _writer.RunAsync<T>(() => new(_catalog.Run(work)), cancellationToken);

    Task<T> IDatabaseWork.RunAsync<T>(Func<DbConnection, T> work, CancellationToken cancellationToken) => RunAsync<T>(work, cancellationToken);

    T IDatabaseWork.ReadSnapshot<T>(Func<DbConnection, T> read) => Read(reader => reader.ReadSnapshot(read));

    /// <summary>Reads with a reader from the pool.</summary>
    public T Read<T>(Func<SqliteReader, T> read)
    {
        var repairs = _catalog.Damage.Repairs;
        try
        {
            return SqliteFailure.Translate(() => _catalog.Readers.Read(read));
        }
        catch (CatalogUnavailableException exception) when (exception.InnerException is SqliteException cause && _catalog.Damage.Suspect(cause, repairs))
        {
            RepairIfDue();
            throw;
        }
    }

    public ValueTask<FeedBounds> GetBoundsAsync(CancellationToken cancellationToken) => new(_catalog.Films.Committed.ToBounds());

    public Task<ChangePage> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Read(reader => reader.Changes(after, limit)));

    public Task<FoundChanges> SearchAsync(ChangeSearch search, CancellationToken cancellationToken) =>
        Task.FromResult(Read(reader => reader.Search(search)));

    public Task<ChangePage> ReadHistoryAsync(FilmId id, long before, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Read(reader => reader.History(id, before, limit)));

    public int QueuedWork => _writer.Queued;

    public long ProjectionLag => _catalog.Films.Committed.Lag;

    public DateTimeOffset? ProjectionLagsSince => _catalog.Films.Committed is { Lag: > 0 } head
        ? Read(reader => reader.Changes(head.Checkpoint, 1)).Items is [var first, ..] ? first.At : null
        : null;

    public (long Hits, long Misses) CacheReads => _catalog.Films.Reads;

    public long DatabaseBytes => LengthOf(Opened.Path);

    public long LogBytes => LengthOf(Opened.Path + "-wal");

    public long? FreeBytes => DiskSpace.FreeBeside(Opened.Path);

    public long FailedCheckpoints => _catalog.FailedCheckpoints;

    public Task WaitAsync(long after, CancellationToken cancellationToken) => _catalog.Changed.WaitAsync(after, cancellationToken);

    public async Task RemoveSupersededAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        while (await _writer.RunAsync<bool>(() => new(_catalog.RemoveSuperseded(before)), cancellationToken))
        {
        }
    }

    /// <summary>
    /// Completes the queued writes and releases the file. May be called twice: it is registered as several services.
    /// </summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        _writer.Dispose();
        _catalog.Dispose();
        _notes.Dispose();
        _size.Dispose();
        _lock.Dispose();
    }

    private async Task<CatalogRestore> StageAsync(CatalogRestore restore, CancellationToken cancellationToken)
    {
        using var snapshot = await OpenSnapshotAsync(cancellationToken);
        var (bounds, through) = (snapshot.Head.ToBounds(), restore.Through ?? snapshot.Head.Revision);
        if (!bounds.Includes(restore.After) || !bounds.Includes(through))
        {
            return restore;
        }

        snapshot.Reader.Work = new ReadWork(_threads, TimeSpan.MaxValue, _clock, cancellationToken);
        await snapshot.Reader.Work.RunAsync(() => SqliteFailure.Translate(() =>
        {
            foreach (var line in snapshot.Reader.ReadRestored(restore, through.Number))
            {
                restore.Stage(line);
            }

            return true;
        }));
        return restore with { StagedThrough = bounds.Now.Number };
    }

    private async Task<(long Films, long Revision)> CountAsync(CancellationToken cancellationToken)
    {
        using var snapshot = await OpenSnapshotAsync(cancellationToken);
        return (await _threads.RunAsync(() => SqliteFailure.Translate(snapshot.Reader.CountFilms)), snapshot.Head.Revision.Number);
    }

    private async Task<ReadSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken)
    {
        _catalog.Damage.RefuseLists();
        var snapshot = SqliteFailure.Translate(() => ReadSnapshot.Open(_catalog.Readers));
        if (snapshot.Head.Lag == 0)
        {
            return snapshot;
        }

        // The read model is brought up to date and the snapshot opened in one turn of the writer, so that no write comes in
        // between.
        snapshot.Dispose();
        return await _writer.RunAsync<ReadSnapshot>(() => new(SqliteFailure.Translate(OpenUpToDate)), cancellationToken);
    }

    private ReadSnapshot OpenUpToDate()
    {
        _catalog.CatchUp();
        return ReadSnapshot.Open(_catalog.Readers);
    }

    // What the read model lacks is among the recent films until it has been projected.
    private FilmSnapshot FindInDatabase(FilmId id)
    {
        var before = _catalog.Films.Committed.Checkpoint;
        if (_catalog.Damage.IsNoted || TryFind(reader => reader.Find(id)) is not { } snapshot)
        {
            // The changes have all films, too.
            return Read(reader => reader.FindLast(id));
        }

        if (_catalog.Films.IsInMemtable(id) || _catalog.Films.Committed.Checkpoint != before)
        {
            return TryFind(reader => reader.FindRecent(id)) ?? Read(reader => reader.FindLast(id));
        }

        _catalog.Films.Keep(snapshot);
        return snapshot;
    }

    // Reads of the read model; null if it is damaged.
    private FilmSnapshot? TryFind(Func<SqliteReader, FilmSnapshot> read)
    {
        var repairs = _catalog.Damage.Repairs;
        try
        {
            return SqliteFailure.Translate(() => _catalog.Readers.Read(read));
        }
        catch (CatalogUnavailableException exception) when (IsDamage(exception, repairs))
        {
            return null;
        }
    }

    // True if pages of the read model are damaged, which the writer then repairs in its next turn.
    private bool IsDamage(CatalogUnavailableException exception, int repairs)
    {
        var isDamage = exception.InnerException is SqliteException cause && _catalog.Damage.Note(cause, repairs);
        RepairIfDue();
        return isDamage;
    }

    private void RepairIfDue()
    {
        if (_catalog.Damage.IsDue)
        {
            _ = _writer.RunAsync<bool>(() => new(_catalog.Damage.TryRepair()), CancellationToken.None);
        }
    }

    private static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static List<FilmWrite> SeedWrites() => SeedFilms.All
        .Select(film => new FilmWrite(film.Key, _ => new FilmDecision.Save(film.Value), new WriteContext("seed")))
        .ToList();
}
