using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Import;

/// <summary>Limits on the size and number of imports.</summary>
/// <param name="MaxBytes">Maximum size of the body in bytes, as sent.</param>
/// <param name="MaxUnpackedBytes">Maximum size in bytes after decompression.</param>
/// <param name="MaxAtOnce">Maximum number of imports that are being received or applied: each may have its lines on disk.</param>
public sealed record ImportSettings(long MaxBytes, long MaxUnpackedBytes, int MaxAtOnce)
{
    private const long GB = 1_000_000_000;

    // The upper limit is more than anybody needs, because imports are applied one after the other.
    internal static ImportSettings Read(SettingsReader reader) => new(
        reader.OptionalWhole("Imports:MaxBytes", 1, 1000 * GB) ?? GB,
        reader.OptionalWhole("Imports:MaxUnpackedBytes", 1, 1000 * GB) ?? 4 * GB,
        (int)(reader.OptionalWhole("Imports:MaxAtOnce", 1, 10_000) ?? 32));
}
