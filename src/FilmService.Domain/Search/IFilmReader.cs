using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Search;

/// <summary>
/// Reads films one after the other. Texts are UTF-8, as they are stored and as they are sent: of a million films, none
/// needs a string on its way. What is said of a film holds until the next one is read.
/// </summary>
public interface IFilmReader
{
    /// <summary>Comes to the next film, at first to the first; false behind the last.</summary>
    /// <exception cref="CatalogUnavailableException">The database is not responding.</exception>
    ValueTask<bool> MoveNextAsync();

    /// <summary>The text of the film's id.</summary>
    ReadOnlySpan<byte> Id { get; }

    /// <summary>The value of a field.</summary>
    FieldBytes ValueOf(FilmField field);

    /// <summary>The film itself, to be kept.</summary>
    Film ToFilm();
}
