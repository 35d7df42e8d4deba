using System.ComponentModel.DataAnnotations;
using FilmService.Api.Films;
using FilmService.Domain.Films;

namespace FilmService.Api.Import;

/// <summary>A line of an import: a film, or one to delete. A line of the change feed is a valid import line.</summary>
/// <remarks>Only for the API document: lines are read by <see cref="ImportLineReader"/>.</remarks>
public sealed class ImportLineArguments
{
    /// <summary>The film's id; generated if missing.</summary>
    [MinLength(1), MaxLength(FilmId.MaxLength)]
    public string? Id { get; init; }

    /// <inheritdoc cref="FilmArguments.Name"/>
    [MinLength(1), MaxLength(FilmDetails.NameMaxLength)]
    public string Name { get; init; } = "";

    /// <inheritdoc cref="FilmArguments.Year"/>
    [Range(FilmDetails.MinYear, FilmDetails.MaxYear)]
    public int Year { get; init; }

    /// <inheritdoc cref="FilmArguments.Month"/>
    [MonthName]
    public string? Month { get; init; }

    /// <summary>True to delete the film; then no other film member is allowed.</summary>
    public bool Deleted { get; init; }

    /// <summary>As in the change feed; not stored.</summary>
    public string? Revision { get; init; }

    /// <summary>As in the change feed; not stored.</summary>
    public string? At { get; init; }

    /// <summary>As in the change feed; not stored.</summary>
    public string? By { get; init; }
}
