namespace FilmService.Domain.Films;

/// <summary>All data of a film that clients can set. It is always valid.</summary>
public sealed record FilmDetails
{
    /// <summary>Maximum number of code points in a name.</summary>
    public const int NameMaxLength = 500;

    /// <summary>The earliest year of release.</summary>
    public const int MinYear = 1870;

    /// <summary>The latest year of release.</summary>
    public const int MaxYear = 2200;

    /// <exception cref="ArgumentException">An argument breaks the film's rules; requests are validated before.</exception>
    public FilmDetails(string name, int year, Month? month)
    {
        if (!IsName(name))
        {
            throw new ArgumentException("Not a film's name.", nameof(name));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(year, MinYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, MaxYear);
        if (month is < Films.Month.January or > Films.Month.December)
        {
            throw new ArgumentOutOfRangeException(nameof(month));
        }

        (Name, Year, Month) = (name.Trim(), year, month);
    }

    /// <summary>
    /// The title, without surrounding white space: 1 to 500 code points, no control characters, no lone surrogates.
    /// </summary>
    public string Name { get; }

    /// <summary>The year of release, 1870 to 2200.</summary>
    public int Year { get; }

    /// <summary>The month of release; null if it is unknown.</summary>
    public Month? Month { get; }

    /// <summary>True if the text, once trimmed, is valid as a film's name.</summary>
    public static bool IsName(string text) => text.Trim() is { Length: > 0 } name && TextRule.IsClean(name, NameMaxLength);
}
