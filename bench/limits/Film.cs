namespace FilmService.Limits;

/// <summary>A film as it is answered.</summary>
public sealed record Film(string Name, int Year, string? Month);

/// <summary>A film as it is sent.</summary>
public sealed record SaveFilmRequest(string Name, int Year, string? Month);

/// <summary>A film with the ETag of its last change.</summary>
public sealed record StoredFilm(Film Film, string Etag);
