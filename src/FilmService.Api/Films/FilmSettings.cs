using FilmService.Api.Hosting.Settings;
using FilmService.Domain.Films;

namespace FilmService.Api.Films;

/// <summary>The catalogue's rules, and the licence for mapping films to responses.</summary>
/// <param name="AutoMapperLicenceKey">The licence key of AutoMapper; null for none.</param>
internal sealed record FilmSettings(CatalogRules Rules, string? AutoMapperLicenceKey)
{
    public static FilmSettings Read(SettingsReader reader) => new(
        new CatalogRules(reader.Flag("Films:RequireIfMatch", false), reader.OptionalWhole("Films:RequireLimitAbove", 0, long.MaxValue) ?? 100_000),
        reader.Text("AutoMapper:LicenseKey", "") is { Length: > 0 } key ? key : null);
}
