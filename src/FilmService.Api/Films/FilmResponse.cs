using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using AutoMapper;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>A film as the original program wrote it.</summary>
public class FilmResponse
{
    /// <summary>The title.</summary>
    [JsonPropertyName("Name"), MinLength(1), MaxLength(FilmDetails.NameMaxLength)]
    public required string Name { get; init; }

    /// <summary>The year of release.</summary>
    [JsonPropertyName("Year"), Range(FilmDetails.MinYear, FilmDetails.MaxYear)]
    public required int Year { get; init; }

    /// <summary>The English name of the release month; null if it is unknown.</summary>
    [JsonPropertyName("Month"), MonthName]
    public required string? Month { get; init; }
}

/// <summary>A film with its id.</summary>
public sealed class FilmItemResponse : FilmResponse
{
    /// <summary>The film's id.</summary>
    [JsonPropertyName("Id"), JsonPropertyOrder(-1)]
    public required string Id { get; init; }
}

/// <summary>How a film becomes an answer.</summary>
public sealed class FilmMappingProfile : Profile
{
    /// <summary>Sets up the map.</summary>
    public FilmMappingProfile()
    {
        CreateMap<Film, FilmResponse>();
        CreateMap<Film, FilmItemResponse>();
        CreateMap<FilmId, string>().ConvertUsing(id => id.Value);
        CreateMap<Month, string>().ConvertUsing(month => month.ToName());
    }
}
