using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace FilmService.Api.Import.Reading;

/// <summary>
/// Reads the elements of a JSON array. Each is delimited by its brackets and commas; its content is for its own parser to judge.
/// </summary>
/// <param name="maxLength">Maximum number of bytes of an element. A longer one is skipped without being kept.</param>
/// <param name="rule">The message if it is not an array.</param>
/// <param name="isFilm">
/// Null if the text must be an array. Otherwise it may also be an object that contains arrays, as in <c>{"results":[...]}</c>, or
/// whose members are films, keyed by id; this tells a film from another object.
/// </param>
internal sealed class JsonArrayReader(Stream stream, int maxLength, string rule, Func<ReadOnlyMemory<byte>, bool>? isFilm = null) : IJsonRecordReader
{
    private static readonly SearchValues<byte> Space = SearchValues.Create(" \t\r\n"u8);

    // A BOM is allowed before JSON.
    private static readonly SearchValues<byte> SpaceOrMark = SearchValues.Create([.. " \t\r\n"u8, .. Encoding.UTF8.Preamble]);

    private readonly ByteWindow _window = new(stream);
    private long _line = 1;
    private long _inArray;
    private bool _isTooLong;
    private bool _isOpen;
    private bool _isArray;
    private bool _isObject;
    private bool _isMap;
    private bool _hasFilms;

    public long Line { get; private set; }

    public long Number { get; private set; }

    public ReadOnlyMemory<byte> Json { get; private set; }

    public string? Key { get; private set; }

    public string? Fault => _isTooLong ? $"The element is longer than {maxLength:N0} bytes."
        : Utf8.IsValid(Json.Span) ? null
        : "The element is not valid UTF-8.";

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await OpenAsync(cancellationToken);
        }

        while (_isArray || _isObject)
        {
            if (_isArray ? await ReadElementAsync(cancellationToken) : await ReadMemberAsync(cancellationToken))
            {
                Number++;
                return true;
            }
        }

        await CheckEndAsync(cancellationToken);
        return false;
    }

    private async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        var first = await SkipSpaceAsync(cancellationToken);
        (_isArray, _isObject) = (first == '[', first == '{' && isFilm is not null);
        if (!_isArray && !_isObject)
        {
            throw Unreadable(rule);
        }

        Take(1);
        _isOpen = true;
    }

    // Returns false at the end of the array; a comma must have an element on both sides.
    private async ValueTask<bool> ReadElementAsync(CancellationToken cancellationToken)
    {
        var first = await SkipSpaceAsync(cancellationToken);
        if (first == ']' && _inArray == 0)
        {
            Take(1);
            _isArray = false;
            return false;
        }

        if (first is (byte)',' or (byte)']')
        {
            throw Unreadable($"There is an extra comma after element {Number}.");
        }

        Line = _line;
        _isArray = await ReadValueAsync((byte)',', (byte)']', "The array is truncated.", cancellationToken) != ']';
        _inArray = _isArray ? _inArray + 1 : 0;
        return true;
    }

    // Returns true if the member is a film. Others are passed over, and an array is entered.
    private async ValueTask<bool> ReadMemberAsync(CancellationToken cancellationToken)
    {
        var first = await SkipSpaceAsync(cancellationToken);
        if (first is (byte)'}' or (byte)',')
        {
            Take(1);
            _isObject = first == ',';
            return _isObject || _hasFilms ? false : throw Unreadable(rule);
        }

        Line = _line;
        var key = await ReadValueAsync((byte)':', (byte)'}', "The object is truncated.", cancellationToken) == ':' && !_isTooLong ? ReadKey(Json.Span) : null;
        if (key is null)
        {
            throw Unreadable(rule);
        }

        if (await SkipSpaceAsync(cancellationToken) == '[')
        {
            Take(1);
            (_isArray, _hasFilms, Key) = (true, true, null);
            return false;
        }

        var isObject = await SkipSpaceAsync(cancellationToken) == '{';
        _isObject = await ReadValueAsync((byte)',', (byte)'}', "The object is truncated.", cancellationToken) == ',';
        _isMap |= isObject && (_isTooLong || isFilm!(Json));
        _hasFilms |= _isMap;
        Key = _isMap ? key : null;
        return _isObject || _hasFilms ? _isMap : throw Unreadable(rule);
    }

    private static string? ReadKey(ReadOnlySpan<byte> json)
    {
        try
        {
            return System.Text.Json.JsonElement.Parse(json) is { ValueKind: System.Text.Json.JsonValueKind.String } key ? key.GetString() : null;
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Returns the separator or bracket that ends the value.
    private async ValueTask<byte> ReadValueAsync(byte separator, byte close, string truncated, CancellationToken cancellationToken)
    {
        var (scan, scanned, end) = (new JsonElementScan(separator, close), 0, -1);
        _isTooLong = false;
        while ((end = scan.FindEnd(_window.Bytes.Span[scanned..])) < 0)
        {
            scanned = _window.Bytes.Length;
            if (_window.IsEnd)
            {
                throw Unreadable(truncated);
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
        var last = _window.Bytes.Span[length];
        Take(length + 1);
        return last;
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

/// <summary>The state of a scan for the end of a value.</summary>
/// <param name="separator">What follows a value that is not the last.</param>
/// <param name="close">What follows the last value.</param>
internal struct JsonElementScan(byte separator, byte close)
{
    private int _depth;
    private bool _isInText;
    private bool _isEscaped;

    /// <summary>The position of the separator or bracket that ends the value; -1 if more bytes are needed.</summary>
    public int FindEnd(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (_isInText)
            {
                (_isInText, _isEscaped) = (_isEscaped || bytes[i] != '"', !_isEscaped && bytes[i] == '\\');
            }
            else if (_depth == 0 && (bytes[i] == separator || bytes[i] == close))
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
