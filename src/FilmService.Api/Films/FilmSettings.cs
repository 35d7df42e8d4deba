using FilmService.Api.Hosting.Settings;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>What the owner asks of requests, and how films become answers.</summary>
/// <param name="Rules">The rules of the catalogue.</param>
/// <param name="AutoMapperLicenceKey">The licence of AutoMapper; null for none.</param>
internal sealed record FilmSettings(CatalogRules Rules, string? AutoMapperLicenceKey)
{
    public static FilmSettings Read(SettingsReader reader) => new(
        new CatalogRules(reader.Flag("Films:RequireIfMatch", false), reader.OptionalWhole("Films:RequireLimitAbove", 0, long.MaxValue) ?? 100_000),
        reader.Text("AutoMapper:LicenseKey", "") is { Length: > 0 } key ? key : null);
}
