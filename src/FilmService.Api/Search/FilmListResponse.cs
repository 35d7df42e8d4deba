using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FilmService.Api.Films;
using FilmService.Domain.Films;

namespace FilmService.Api.Search;

/// <summary>Films, keyed by id or as a list.</summary>
/// <remarks>Only for the API document: answers are streamed.</remarks>
public sealed class FilmListResponse;

/// <summary>A film, or those of its members that `fields` names.</summary>
/// <remarks>Only for the API document.</remarks>
public class FoundFilmResponse
{
    /// <inheritdoc cref="FilmResponse.Name"/>
    [JsonPropertyName("Name"), MinLength(1), MaxLength(FilmDetails.NameMaxLength)]
    public string Name { get; init; } = "";

    /// <inheritdoc cref="FilmResponse.Year"/>
    [JsonPropertyName("Year"), Range(FilmDetails.MinYear, FilmDetails.MaxYear)]
    public int Year { get; init; }

    /// <inheritdoc cref="FilmResponse.Month"/>
    [JsonPropertyName("Month"), MonthName]
    public string? Month { get; init; }
}

/// <summary>A film with its id, or those of its members that `fields` names.</summary>
/// <remarks>Only for the API document.</remarks>
public sealed class FoundFilmItemResponse : FoundFilmResponse
{
    /// <inheritdoc cref="FilmItemResponse.Id"/>
    [JsonPropertyName("Id"), JsonPropertyOrder(-1)]
    public required string Id { get; init; }
}
