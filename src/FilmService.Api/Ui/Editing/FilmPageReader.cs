using FilmService.Api.Search;
using FilmService.Api.Ui.History;
using FilmService.Api.Ui.Rendering;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Api.Ui.Editing;

/// <summary>Reads what the pages of one film show.</summary>
public sealed class FilmPageReader(FilmCatalog catalog, HistoryReader history, FilmSearchService search, TimeProvider clock)
{
    private const int MaxSame = 5;

    /// <summary>The film with its history.</summary>
    /// <param name="form">The form as it was sent, with what is wrong with it; null to show the film itself.</param>
    /// <param name="saved">The revision that the visitor has just made; null if there is none.</param>
    /// <param name="before">The revision before which the history begins; null for the newest change.</param>
    public async Task<PageModel> ReadAsync(FilmId id, FormModel? form, Revision? saved, Revision? before, CancellationToken cancellationToken)
    {
        var film = (await catalog.FindAsync(id, cancellationToken)).Film;
        var changes = await history.ReadAsync(id, before, cancellationToken);
        return film is null && changes.Entries.Count == 0
            ? new MissingFilmModel(id)
            : new FilmModel(id, film, changes, form ?? (film is null ? FormModel.Empty : FormModel.Of(film)), saved, clock.GetUtcNow());
    }

    /// <summary>What the visitor wants to save beside what somebody else has saved.</summary>
    /// <param name="mine">What the visitor wants to save.</param>
    /// <param name="shown">The revision that their form shows; null if the film did not exist.</param>
    public async Task<ConflictModel> CompareAsync(FilmId id, FilmDetails mine, Revision? shown, CancellationToken cancellationToken)
    {
        var theirs = (await catalog.FindAsync(id, cancellationToken)).Film;
        var then = shown is { } revision ? await catalog.FindAsOfAsync(id, revision, cancellationToken) : null;
        var changes = (await history.ReadAsync(id, null, cancellationToken)).Entries;
        return new ConflictModel(id, mine, theirs, then?.Film?.Details, changes.Count > 0 ? changes[0].Change : null, clock.GetUtcNow());
    }

    /// <summary>Films that have the name and the year of another.</summary>
    public Task<IReadOnlyList<Film>> FindSameAsync(HttpContext context, FilmDetails film)
    {
        var filter = new FilmFilter { Names = [NormalizedName.Of(film.Name)], Released = ReleasePeriods.In(ReleasePeriods.Year(film.Year)) };
        return search.ReadAsync(context, new FilmQuery(filter, FilmOrder.ById, new FilmPage(MaxSame)), CollectAsync);
    }

    private static async Task<IReadOnlyList<Film>> CollectAsync(IFilmList list)
    {
        var films = new List<Film>();
        await list.ReadAsync(async () =>
        {
            while (await list.Films.MoveNextAsync())
            {
                films.Add(list.Films.ToFilm());
            }
        });
        return films;
    }
}
