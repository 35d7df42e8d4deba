namespace FilmService.Domain.Films;

/// <summary>Some of what a film says, to be changed; what is null stays as it is.</summary>
/// <param name="Name">The new name.</param>
/// <param name="Year">The new year.</param>
/// <param name="Month">The new month.</param>
public sealed record FilmPatch(string? Name, int? Year, MonthChange? Month)
{
    /// <summary>The film with the changes.</summary>
    /// <exception cref="ArgumentException">A value breaks the film's rules; a request is checked before.</exception>
    public FilmDetails ApplyTo(FilmDetails details) =>
        new(Name ?? details.Name, Year ?? details.Year, Month is { } change ? change.To : details.Month);

    /// <summary>The film that it says by itself; null when it has no name or no year.</summary>
    /// <exception cref="ArgumentException">A value breaks the film's rules; a request is checked before.</exception>
    public FilmDetails? ToDetails() => Name is null || Year is null ? null : new FilmDetails(Name, Year.Value, Month?.To);
}

/// <summary>A new month.</summary>
/// <param name="To">The month; null when it is no longer known.</param>
public readonly record struct MonthChange(Month? To);
