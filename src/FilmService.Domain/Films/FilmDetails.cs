namespace FilmService.Domain.Films;

/// <summary>Everything that a client may say of a film. It is always valid.</summary>
public sealed record FilmDetails
{
    /// <summary>The most code points that a name has.</summary>
    public const int NameMaxLength = 500;

    /// <summary>The first year that a film can have.</summary>
    public const int MinYear = 1870;

    /// <summary>The last year that a film can have.</summary>
    public const int MaxYear = 2200;

    /// <exception cref="ArgumentException">An argument breaks the film's rules; a request is checked before.</exception>
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

    /// <summary>The title, without white space around it: 1 to 500 code points, no control characters, no lone surrogates.</summary>
    public string Name { get; }

    /// <summary>The year of release, 1870 to 2200.</summary>
    public int Year { get; }

    /// <summary>The month of release; null when it is not known.</summary>
    public Month? Month { get; }

    /// <summary>True when the text, trimmed, can be a film's name.</summary>
    public static bool IsName(string text) => text.Trim() is { Length: > 0 } name && TextRule.IsClean(name, NameMaxLength);
}
