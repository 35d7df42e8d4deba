using System.ComponentModel.DataAnnotations;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>Marks text that is the English name of a month.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MonthNameAttribute : Attribute;

/// <summary>The film to store.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="SaveFilmRequest"/>.</remarks>
public sealed class FilmArguments
{
    /// <summary>The title, stored without surrounding white space.</summary>
    [MinLength(1), MaxLength(FilmDetails.NameMaxLength)]
    public required string Name { get; init; }

    /// <summary>The year of release; ASCII digits in a string are accepted.</summary>
    [Range(FilmDetails.MinYear, FilmDetails.MaxYear)]
    public required int Year { get; init; }

    /// <summary>The English name of the release month, in any letter case; null or missing if it is unknown.</summary>
    [MonthName]
    public string? Month { get; init; }

    /// <summary>The film's id; must equal the id in the URL.</summary>
    [MinLength(1), MaxLength(FilmId.MaxLength)]
    public string? Id { get; init; }
}

/// <summary>The film to add.</summary>
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

    /// <summary>The film's id; generated if missing.</summary>
    [MinLength(1), MaxLength(FilmId.MaxLength)]
    public string? Id { get; init; }
}

/// <summary>The members of a film to change.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="PatchFilmRequest"/>.</remarks>
public sealed class FilmChangeArguments
{
    /// <inheritdoc cref="FilmArguments.Name"/>
    [MinLength(1), MaxLength(FilmDetails.NameMaxLength)]
    public string Name { get; init; } = "";

    /// <inheritdoc cref="FilmArguments.Year"/>
    [Range(FilmDetails.MinYear, FilmDetails.MaxYear)]
    public int Year { get; init; }

    /// <summary>The English name of the release month, in any letter case; null or an empty value clears it.</summary>
    [MonthName]
    public string? Month { get; init; }

    /// <inheritdoc cref="FilmArguments.Id"/>
    [MinLength(1), MaxLength(FilmId.MaxLength)]
    public string? Id { get; init; }
}

/// <summary>The revision to restore.</summary>
/// <remarks>Only for the API document: requests are read as <see cref="RestoreFilmRequest"/>.</remarks>
public sealed class RestoreArguments
{
    /// <summary>The revision to restore, such as `k3f9-1042`.</summary>
    public required string Revision { get; init; }
}
