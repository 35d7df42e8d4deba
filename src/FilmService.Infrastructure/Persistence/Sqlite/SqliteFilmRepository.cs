using FilmService.Domain.Films;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>The catalogue in one SQLite file, held by this process alone.</summary>
internal sealed class SqliteFilmRepository : IFilmRepository, IDisposable
{
    private readonly FileLock _lock;
    private readonly SqliteWriter _writer;
    private readonly WriteQueue _writes;
    private readonly SqliteReaderPool _readers;
    private bool _disposed;

    private SqliteFilmRepository(FileLock held, SqliteFile file, SqliteWriter writer)
    {
        _lock = held;
        _writer = writer;
        _writes = new WriteQueue(writer);
        _readers = new SqliteReaderPool(file, writer.Committed.Revision.Epoch);
    }

    /// <summary>Locks the file, migrates it, and begins it when it is new.</summary>
    /// <exception cref="StartRefusedException">The file cannot serve; the message says why.</exception>
    public static SqliteFilmRepository Open(SqliteFile file, bool seed, TimeProvider clock)
    {
        var held = FileLock.Take(file.Path);
        try
        {
            SqliteSchema.Migrate(file);
            var connection = file.OpenWriter();
            SqliteSchema.Refold(connection);
            return new SqliteFilmRepository(held, file, SqliteWriter.Begin(connection, clock, seed ? SeedWrites() : []));
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
        new(Read(reader => reader.Find(id)));

    /// <inheritdoc/>
    public Task<IFilmList> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IFilmList>(new FilmList(_readers));

    /// <inheritdoc/>
    public Task<FilmOutcome> WriteAsync(FilmWrite write, CancellationToken cancellationToken) =>
        _writes.EnqueueAsync(write, cancellationToken);

    /// <summary>Does other work than writing films, in its turn and in a transaction of its own. It takes no revision.</summary>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        _writes.RunAsync(writer => writer.Run(work), cancellationToken);

    /// <summary>Finishes the writes that wait and lets the file go. The container calls it once for each name that it knows it by.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _writes.Dispose();
        _readers.Dispose();
        _lock.Dispose();
    }

    private T Read<T>(Func<SqliteReader, T> read)
    {
        try
        {
            return _readers.Read(read);
        }
        catch (SqliteException exception)
        {
            throw new CatalogUnavailableException("The database does not answer.", exception);
        }
    }

    private static List<FilmWrite> SeedWrites() => SeedFilms.All
        .Select(film => new FilmWrite(film.Key, _ => new FilmDecision.Save(film.Value), new WriteOrigin("seed")))
        .ToList();

    private sealed class FilmList : IFilmList
    {
        private readonly SqliteReaderPool _readers;
        private readonly SqliteReader _reader;

        public FilmList(SqliteReaderPool readers)
        {
            _readers = readers;
            try
            {
                _reader = readers.Rent();
                Revision = _reader.BeginSnapshot();
            }
            catch (SqliteException exception)
            {
                throw new CatalogUnavailableException("The database does not answer.", exception);
            }
        }

        public Revision Revision { get; }

        public IEnumerable<Film> Films => _reader.List();

        public void Dispose()
        {
            _reader.EndSnapshot();
            _readers.Return(_reader);
        }
    }
}
