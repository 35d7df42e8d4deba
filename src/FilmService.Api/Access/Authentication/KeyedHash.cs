using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Stands for a text in memory without giving it away: an HMAC with a key that no one has outside this process, cut to 128 bits.
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
