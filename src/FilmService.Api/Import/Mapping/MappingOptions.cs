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

    /// <summary>Receives how the file was read; null if nobody looks.</summary>
    public TableSample? Sample { get; init; }

    /// <summary>The options as the user knows them.</summary>
    public MappingHints Hints { get; init; } = MappingHints.Command;
}

/// <summary>What to do about a file that cannot be read as it is, for messages.</summary>
/// <param name="Prefer">About a year and a date that differ.</param>
/// <param name="Encoding">About bytes that are not UTF-8.</param>
/// <param name="Column">About a column that is missing, by the argument of its field.</param>
internal sealed record MappingHints(string Prefer, string Encoding, Func<string, string> Column)
{
    public static readonly MappingHints Command = new(
        "Use --prefer year or --prefer date.",
        "Say what it is with --encoding, such as --encoding windows-1252.",
        column => $"Say which one it is with --{column}-column, and see --delimiter if the columns are not separated.");
}
