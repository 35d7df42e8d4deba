using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Api.Ui.Lists;

/// <param name="Changed">The film's last change; null if it is not known.</param>
public sealed record FilmRow(Film Film, FilmChange? Changed);

/// <summary>A page of a list.</summary>
/// <param name="Next">The cursor of the next page; null if there is none.</param>
/// <param name="Counts">How many films there are; null if it takes long to count them.</param>
/// <param name="HasJson">False if the catalogue is too large for all of the list as JSON.</param>
public sealed record FilmRows(IReadOnlyList<FilmRow> Films, string? Next, ListCounts? Counts, Revision Revision, bool HasJson);

/// <summary>How many films a list has.</summary>
/// <param name="Matching">The number of films in the list.</param>
/// <param name="Total">The number of films in the catalogue.</param>
/// <param name="Releases">The number of films of each month; null if it takes long to count them.</param>
public sealed record ListCounts(long Matching, long Total, IReadOnlyList<ReleaseCount>? Releases);
