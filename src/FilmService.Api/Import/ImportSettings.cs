using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Import;

/// <summary>How large an import may be, and how many there may be at a time.</summary>
/// <param name="MaxBytes">The most bytes of its body, as they are sent.</param>
/// <param name="MaxUnpackedBytes">The most bytes when they are unpacked.</param>
/// <param name="MaxAtOnce">The most imports that are received or carried out at a time: each may have its lines on the disk.</param>
public sealed record ImportSettings(long MaxBytes, long MaxUnpackedBytes, int MaxAtOnce)
{
    private const long GB = 1_000_000_000;

    // At once: more than anybody has use for, because they are carried out one after the other.
    internal static ImportSettings Read(SettingsReader reader) => new(
        reader.OptionalWhole("Imports:MaxBytes", 1, 1000 * GB) ?? GB,
        reader.OptionalWhole("Imports:MaxUnpackedBytes", 1, 1000 * GB) ?? 4 * GB,
        (int)(reader.OptionalWhole("Imports:MaxAtOnce", 1, 10_000) ?? 32));
}
