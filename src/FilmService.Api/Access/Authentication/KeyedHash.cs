using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Represents a secret in memory without revealing it: an HMAC with a key that exists only in this process, truncated to 128
/// bits.
/// </summary>
internal static class KeyedHash
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static UInt128 Of(string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
