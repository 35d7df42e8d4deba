using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace FilmService.Api.Import.Reading;

/// <summary>Reads the elements of a JSON array. Each is delimited by its brackets and commas; its content is for its own parser to judge.</summary>
/// <param name="maxLength">Maximum number of bytes of an element. A longer one is skipped without being kept.</param>
/// <param name="rule">The message if it is not an array.</param>
internal sealed class JsonArrayReader(Stream stream, int maxLength, string rule) : IJsonRecordReader
{
    private static readonly SearchValues<byte> Space = SearchValues.Create(" \t\r\n"u8);

    // A BOM is allowed before JSON.
    private static readonly SearchValues<byte> SpaceOrMark = SearchValues.Create([.. " \t\r\n"u8, .. Encoding.UTF8.Preamble]);

    private readonly ByteWindow _window = new(stream);
    private long _line = 1;
    private bool _isTooLong;
    private bool _isOpen;
    private bool _isClosed;

    public long Line { get; private set; }

    public long Number { get; private set; }

    public ReadOnlyMemory<byte> Json { get; private set; }

    public string? Fault => _isTooLong ? $"The element is longer than {maxLength:N0} bytes."
        : Utf8.IsValid(Json.Span) ? null
        : "The element is not valid UTF-8.";

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await OpenAsync(cancellationToken);
        }

        if (_isClosed || !await BeginElementAsync(cancellationToken))
        {
            await CheckEndAsync(cancellationToken);
            return false;
        }

        await ReadElementAsync(cancellationToken);
        Number++;
        return true;
    }

    private async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (await SkipSpaceAsync(cancellationToken) != '[')
        {
            throw Unreadable(rule);
        }

        Take(1);
        _isOpen = true;
    }

    // Returns false at the end of an empty array; a comma must have an element on both sides.
    private async ValueTask<bool> BeginElementAsync(CancellationToken cancellationToken)
    {
        var first = await SkipSpaceAsync(cancellationToken);
        if (first == ']' && Number == 0)
        {
            Take(1);
            return false;
        }

        Line = _line;
        return first is not ((byte)',' or (byte)']') ? true : throw Unreadable($"There is an extra comma after element {Number}.");
    }

    private async ValueTask ReadElementAsync(CancellationToken cancellationToken)
    {
        var (scan, scanned, end) = (new JsonElementScan(), 0, -1);
        _isTooLong = false;
        while ((end = scan.FindEnd(_window.Bytes.Span[scanned..])) < 0)
        {
            scanned = _window.Bytes.Length;
            if (_window.IsEnd)
            {
                throw Unreadable("The array is truncated.");
            }

            if (scanned > maxLength)
            {
                _isTooLong = true;
                Take(scanned);
                scanned = 0;
            }

            await _window.FillAsync(cancellationToken);
        }

        var length = scanned + end;
        _isTooLong |= length > maxLength;
        Json = _window.Bytes[..length];
        _isClosed = _window.Bytes.Span[length] == ']';
        Take(length + 1);
    }

    private async ValueTask CheckEndAsync(CancellationToken cancellationToken)
    {
        if (await SkipSpaceAsync(cancellationToken) is not null)
        {
            throw Unreadable("There is data after the end of the array.");
        }
    }

    // Returns the first byte that is not white space; null at the end.
    private async ValueTask<byte?> SkipSpaceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var bytes = _window.Bytes.Span;
            var space = bytes.IndexOfAnyExcept(_isOpen ? Space : SpaceOrMark);
            var first = space < 0 ? default(byte?) : bytes[space];
            Take(space < 0 ? bytes.Length : space);
            if (first is not null || _window.IsEnd)
            {
                return first;
            }

            await _window.FillAsync(cancellationToken);
        }
    }

    private void Take(int count)
    {
        _line += _window.Bytes.Span[..count].Count((byte)'\n');
        _window.Take(count);
    }

    private UnreadableException Unreadable(string message) => new(message, _line);
}

/// <summary>The state of a scan for the end of an array element.</summary>
internal struct JsonElementScan
{
    private int _depth;
    private bool _isInText;
    private bool _isEscaped;

    /// <summary>The position of the comma or bracket that ends the element; -1 if more bytes are needed.</summary>
    public int FindEnd(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_isInText)
            {
                (_isInText, _isEscaped) = (_isEscaped || bytes[i] != '"', !_isEscaped && bytes[i] == '\\');
            }
            else if (_depth == 0 && bytes[i] is (byte)',' or (byte)']')
            {
                return i;
            }
            else
            {
                _isInText = bytes[i] == '"';
                _depth = Math.Max(0, _depth + (bytes[i] is (byte)'{' or (byte)'[' ? 1 : bytes[i] is (byte)'}' or (byte)']' ? -1 : 0));
            }
        }

        return -1;
    }
}
