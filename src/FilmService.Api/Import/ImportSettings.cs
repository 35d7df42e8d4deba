namespace FilmService.Api.Import;

/// <summary>How large an import may be, and how many there may be at a time.</summary>
/// <param name="MaxBytes">The most bytes of its body, as they are sent.</param>
/// <param name="MaxUnpackedBytes">The most bytes when they are unpacked.</param>
/// <param name="MaxAtOnce">The most imports that are received or carried out at a time: each may have its lines on the disk.</param>
public sealed record ImportSettings(long MaxBytes, long MaxUnpackedBytes, int MaxAtOnce)
{
    /// <summary>1 GB.</summary>
    public const long DefaultMaxBytes = 1_000_000_000;

    /// <summary>4 GB.</summary>
    public const long DefaultMaxUnpackedBytes = 4_000_000_000;

    /// <summary>More than anybody has use for: they are carried out one after the other.</summary>
    public const int DefaultMaxAtOnce = 32;
}
