using System.Text.Json.Serialization;
using AutoMapper;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>A film as the original program wrote it.</summary>
public class FilmResponse
{
    [JsonPropertyName("Name")]
    public required string Name { get; init; }

    [JsonPropertyName("Year")]
    public required int Year { get; init; }

    [JsonPropertyName("Month")]
    public required string? Month { get; init; }
}

/// <summary>A film with its id.</summary>
public sealed class FilmItemResponse : FilmResponse
{
    [JsonPropertyName("Id"), JsonPropertyOrder(-1)]
    public required string Id { get; init; }
}

public sealed class FilmMappingProfile : Profile
{
    public FilmMappingProfile()
    {
        CreateMap<Film, FilmResponse>();
        CreateMap<Film, FilmItemResponse>();
        CreateMap<FilmId, string>().ConvertUsing(id => id.Value);
        CreateMap<Month, string>().ConvertUsing(month => month.ToName());
    }
}
