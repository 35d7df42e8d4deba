using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>Writes and reads in one line each.</summary>
internal static class Writes
{
    public static readonly FilmDetails Up = new("Up", 2009, Month.May);

    public static FilmId Id(string text) => FilmId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    public static FilmDetails Named(string name) => new(name, 2009, null);

    /// <summary>A write that saves these details unconditionally.</summary>
    public static FilmWrite Save(string id, FilmDetails details, string by = "admin") =>
        new(Id(id), current => current?.Details == details ? new FilmDecision.NoChange() : new FilmDecision.Save(details), new WriteContext(by));

    public static Task<FilmOutcome> SaveAsync(this IFilmRepository films, string id, FilmDetails details) => films.WriteAsync(Save(id, details), default);

    public static Task<FilmOutcome> DeleteAsync(this IFilmRepository films, string id) => films.WriteAsync(
        new FilmWrite(Id(id), current => current is null ? new FilmDecision.Reject(FilmOutcomeKind.NotFound) : new FilmDecision.Delete(), new WriteContext("admin")), default);

    /// <summary>A write of a film without an id.</summary>
    public static Task<FilmOutcome> CreateAsync(this IFilmRepository films, FilmDetails details) => films.WriteAsync(
        new FilmWrite(null, _ => new FilmDecision.Save(details), new WriteContext("admin")), default);

    public static async Task<Film?> FindAsync(this IFilmRepository films, string id) => (await films.FindAsync(Id(id), default)).Film;

    /// <summary>The remaining films of a reader.</summary>
    public static async Task<List<Film>> ToListAsync(this IFilmReader films)
    {
        var all = new List<Film>();
        while (await films.MoveNextAsync())
        {
            all.Add(films.ToFilm());
        }

        return all;
    }

    /// <summary>The complete catalogue, as <c>id: name</c>.</summary>
    public static Task<List<string>> ListAsync(this IFilmRepository films) => films.ListAsync(
        FilmQuery.All, time: null, async list => (await list.Films.ToListAsync()).Select(film => $"{film.Id}: {film.Name}").ToList(), default);
}
