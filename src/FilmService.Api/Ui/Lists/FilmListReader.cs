using FilmService.Api.Search;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Api.Ui.Lists;

/// <summary>Reads what the page of a list shows.</summary>
public sealed class FilmListReader(FilmSearchService search, FilmCatalog catalog, IChangeFeed changes)
{
    /// <summary>Of more films, those that meet a condition are only counted if somebody asks for it.</summary>
    public const int MaxCountedAtOnce = 100_000;

    private static readonly FilmQuery Counting = FilmQuery.All with { Page = new FilmPage(1), Count = true, CountReleases = true };

    /// <summary>Reads a page of films.</summary>
    public async Task<FilmRows> ReadAsync(HttpContext context, ListQuery request)
    {
        var counts = request.Query.Filter.IsEmpty || !await catalog.HasMoreThanAsync(MaxCountedAtOnce, context.RequestAborted);
        var (films, next, releases, revision) = await search.ReadAsync(context, request.Query with { Count = counts, CountReleases = counts }, CollectAsync);
        return new FilmRows(
            await AddChangesAsync(films, context.RequestAborted),
            next is null ? null : PageCursor.Write(next, request.CursorFingerprint),
            releases is null ? null : new ListCounts(Sum(releases), request.Query.Filter.IsEmpty ? Sum(releases) : await CountAllAsync(context), releases),
            revision,
            !await catalog.NeedsPageAsync(request.Query with { Page = null }, context.RequestAborted));
    }

    /// <summary>Counts the films of a list in a large catalogue.</summary>
    public async Task<ListCounts> CountAsync(HttpContext context, ListQuery request)
    {
        var query = Counting with { Filter = request.Query.Filter, CountReleases = false };
        var matching = await search.ReadAsync(context, query, list => Task.FromResult(list.Count!.Value));
        var releases = matching > MaxCountedAtOnce ? null : await ReadReleasesAsync(context, query with { CountReleases = true });
        return new ListCounts(matching, await CountAllAsync(context), releases);
    }

    /// <summary>The number of films in the catalogue.</summary>
    public async Task<long> CountAllAsync(HttpContext context) => Sum(await ReadReleasesAsync(context, Counting));

    private Task<IReadOnlyList<ReleaseCount>> ReadReleasesAsync(HttpContext context, FilmQuery query) =>
        search.ReadAsync(context, query, list => Task.FromResult(list.Releases!));

    private static long Sum(IReadOnlyList<ReleaseCount> releases) => releases.Sum(release => release.Films);

    private static async Task<(IReadOnlyList<Film> Films, FilmPosition? Next, IReadOnlyList<ReleaseCount>? Releases, Revision Revision)> CollectAsync(IFilmList list)
    {
        var films = new List<Film>();
        await list.ReadAsync(async () =>
        {
            while (await list.Films.MoveNextAsync())
            {
                films.Add(list.Films.ToFilm());
            }
        });
        return (films, list.NextPosition, list.Releases, list.Revision);
    }

    // A film's latest change is always kept.
    private async Task<IReadOnlyList<FilmRow>> AddChangesAsync(IReadOnlyList<Film> films, CancellationToken cancellationToken)
    {
        var rows = new List<FilmRow>(films.Count);
        foreach (var film in films)
        {
            var page = await changes.ReadAsync(film.Revision.Number - 1, 1, cancellationToken);
            rows.Add(new FilmRow(film, page.Items.FirstOrDefault(change => change.Revision == film.Revision)));
        }

        return rows;
    }
}
