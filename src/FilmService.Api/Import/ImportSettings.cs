namespace FilmService.Api.Import;

/// <summary>How large an import may be.</summary>
/// <param name="MaxBytes">The most bytes of its body, as they are sent.</param>
/// <param name="MaxUnpackedBytes">The most bytes when they are unpacked.</param>
public sealed record ImportSettings(long MaxBytes, long MaxUnpackedBytes)
{
    /// <summary>1 GB.</summary>
    public const long DefaultMaxBytes = 1_000_000_000;

    /// <summary>4 GB.</summary>
    public const long DefaultMaxUnpackedBytes = 4_000_000_000;
}
