using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.RateLimiting;

/// <param name="Enabled">False for no limit.</param>
/// <param name="PermitsPerMinute">Maximum number of requests per minute of one caller, or of one address without login.</param>
public sealed record RateLimitSettings(bool Enabled, int PermitsPerMinute)
{
    internal static RateLimitSettings Read(SettingsReader reader) => new(
        reader.Flag("RateLimits:Enabled", !reader.Environment.IsDevelopment()),
        (int)(reader.OptionalWhole("RateLimits:PermitsPerMinute", 1, 1_000_000) ?? 600));
}
