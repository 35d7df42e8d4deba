using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite.Search;
using FilmService.Infrastructure.Writing;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>A dry run on a snapshot. It keeps what it appends, because later lines of an import build on it.</summary>
internal sealed class SqlitePreview(ReadSnapshot snapshot, KeyClock keys) : ICatalogPreview
{
    // How many films of one name are compared with a new one: there is no index on name and year.
    private const int MaxNamesakes = 100;

    private CatalogHead _head = snapshot.Head.Catalog;
    private PreviewedFilms? _films;
    private long _duplicates;

    public ValueTask<LoadedCatalog> LoadAsync(BatchNeeds needs) => new(SqliteFailure.Translate(() => BatchLoader.Load(
        needs, _head, keys.Now, needs.Films.Count > 1 || _films is not null ? FindAmongMany : id => snapshot.Reader.FindRecent(id).Film, snapshot.Reader.FindRecord, FindNamed)));

    public ValueTask AppendAsync(CatalogAppend append) => SqliteFailure.Translate(() =>
    {
        _duplicates += append.Changes.Count(IsDuplicate);
        _head = append.Head;
    });

    public ValueTask<long> CountDuplicatesAsync() => new(_duplicates);

    // Saves the change, too: a later one may be compared with it.
    private bool IsDuplicate(FilmChange change)
    {
        var isDuplicate = change.Details is { } film && FindAmongMany(change.Id) is null
            && FindNamed(NormalizedName.Of(film.Name), MaxNamesakes).Any(other => other.Details.Year == film.Year);
        Films.Save([change]);
        return isDuplicate;
    }

    private IEnumerable<Film> FindNamed(string normalizedName, int limit) =>
        Films.FindNamed(normalizedName, limit).Concat(snapshot.Reader.FindNamed(normalizedName, limit).Where(film => !Films.TryFind(film.Id, out _))).Take(limit);

    // The changes that the read model lacks are added first: searching them for each of many films would take too long.
    private PreviewedFilms Films
    {
        get
        {
            if (_films is null)
            {
                _films = new PreviewedFilms(_head.Revision.Epoch);
                _films.Save(snapshot.Reader.ReadChanges(snapshot.Head.Checkpoint, limit: -1));
            }

            return _films;
        }
    }

    private Film? FindAmongMany(FilmId id) => Films.TryFind(id, out var film) ? film : snapshot.Reader.Find(id).Film;

    public ValueTask DisposeAsync() => SqliteFailure.Translate(() =>
    {
        _films?.Dispose();
        snapshot.Dispose();
    });
}
