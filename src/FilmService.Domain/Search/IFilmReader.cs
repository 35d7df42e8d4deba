using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Search;

/// <summary>
/// Reads films one by one. Text is UTF-8, as stored and as sent, so that listing a million films creates no strings. A film's
/// values are valid until the next one is read.
/// </summary>
public interface IFilmReader
{
    /// <summary>Moves to the next film, initially to the first; false at the end.</summary>
    /// <exception cref="CatalogUnavailableException">The database is not responding.</exception>
    ValueTask<bool> MoveNextAsync();

    ReadOnlySpan<byte> Id { get; }

    FieldBytes ValueOf(FilmField field);

    /// <summary>The revision of the film's last change.</summary>
    Revision Revision { get; }

    /// <summary>The film itself, for keeping.</summary>
    Film ToFilm();
}
