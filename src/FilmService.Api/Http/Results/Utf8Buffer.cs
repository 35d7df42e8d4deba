using System.Globalization;
using System.Text;

namespace FilmService.Api.Http.Results;

/// <summary>Text in UTF-8, as it is added. It grows as it needs to: most lists are small.</summary>
public sealed class Utf8Buffer
{
    private const int FirstLength = 512;
    private const int LongestNumber = 11;

    private byte[] _bytes = new byte[FirstLength];

    /// <summary>How many bytes it has.</summary>
    public int Length { get; private set; }

    /// <summary>What was added.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <summary>Forgets what was added.</summary>
    public void Clear() => Length = 0;

    /// <summary>Adds a text.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Free(text.Length));
        Length += text.Length;
    }

    /// <summary>Adds a character of ASCII.</summary>
    public void Add(char character)
    {
        Free(1)[0] = (byte)character;
        Length++;
    }

    /// <summary>Adds a number.</summary>
    public void Add(int number)
    {
        number.TryFormat(Free(LongestNumber), out var length, provider: CultureInfo.InvariantCulture);
        Length += length;
    }

    /// <summary>Adds a text as a string of JSON.</summary>
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

    /// <summary>Adds a text as a string of JSON.</summary>
    public void AddJson(string text) => AddJson(Encoding.UTF8.GetBytes(text));

    /// <summary>Ends an object whose members have a comma behind each of them.</summary>
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
