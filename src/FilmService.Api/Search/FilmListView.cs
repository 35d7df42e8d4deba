using FilmService.Domain.Films;

namespace FilmService.Api.Search;

/// <summary>Which parts of a list are shown.</summary>
/// <param name="Shown">The fields of each film.</param>
/// <param name="ShowsRevision">True to show the revision of each film, from which a client makes an entity tag.</param>
/// <param name="Next">The URL of the next page; null if there is none.</param>
public sealed record FilmListView(FilmFieldSet Shown, bool ShowsRevision = false, string? Next = null);
