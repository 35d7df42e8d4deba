using System.Text;
using FilmService.Domain.Films;

namespace FilmService.Infrastructure.Caching;

/// <summary>
/// A film's fields as bytes. Each begins with a number of 7 bits a byte: 0 for none, else 1 and, above it, the field's number or
/// the length of its text, which follows in UTF-8.
/// </summary>
internal static class FilmBytes
{
    /// <summary>How many bytes a film takes.</summary>
    public static int LengthOf(FilmDetails film)
    {
        var length = 0;
        foreach (var field in FilmFields.All)
        {
            var value = field.Of(film);
            var text = value.Text is null ? 0 : Encoding.UTF8.GetByteCount(value.Text);
            length += text + LengthOf(Head(value, text));
        }

        return length;
    }

    public static void Write(FilmDetails film, Span<byte> to)
    {
        foreach (var field in FilmFields.All)
        {
            var value = field.Of(film);
            var head = Head(value, value.Text is null ? 0 : Encoding.UTF8.GetByteCount(value.Text));
            for (; head >= 0x80; head >>= 7, to = to[1..])
            {
                to[0] = (byte)(head | 0x80);
            }

            to[0] = (byte)head;
            to = to[(1 + Encoding.UTF8.GetBytes(value.Text ?? "", to[1..]))..];
        }
    }

    public static FilmDetails Read(ReadOnlySpan<byte> bytes) => FilmFields.ToDetails(new Source(bytes));

    private static ulong Head(FieldValue value, int textLength) => value.Kind switch
    {
        FieldValueKind.Text => ((ulong)textLength << 1) | 1,
        FieldValueKind.Number => ((ulong)(uint)value.Number << 1) | 1,
        _ => 0,
    };

    private static int LengthOf(ulong head)
    {
        var length = 1;
        for (; head >= 0x80; head >>= 7)
        {
            length++;
        }

        return length;
    }

    private ref struct Source(ReadOnlySpan<byte> bytes) : IFieldSource
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public FieldValue ValueOf(FilmField field)
        {
            var head = ReadHead();
            if (head == 0)
            {
                return FieldValue.Null;
            }

            var number = (int)(uint)(head >> 1);
            return field.Kind is FilmFieldKind.Text ? Encoding.UTF8.GetString(Take(number)) : number;
        }

        private ulong ReadHead()
        {
            var (head, shift) = (0UL, 0);
            while (true)
            {
                var part = Take(1)[0];
                head |= (ulong)(part & 0x7Fu) << shift;
                if (part < 0x80)
                {
                    return head;
                }

                shift += 7;
            }
        }

        private ReadOnlySpan<byte> Take(int length)
        {
            var taken = _rest[..length];
            _rest = _rest[length..];
            return taken;
        }
    }
}
