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
    public ReadOnlySpan<byte> Name => Encoding.UTF8.GetBytes(_films.Current.Name);

    /// <inheritdoc/>
    public int Year => _films.Current.Year;

    /// <inheritdoc/>
    public Month? Month => _films.Current.Month;

    /// <inheritdoc/>
    public ValueTask<bool> MoveNextAsync() => new(_films.MoveNext());

    /// <inheritdoc/>
    public Film ToFilm() => _films.Current;
}
