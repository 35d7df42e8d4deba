using FilmService.Domain.Films;

namespace FilmService.Api.Search;

/// <summary>What of a list is shown.</summary>
/// <param name="Shown">The fields of each film.</param>
/// <param name="Next">The address of the next page; null when there is none.</param>
public sealed record FilmListView(FilmFieldSet Shown, string? Next);
