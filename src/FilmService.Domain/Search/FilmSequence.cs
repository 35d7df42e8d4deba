using System.Text;
using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

/// <summary>Reads films that are in memory.</summary>
public sealed class FilmSequence(IEnumerable<Film> films) : IFilmReader
{
    private readonly IEnumerator<Film> _films = films.GetEnumerator();

    public ReadOnlySpan<byte> Id => Encoding.UTF8.GetBytes(_films.Current.Id.Value);

    public FieldBytes ValueOf(FilmField field) => FieldBytes.Of(field.Of(_films.Current.Details));

    public Revision Revision => _films.Current.Revision;

    public ValueTask<bool> MoveNextAsync() => new(_films.MoveNext());

    public Film ToFilm() => _films.Current;
}
