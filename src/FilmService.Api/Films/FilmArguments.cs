using System.ComponentModel.DataAnnotations;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>Marks text that is the English name of a month.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MonthNameAttribute : Attribute;

/// <summary>A film to be stored.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="SaveFilmRequest"/>.</remarks>
public sealed class FilmArguments
{
    /// <summary>The title, stored without white space around it.</summary>
    [MinLength(1), MaxLength(FilmDetails.NameMaxLength)]
    public required string Name { get; init; }

    /// <summary>The year of release; ASCII digits in a string will do.</summary>
    [Range(FilmDetails.MinYear, FilmDetails.MaxYear)]
    public required int Year { get; init; }

    /// <summary>The English name of the month of release, in any letter case; null or nothing when it is not known.</summary>
    [MonthName]
    public string? Month { get; init; }

    /// <summary>The film's id again; it must be the address's.</summary>
    [MinLength(1), MaxLength(FilmId.MaxLength)]
    public string? Id { get; init; }
}

/// <summary>A film to be added.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="AddFilmRequest"/>.</remarks>
public sealed class NewFilmArguments
{
    /// <inheritdoc cref="FilmArguments.Name"/>
    [MinLength(1), MaxLength(FilmDetails.NameMaxLength)]
    public required string Name { get; init; }

    /// <inheritdoc cref="FilmArguments.Year"/>
    [Range(FilmDetails.MinYear, FilmDetails.MaxYear)]
    public required int Year { get; init; }

    /// <inheritdoc cref="FilmArguments.Month"/>
    [MonthName]
    public string? Month { get; init; }

    /// <summary>An id of its own; without it the film gets one.</summary>
    [MinLength(1), MaxLength(FilmId.MaxLength)]
    public string? Id { get; init; }
}

/// <summary>What of a film is to be changed.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="PatchFilmRequest"/>.</remarks>
public sealed class FilmChangeArguments
{
    /// <inheritdoc cref="FilmArguments.Name"/>
    [MinLength(1), MaxLength(FilmDetails.NameMaxLength)]
    public string Name { get; init; } = "";

    /// <inheritdoc cref="FilmArguments.Year"/>
    [Range(FilmDetails.MinYear, FilmDetails.MaxYear)]
    public int Year { get; init; }

    /// <summary>The English name of the month of release, in any letter case; null or nothing clears it.</summary>
    [MonthName]
    public string? Month { get; init; }

    /// <inheritdoc cref="FilmArguments.Id"/>
    [MinLength(1), MaxLength(FilmId.MaxLength)]
    public string? Id { get; init; }
}

/// <summary>What a film shall be again.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="RestoreFilmRequest"/>.</remarks>
public sealed class RestoreArguments
{
    /// <summary>The revision at which the film was so, such as `k3f9-1042`.</summary>
    public required string Revision { get; init; }
}
