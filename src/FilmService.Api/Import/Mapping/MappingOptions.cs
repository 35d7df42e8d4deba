using FilmService.Domain.Films;

namespace FilmService.Api.Import.Mapping;

/// <summary>Which of a year and a release date counts if they differ.</summary>
internal enum PreferredDate
{
    /// <summary>Neither: it is an error.</summary>
    None,

    Year,
    Date,
}

/// <summary>How the films of a file are mapped.</summary>
internal sealed record MappingOptions
{
    /// <summary>The latest release date in the file, as far as the user knows; null if unknown.</summary>
    public DateOnly? Latest { get; init; }

    public PreferredDate Prefer { get; init; }

    /// <summary>The kinds of entries to import; null for all that may be films.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    public ColumnChoice Columns { get; init; } = ColumnChoice.None;

    /// <summary>The character between the values of a CSV file; null to find it by looking.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The columns that a CSV file needs.</summary>
    public IReadOnlyList<FilmField> Required { get; init; } = FilmFields.Required;

    /// <summary>What to do about a year and a date that differ, for messages.</summary>
    public string HintForPrefer { get; init; } = "Use --prefer year or --prefer date.";
}
