using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;

namespace FilmService.Api.Ui.Assets;

/// <summary>
/// The scripts and the style, which the program contains. Their addresses contain a hash, so that a browser keeps them until they
/// change. They are read when the first page needs them.
/// </summary>
public sealed class UiAssets
{
    private const int HashLength = 8;

    private readonly Lazy<Dictionary<string, UiAsset>> _all = new(() => new[]
    {
        Read("htmx-4.0.1.min.js", "text/javascript"), Read("ui.js", "text/javascript"), Read("ui.css", "text/css"), Read("admin.js", "text/javascript"), Read("admin.css", "text/css"),
    }.ToDictionary(asset => asset.Address));

    private readonly ConcurrentDictionary<string, string> _addresses = new();

    /// <summary>The address of a file.</summary>
    public string AddressOf(string file) => _addresses.GetOrAdd(file, name => $"{UiSettings.Root}/assets/{_all.Value.Values.Single(asset => asset.File == name).Address}");

    /// <summary>The asset at an address; null if there is none.</summary>
    internal UiAsset? Find(string address) => _all.Value.GetValueOrDefault(address);

    private static UiAsset Read(string file, string type)
    {
        using var stream = typeof(UiAssets).Assembly.GetManifestResourceStream($"ui/{file}")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashLength];
        return new UiAsset(file, $"{hash}-{file}", type + "; charset=utf-8", bytes, new Lazy<byte[]>(() => Gzip.Compress(bytes, CompressionLevel.SmallestSize)));
    }
}

/// <param name="File">Its name in the program.</param>
/// <param name="Address">Its name in its address.</param>
/// <param name="Compressed">Its bytes, compressed with gzip.</param>
internal sealed record UiAsset(string File, string Address, string Type, byte[] Bytes, Lazy<byte[]> Compressed);
