using System.Text;
using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

/// <summary>Reads films that are in memory.</summary>
public sealed class FilmSequence(IEnumerable<Film> films) : IFilmReader
{
    private readonly IEnumerator<Film> _films = films.GetEnumerator();

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Id => Encoding.UTF8.GetBytes(_films.Current.Id.Value);

    /// <inheritdoc/>
    public FieldBytes ValueOf(FilmField field) => FieldBytes.Of(field.Of(_films.Current.Details));

    /// <inheritdoc/>
    public ValueTask<bool> MoveNextAsync() => new(_films.MoveNext());

    /// <inheritdoc/>
    public Film ToFilm() => _films.Current;
}
