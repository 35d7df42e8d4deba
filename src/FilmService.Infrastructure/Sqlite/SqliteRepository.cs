using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite.Search;
using FilmService.Infrastructure.Writing;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>The catalogue in one SQLite file, held by this process alone.</summary>
internal sealed class SqliteRepository : IFilmRepository, IChangeFeed, IDisposable
{
    private readonly FileLock _lock;
    private readonly SqliteDatabase _file;
    private readonly SqliteWriter _writer;
    private readonly WriteQueue _writes;
    private readonly ReaderPool _readers;

    private readonly TimeProvider _clock;
    private int _disposed;

    private SqliteRepository(FileLock held, SqliteDatabase file, SqliteWriter writer, TimeProvider clock)
    {
        _clock = clock;
        _lock = held;
        _file = file;
        _writer = writer;
        _writes = new WriteQueue(writer, clock);
        _readers = new ReaderPool(file, writer.Committed.Revision.Epoch);
    }

    /// <summary>Locks the file, migrates it, and begins it when it is new.</summary>
    /// <exception cref="InvalidConfigurationException">The file cannot serve; the message says why.</exception>
    public static SqliteRepository Open(SqliteDatabase file, bool seed, TimeProvider clock)
    {
        var held = FileLock.Take(file.Path);
        try
        {
            SqliteMigrator.Migrate(file);
            var connection = file.OpenWriter();
            SqliteMigrator.Reindex(connection);
            var writer = SqliteWriter.Begin(connection, clock, seed ? SeedWrites() : []);
            writer.Recover();
            return new SqliteRepository(held, file, writer, clock);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<Revision> GetRevisionAsync(CancellationToken cancellationToken) => new(_writer.Committed.Revision);

    /// <inheritdoc/>
    public ValueTask<FilmSnapshot> FindAsync(FilmId id, CancellationToken cancellationToken) =>
        new(_writer.Films.Find(id) ?? FindInDatabase(id));

    /// <inheritdoc/>
    public Task<FilmSnapshot?> FindAsOfAsync(FilmId id, Revision asOf, CancellationToken cancellationToken) =>
        Task.FromResult(Read(reader => reader.FindAsOf(id, asOf)));

    /// <inheritdoc/>
    public async Task<IFilmList> ListAsync(FilmQuery query, CancellationToken cancellationToken)
    {
        var snapshot = await OpenSnapshotAsync(cancellationToken);
        return Asking(() => snapshot.Find(query));
    }

    /// <inheritdoc/>
    public async Task<bool> HasMoreThanAsync(long count, CancellationToken cancellationToken)
    {
        using var snapshot = await OpenSnapshotAsync(cancellationToken);
        return Asking(() => snapshot.HasMoreThan(count));
    }

    /// <inheritdoc/>
    public Task<FilmOutcome> WriteAsync(FilmWrite write, CancellationToken cancellationToken) => write.Origin.DryRun
        ? Task.FromResult(Read(reader => reader.Preview(write, _clock.GetUtcNow())))
        : _writes.EnqueueAsync(write, cancellationToken);

    /// <inheritdoc/>
    public Task<ImportOutcome> ImportAsync(FilmImport import, CancellationToken cancellationToken) => import.Origin.DryRun
        ? Task.FromResult(Asking(() => Preview(import, cancellationToken)))
        : _writes.ImportAsync(import, cancellationToken);

    /// <summary>Does other work than writing films, in its turn and in a transaction of its own. It takes no revision.</summary>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        _writes.RunAsync(writer => writer.Run(work), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<FeedBounds> GetBoundsAsync(CancellationToken cancellationToken) =>
        new(new FeedBounds(_writer.Committed.RemovedThrough, _writer.Committed.Revision));

    /// <inheritdoc/>
    public Task<ChangePage> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Read(reader => reader.Changes(after, limit)));

    /// <inheritdoc/>
    public Task<ChangePage> ReadHistoryAsync(FilmId id, long before, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Read(reader => reader.History(id, before, limit)));

    /// <inheritdoc/>
    public Task WaitAsync(long after, CancellationToken cancellationToken) => _writes.WaitForChangeAsync(after, cancellationToken);

    /// <inheritdoc/>
    public async Task RemoveSupersededAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        while (await _writes.RunAsync(writer => writer.RemoveSuperseded(before), cancellationToken))
        {
        }
    }

    /// <summary>Finishes the writes that wait and lets the file go. May be called twice: the container knows it by several names.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        _writes.Dispose();
        _readers.Dispose();
        _lock.Dispose();
    }

    private ImportOutcome Preview(FilmImport import, CancellationToken cancellationToken)
    {
        using var preview = new ImportPreview(_file, _writer.Committed.Revision.Epoch);
        return preview.Run(import, _clock.GetUtcNow(), cancellationToken);
    }

    private async Task<ReadSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken)
    {
        var snapshot = Asking(() => ReadSnapshot.Open(_readers));
        if (snapshot.CatalogHead.NotIndexed == 0)
        {
            return snapshot;
        }

        // The tables are brought up to date and the snapshot opened in one turn of the writer: nothing comes between.
        snapshot.Dispose();
        return await _writes.RunAsync(
            writer =>
            {
                writer.CatchUp();
                return ReadSnapshot.Open(_readers);
            },
            cancellationToken);
    }

    // What the table lacks stands among the recent films until the table has it.
    private FilmSnapshot FindInDatabase(FilmId id)
    {
        var before = _writer.Committed.IndexedThrough;
        var snapshot = Read(reader => reader.Find(id));
        if (_writer.Films.IsRecent(id) || _writer.Committed.IndexedThrough != before)
        {
            return Read(reader => reader.FindRecent(id));
        }

        _writer.Films.Keep(snapshot);
        return snapshot;
    }

    private T Read<T>(Func<SqliteReader, T> read) => Asking(() => _readers.Read(read));

    internal static T Asking<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (SqliteException exception)
        {
            throw new CatalogUnavailableException("The database is not responding.", exception);
        }
    }

    private static List<FilmWrite> SeedWrites() => SeedFilms.All
        .Select(film => new FilmWrite(film.Key, _ => new FilmDecision.Save(film.Value), new WriteContext("seed")))
        .ToList();
}
