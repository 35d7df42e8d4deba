using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace FilmService.Load;

/// <summary>A whole HTTP/1.1 answer at the front of a buffer (RFC 9112).</summary>
internal readonly ref struct HttpAnswer
{
    public int Status { get; private init; }
    public ReadOnlySpan<byte> Etag { get; private init; }

    /// <summary>False while a part of the answer is still on its way.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, out HttpAnswer answer)
    {
        answer = default;
        var headLength = received.IndexOf("\r\n\r\n"u8) + 4;
        if (headLength < 4)
        {
            return false;
        }

        var head = received[..headLength];
        answer = new HttpAnswer { Status = ReadStatus(head), Etag = Field(head, "\r\netag:"u8) };
        return IsWhole(answer.Status, head, received[headLength..]);
    }

    private static int ReadStatus(ReadOnlySpan<byte> head) =>
        head.StartsWith("HTTP/1.1 "u8) && Utf8Parser.TryParse(head.Slice(9, 3), out int status, out _)
            ? status
            : throw new LoadException($"not an HTTP/1.1 answer: {Encoding.UTF8.GetString(head)}");

    private static bool IsWhole(int status, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (status is 204 or 304)
        {
            return body.IsEmpty;
        }

        var length = Field(head, "\r\ncontent-length:"u8);
        return length.IsEmpty
            ? body.SequenceEqual("0\r\n\r\n"u8) || body.EndsWith("\r\n0\r\n\r\n"u8)
            : body.Length == int.Parse(length, CultureInfo.InvariantCulture);
    }

    /// <summary>A field's value, or nothing. <paramref name="name"/> is in lower case, from its CRLF to its colon.</summary>
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        for (var line = head; ;)
        {
            var start = line.IndexOf("\r\n"u8);
            if (start < 0 || line.Length - start < name.Length)
            {
                return [];
            }

            line = line[start..];
            if (Ascii.EqualsIgnoreCase(line[..name.Length], name))
            {
                var value = line[name.Length..];
                return value[..value.IndexOf("\r\n"u8)].Trim((byte)' ');
            }

            line = line[2..];
        }
    }
}
