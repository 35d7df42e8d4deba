using FilmService.Domain.Films;

namespace FilmService.Domain.Writing;

/// <summary>Finds films by name and year in a catalogue that a batch of writes changes.</summary>
internal sealed class NamedFilms
{
    private readonly Dictionary<NameAndYear, Dictionary<FilmId, Film>> _films = [];

    /// <param name="loaded">What was loaded for the batch.</param>
    public NamedFilms(LoadedCatalog loaded)
    {
        foreach (var film in loaded.Films.Values.OfType<Film>())
        {
            Add(NameAndYear.Of(film.Details), film);
        }

        foreach (var (named, films) in loaded.Named)
        {
            films.ToList().ForEach(film => Add(named, film));
        }
    }

    /// <summary>The films with this name and year; of many, at least two.</summary>
    public IReadOnlyList<Film> Find(NameAndYear named) =>
        _films.TryGetValue(named, out var films) ? [.. films.Values] : [];

    /// <summary>Notes a change that has been decided.</summary>
    public void Change(Film? before, Film? after)
    {
        if (before is not null && _films.TryGetValue(NameAndYear.Of(before.Details), out var films))
        {
            films.Remove(before.Id);
        }

        if (after is not null)
        {
            Add(NameAndYear.Of(after.Details), after);
        }
    }

    private void Add(NameAndYear named, Film film) => (_films.TryGetValue(named, out var films) ? films : _films[named] = [])[film.Id] = film;
}
