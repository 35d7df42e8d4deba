using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Caching;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>A reader with an open snapshot of the database. Dispose it to release the snapshot.</summary>
internal sealed class ReadSnapshot : IDisposable
{
    private readonly ReaderPool _readers;

    private ReadSnapshot(ReaderPool readers, SqliteReader reader)
    {
        (_readers, Reader) = (readers, reader);
        Head = reader.BeginSnapshot();
    }

    public SqliteReader Reader { get; }

    /// <summary>The head in the snapshot.</summary>
    public ProjectedHead Head { get; }

    /// <summary>Opens a snapshot of the current state.</summary>
    public static ReadSnapshot Open(ReaderPool readers)
    {
        var reader = readers.Rent();
        try
        {
            return new ReadSnapshot(readers, reader);
        }
        catch
        {
            readers.Discard(reader);
            throw;
        }
    }

    /// <summary>True if there are more films than this.</summary>
    public bool HasMoreThan(long count) => Reader.HasMoreThan(count);

    /// <summary>Answers a query; the result then owns the snapshot.</summary>
    public IFilmList Find(FilmQuery query)
    {
        try
        {
            var planner = Reader.Planner;
            long? count = query.Count ? planner.Count(query.Filter) : null;
            return query.Page is null ? new Stream(this, planner.All(query), count) : FindPage(planner, query, count);
        }
        catch
        {
            _readers.Discard(Reader);
            throw;
        }
    }

    // A page is small, so its snapshot is released before the response is sent.
    private FilmPageList FindPage(QueryPlanner planner, FilmQuery query, long? count)
    {
        var films = planner.Page(query);
        Dispose();
        var next = films.Count > query.Page!.Limit ? query.Order.PositionOf(films[^2], query.Filter.Words) : null;
        return new FilmPageList(Head.Revision, count, next, new FilmSequence(films.Take(query.Page.Limit)));
    }

    public void Dispose()
    {
        Reader.EndSnapshot();
        _readers.Return(Reader);
    }

    private sealed record FilmPageList(Revision Revision, long? Count, FilmPosition? NextPosition, IFilmReader Films) : IFilmList
    {
        public CancellationToken ReleaseRequested => CancellationToken.None;

        public ValueTask DisposeAsync() => default;
    }

    private sealed class Stream(ReadSnapshot snapshot, FilmRows films, long? count) : IFilmList
    {
        private readonly CancellationTokenSource _release = snapshot._readers.Held.Add();

        public Revision Revision => snapshot.Head.Revision;

        public long? Count => count;

        public FilmPosition? NextPosition => null;

        public IFilmReader Films => films;

        public CancellationToken ReleaseRequested => _release.Token;

        public ValueTask DisposeAsync()
        {
            snapshot._readers.Held.Remove(_release);
            films.Dispose();
            snapshot.Dispose();
            return default;
        }
    }
}
