using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FilmService.Domain.Access;

/// <summary>
/// Secrets that the service makes: a prefix, and 256 random bits with a checksum of 32 as 48 characters of base64url
/// (RFC 4648 §5). The checksum tells a misspelt secret, or a scanner of leaked ones, without a look-up. They are random
/// through and through, so one round of SHA-256 keeps them safe at rest.
/// </summary>
public static class Secret
{
    /// <summary>Begins an API key.</summary>
    public const string ApiKeyPrefix = "fsk_";

    /// <summary>Begins an OAuth client's secret.</summary>
    public const string ClientPrefix = "fcs_";

    private const int RandomBytes = 32;
    private const int ChecksumBytes = 4;
    private const string IdAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int IdLength = 16;

    /// <summary>A new secret.</summary>
    public static string Create(string prefix)
    {
        var bytes = new byte[RandomBytes + ChecksumBytes];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, RandomBytes));
        SHA256.HashData(bytes.AsSpan(0, RandomBytes)).AsSpan(0, ChecksumBytes).CopyTo(bytes.AsSpan(RandomBytes));
        return prefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>A new id, which is no secret.</summary>
    public static string CreateId() => RandomNumberGenerator.GetString(IdAlphabet, IdLength);

    /// <summary>True when the text could be a secret of this prefix: its form and its checksum are right.</summary>
    public static bool IsWellFormed(string text, string prefix)
    {
        Span<byte> bytes = stackalloc byte[RandomBytes + ChecksumBytes];
        return text.StartsWith(prefix, StringComparison.Ordinal)
            && text.Length == prefix.Length + Base64Url.GetEncodedLength(bytes.Length)
            && Base64Url.IsValid(text.AsSpan(prefix.Length))
            && Base64Url.TryDecodeFromChars(text.AsSpan(prefix.Length), bytes, out var length) && length == bytes.Length
            && SHA256.HashData(bytes[..RandomBytes]).AsSpan(0, ChecksumBytes).SequenceEqual(bytes[RandomBytes..]);
    }

    /// <summary>What is kept of a secret.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
