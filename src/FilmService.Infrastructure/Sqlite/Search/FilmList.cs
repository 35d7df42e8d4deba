using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>The result of a query. A page is in memory; everything else is read from its snapshot step by step.</summary>
internal sealed class FilmList : IFilmList, IDisposable
{
    private readonly ReadSnapshot _snapshot;
    private readonly ReadWork _work;
    private FilmRows? _rows;
    private HeldSnapshots.Snapshot? _held;
    private bool _isReleased;

    private FilmList(ReadSnapshot snapshot, Revision revision, ReadWork work) => (_snapshot, Revision, _work) = (snapshot, revision, work);

    public Revision Revision { get; }

    public long? Count { get; private set; }

    public IReadOnlyList<ReleaseCount>? Releases { get; private set; }

    public FilmPosition? NextPosition { get; private set; }

    public IFilmReader Films { get; private set; } = new FilmSequence([]);

    public CancellationToken ReleaseRequested => _held?.ReleaseRequested ?? CancellationToken.None;

    /// <summary>Answers a query in the snapshot, which belongs to the list from now on.</summary>
    public static async Task<FilmList> OpenAsync(ReadSnapshot snapshot, FilmQuery query, ReadWork work)
    {
        var list = new FilmList(snapshot, query.AsOf ?? snapshot.Head.Revision, work);
        snapshot.Reader.Work = work;
        try
        {
            await work.RunAsync(() => SqliteFailure.Translate(() => list.Find(query)));
            return list;
        }
        catch
        {
            list.Discard();
            throw;
        }
    }

    public ValueTask ReadAsync(Func<ValueTask> work) => _rows is null ? work() : _work.RunAsync(work);

    public void Release()
    {
        if (_isReleased)
        {
            return;
        }

        _isReleased = true;
        _rows?.Dispose();
        if (_held is not null)
        {
            _snapshot.Held.Remove(_held);
        }

        _snapshot.Dispose();
    }

    public void Dispose() => Release();

    private void Discard()
    {
        if (!_isReleased)
        {
            _snapshot.Discard();
        }
    }

    private bool Find(FilmQuery query)
    {
        var planner = _snapshot.Reader.Planner;
        Releases = query.CountReleases ? planner.CountReleases(query) : null;
        Count = !query.Count ? null : Releases?.Sum(month => month.Films) ?? planner.Count(query);
        if (query.Page is { } page)
        {
            FindPage(planner.Page(query), query, page.Limit);
        }
        else
        {
            Films = _rows = planner.All(query);
            _held = _snapshot.Held.Add();
        }

        return true;
    }

    // A page is small, so its snapshot is released before the response is sent.
    private void FindPage(List<Film> films, FilmQuery query, int limit)
    {
        Release();
        NextPosition = films.Count > limit ? query.Order.PositionOf(films[^2], query.Filter.Words) : null;
        Films = new FilmSequence(films.Take(limit));
    }
}
