using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.RateLimiting;

/// <summary>How many requests are answered.</summary>
/// <param name="Enabled">False for as many as come.</param>
/// <param name="PermitsPerMinute">The most of one caller, or of one address without log-in, in a minute.</param>
public sealed record RateLimitSettings(bool Enabled, int PermitsPerMinute)
{
    internal static RateLimitSettings Read(SettingsReader reader) => new(
        reader.Flag("RateLimits:Enabled", !reader.Environment.IsDevelopment()),
        (int)(reader.OptionalWhole("RateLimits:PermitsPerMinute", 1, 1_000_000) ?? 600));
}
