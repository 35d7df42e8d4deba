using FilmService.Domain.Films;

namespace FilmService.Api.Search;

/// <summary>Which parts of a list are shown.</summary>
/// <param name="Shown">The fields of each film.</param>
/// <param name="Next">The URL of the next page; null if there is none.</param>
public sealed record FilmListView(FilmFieldSet Shown, string? Next);
