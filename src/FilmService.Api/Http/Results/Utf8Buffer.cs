using System.Globalization;
using System.Text;

namespace FilmService.Api.Http.Results;

/// <summary>A growing buffer of UTF-8 text. It starts small, because most lists are.</summary>
public sealed class Utf8Buffer
{
    private const int FirstLength = 512;
    private const int LongestNumber = 20;

    private byte[] _bytes = new byte[FirstLength];

    /// <summary>Number of bytes.</summary>
    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Free(text.Length));
        Length += text.Length;
    }

    /// <summary>Appends an ASCII character.</summary>
    public void Add(char character)
    {
        Free(1)[0] = (byte)character;
        Length++;
    }

    public void Add(long number)
    {
        number.TryFormat(Free(LongestNumber), out var length, provider: CultureInfo.InvariantCulture);
        Length += length;
    }

    /// <summary>Appends UTF-8 text as a JSON string.</summary>
    public void AddJson(ReadOnlySpan<byte> text)
    {
        Add('"');
        if (text.IndexOfAny((byte)'"', (byte)'\\') < 0 && !text.ContainsAnyInRange((byte)0, (byte)0x1F))
        {
            Add(text);
        }
        else
        {
            var encoder = Json.Options.Encoder!;
            encoder.EncodeUtf8(text, Free(text.Length * encoder.MaxOutputCharactersPerInputCharacter), out _, out var length);
            Length += length;
        }

        Add('"');
    }

    /// <summary>Appends text as a JSON string.</summary>
    public void AddJson(string text) => AddJson(Encoding.UTF8.GetBytes(text));

    /// <summary>Ends an object each of whose members was written with a trailing comma.</summary>
    public void EndObject()
    {
        Length -= _bytes[Length - 1] == ',' ? 1 : 0;
        Add('}');
    }

    private Span<byte> Free(int length)
    {
        if (_bytes.Length - Length < length)
        {
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + length));
        }

        return _bytes.AsSpan(Length);
    }
}
