using System.Buffers.Binary;
using System.Text.Unicode;
using FilmService.Domain.Search;
using Microsoft.AspNetCore.WebUtilities;

namespace FilmService.Api.Search;

/// <summary>
/// A position in an order, as text for a URL: the mark of its filter and sort, then the position's values. It does not depend on
/// the film still existing, so it stays valid across writes and restarts.
/// </summary>
internal static class PageCursor
{
    /// <summary>The length of a mark in bytes.</summary>
    public const int FingerprintLength = 8;

    private const int MaxLength = 1 << 16;

    public static string Write(FilmPosition place, byte[] mark)
    {
        var bytes = new List<byte>(mark);
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (var value in place.Values)
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value.Bytes.IsEmpty ? value.Number : value.Bytes.Length);
            bytes.AddRange(number);
            bytes.AddRange(value.Bytes.Span);
        }

        return WebEncoders.Base64UrlEncode([.. bytes]);
    }

    /// <summary>The position; null if it was not written for this order and mark.</summary>
    public static FilmPosition? Read(string text, FilmOrder order, byte[] mark)
    {
        if (text.Length > MaxLength || Decode(text) is not { } bytes || !bytes.AsSpan().StartsWith(mark))
        {
            return null;
        }

        var (values, rest) = (new List<SortValue>(), bytes.AsMemory(mark.Length));
        foreach (var term in order.Keys)
        {
            if (ReadValue(term.Key, ref rest) is not { } value)
            {
                return null;
            }

            values.Add(value);
        }

        return rest.IsEmpty ? new FilmPosition(values) : null;
    }

    private static SortValue? ReadValue(SortKey key, ref Memory<byte> rest)
    {
        if (rest.Length < sizeof(long))
        {
            return null;
        }

        var number = BinaryPrimitives.ReadInt64BigEndian(rest.Span);
        rest = rest[sizeof(long)..];
        if (key is not (SortKey.Id or SortKey.Name))
        {
            return new SortValue(number);
        }

        if (number < 1 || number > rest.Length || (key is SortKey.Name && !Utf8.IsValid(rest.Span[..(int)number])))
        {
            return null;
        }

        var bytes = rest[..(int)number];
        rest = rest[(int)number..];
        return new SortValue(0, bytes);
    }

    private static byte[]? Decode(string text)
    {
        try
        {
            return WebEncoders.Base64UrlDecode(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
