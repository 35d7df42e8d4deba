using FilmService.Domain.Films;

namespace FilmService.Domain.Search;

/// <summary>The conditions that a film must meet: all that are not null. Names are normalised on both sides.</summary>
public sealed record FilmFilter
{
    /// <summary>Matches every film.</summary>
    public static readonly FilmFilter None = new();

    /// <summary>The film has one of these ids.</summary>
    public IReadOnlyCollection<FilmId>? Ids { get; init; }

    /// <summary>The normalised name is one of these.</summary>
    public IReadOnlyCollection<string>? Names { get; init; }

    /// <summary>The normalised name begins with this.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>The normalised name contains this.</summary>
    public string? NamePart { get; init; }

    /// <summary>The film was released in this time.</summary>
    public ReleasePeriods? Released { get; init; }

    /// <summary>The month is one of these; null stands for an unknown month.</summary>
    public IReadOnlyCollection<Month?>? Months { get; init; }

    /// <summary>The name contains these words.</summary>
    public SearchTerms? Words { get; init; }

    /// <summary>True if every film matches.</summary>
    public bool IsEmpty => this == None;

    /// <summary>True if it compares names.</summary>
    public bool DependsOnNames => Names is not null || NamePrefix is not null || NamePart is not null || Words is not null;

    /// <summary>True if it depends on the time of release alone.</summary>
    public bool IsByRelease => this == None with { Released = Released, Months = Months };

    /// <summary>The one definition of what matches; a database must give the same results.</summary>
    public bool Matches(Film film) => Matches(film, SearchableName.Of(film.Name));

    /// <summary>The same, for a film whose name has been normalised already.</summary>
    public bool Matches(Film film, SearchableName name) =>
        Ids?.Contains(film.Id) is not false
            && Names?.Contains(name.Normalized) is not false
            && (NamePrefix is null || name.Normalized.StartsWith(NamePrefix, StringComparison.Ordinal))
            && (NamePart is null || name.Normalized.Contains(NamePart, StringComparison.Ordinal))
            && Released?.Contains(ReleasePeriods.CodeOf(film.Year, film.Month)) is not false
            && Months?.Contains(film.Month) is not false
            && (Words is null || Words.Match(name) is not null);
}
