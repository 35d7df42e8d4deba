using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Import;

/// <summary>Limits on the size and number of imports.</summary>
public sealed record ImportSettings
{
    private const long GB = 1_000_000_000;

    /// <summary>Maximum size of the body in bytes, as sent.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Maximum size in bytes after decompression.</summary>
    public required long MaxUnpackedBytes { get; init; }

    /// <summary>Maximum number of lines, blank ones included, or of elements of an array.</summary>
    public required long MaxLines { get; init; }

    /// <summary>Maximum number of imports that are being received or applied: each may have its lines on disk.</summary>
    public required int MaxAtOnce { get; init; }

    /// <summary>Maximum number of them from one caller, or from one address without a login.</summary>
    public required int MaxAtOncePerCaller { get; init; }

    // The upper limits are more than anybody needs, because imports are applied one after the other.
    internal static ImportSettings Read(SettingsReader reader) => new()
    {
        MaxBytes = reader.OptionalWhole("Imports:MaxBytes", 1, 1000 * GB) ?? GB,
        MaxUnpackedBytes = reader.OptionalWhole("Imports:MaxUnpackedBytes", 1, 1000 * GB) ?? 4 * GB,
        MaxLines = reader.OptionalWhole("Imports:MaxLines", 1, GB) ?? 5_000_000,
        MaxAtOnce = (int)(reader.OptionalWhole("Imports:MaxAtOnce", 1, 10_000) ?? 32),
        MaxAtOncePerCaller = (int)(reader.OptionalWhole("Imports:MaxAtOncePerCaller", 1, 10_000) ?? 8),
    };
}
