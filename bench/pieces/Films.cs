using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;

namespace FilmService.Pieces;

/// <summary>The films that the pieces work on.</summary>
internal static class Films
{
    public static readonly Film Avengers = new(FilmId.Generated(1), new FilmDetails("Avengers: Infinity War", 2018, Month.March), new Revision("k3f9x2", 1));
}
