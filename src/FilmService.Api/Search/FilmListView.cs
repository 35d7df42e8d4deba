using FilmService.Domain.Films;
using FilmService.Domain.Search;

namespace FilmService.Api.Search;

/// <summary>Which parts of a list are shown.</summary>
/// <param name="Shown">The fields of each film.</param>
/// <param name="ShowsRevision">True to show the revision of each film, from which a client makes an entity tag.</param>
/// <param name="Next">The URL of the next page; null if there is none.</param>
/// <param name="Facets">The counts of each requested facet; null if none is.</param>
public sealed record FilmListView(
    FilmFieldSet Shown, bool ShowsRevision = false, string? Next = null, IReadOnlyList<(Facet Facet, IReadOnlyList<FacetValue> Values)>? Facets = null);
