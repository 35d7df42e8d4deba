namespace FilmService.Domain.Films;

/// <summary>The original program's two films, with which a new catalogue begins.</summary>
public static class SeedFilms
{
    /// <summary>The films by id, in the order of their revisions.</summary>
    public static IReadOnlyList<KeyValuePair<FilmId, FilmDetails>> All { get; } =
    [
        new(FilmId.Generated(1), new FilmDetails("Avengers: Infinity War", 2018, Month.March)),
        new(FilmId.Generated(2), new FilmDetails("Ant Man and the Wasp", 2018, Month.August)),
    ];
}
