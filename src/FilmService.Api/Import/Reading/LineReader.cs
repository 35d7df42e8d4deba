using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace FilmService.Api.Import.Reading;

/// <summary>Reads lines that end with LF or CRLF: NDJSON (one JSON object per line), or the input of the CSV parser.</summary>
/// <param name="maxLength">Maximum number of bytes of a line. A longer one is skipped without being kept.</param>
/// <param name="endsAtReturn">True if a lone CR also ends a line, as in files from old Macs.</param>
internal sealed class LineReader(Stream stream, int maxLength, bool endsAtReturn = false) : IJsonRecordReader
{
    public const string NotUtf8 = "The line is not valid UTF-8.";

    private readonly ByteWindow _window = new(stream);
    private readonly SearchValues<byte> _ends = SearchValues.Create(endsAtReturn ? "\r\n"u8 : "\n"u8);
    private bool _isTooLong;
    private bool _endedAtReturn;

    /// <summary>Maximum number of blank lines that are skipped at a time; the next one counts as a record.</summary>
    public long MaxBlankLines { get; init; } = long.MaxValue;

    public long Line { get; private set; }

    public long Number => Line;

    /// <summary>The current line without its end; the next read replaces it.</summary>
    public ReadOnlyMemory<byte> Json { get; private set; }

    public string? Fault => _isTooLong ? $"The line is longer than {maxLength:N0} bytes." : Utf8.IsValid(Json.Span) ? null : NotUtf8;

    /// <summary>True if a lone CR also ends a line.</summary>
    public bool EndsAtReturn => endsAtReturn;

    /// <summary>The next bytes, which stay to be read; fewer at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellationToken)
    {
        while (_window.Bytes.Length < count && !_window.IsEnd)
        {
            await _window.FillAsync(cancellationToken);
        }

        return _window.Bytes[..Math.Min(count, _window.Bytes.Length)];
    }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        for (var blank = 0L; await ReadLineAsync(cancellationToken); blank++)
        {
            if (_isTooLong || blank == MaxBlankLines || Json.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Moves to the next line, blank or not; false at the end.</summary>
    public async ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken)
    {
        if (_endedAtReturn)
        {
            await SkipLineFeedAsync(cancellationToken);
        }

        (_isTooLong, var end) = (false, 0);
        while ((end = _window.Bytes.Span.IndexOfAny(_ends)) < 0 && !_window.IsEnd)
        {
            if (_window.Bytes.Length > maxLength)
            {
                _isTooLong = true;
                _window.Take(_window.Bytes.Length);
            }

            await _window.FillAsync(cancellationToken);
        }

        return (end >= 0 || !_window.Bytes.IsEmpty || _isTooLong) && Take(end);
    }

    private bool Take(int end)
    {
        var length = end < 0 ? _window.Bytes.Length : end;
        _isTooLong |= length > maxLength;
        _endedAtReturn = end >= 0 && _window.Bytes.Span[end] == '\r';
        Json = Trim(_window.Bytes[..length]);
        _window.Take(end < 0 ? length : length + 1);
        Line++;
        return true;
    }

    private ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line)
    {
        line = Line == 0 && line.Span.StartsWith(Encoding.UTF8.Preamble) ? line[Encoding.UTF8.Preamble.Length..] : line;
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private async ValueTask SkipLineFeedAsync(CancellationToken cancellationToken)
    {
        while (_window.Bytes.IsEmpty && !_window.IsEnd)
        {
            await _window.FillAsync(cancellationToken);
        }

        _window.Take(_window.Bytes.Span.StartsWith("\n"u8) ? 1 : 0);
    }
}
