using System.Text;
using System.Text.Unicode;
using FilmService.Api.Http.Binding;

namespace FilmService.Api.Import;

/// <summary>Lines that end with LF or CRLF: NDJSON, and what CSV is read from.</summary>
internal sealed class NdjsonReader(Stream stream) : IImportReader
{
    private readonly ByteWindow _window = new(stream);
    private bool _isTooLong;

    /// <inheritdoc/>
    public long Line { get; private set; }

    /// <summary>The line that was read last, without its end.</summary>
    public ReadOnlyMemory<byte> Text { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        do
        {
            if (!await ReadLineAsync(cancellationToken))
            {
                return false;
            }
        }
        while (!_isTooLong && !Text.Span.ContainsAnyExcept(" \t\r"u8));
        return true;
    }

    /// <summary>What is wrong with the line as text, or null.</summary>
    public string? Fault => _isTooLong ? $"The line is longer than {IImportReader.MaxLineLength} bytes."
        : Utf8.IsValid(Text.Span) ? null
        : "The line is not valid UTF-8.";

    /// <inheritdoc/>
    public string? FaultOf(ArgumentSet members) => Fault ?? JsonArguments.FaultOf(Text.Span, members, "The line", line: false);

    private async ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken)
    {
        (_isTooLong, var end) = (false, 0);
        while ((end = _window.Bytes.Span.IndexOf((byte)'\n')) < 0 && !_window.IsEnd)
        {
            if (_window.Bytes.Length > IImportReader.MaxLineLength)
            {
                _isTooLong = true;
                _window.Take(_window.Bytes.Length);
            }

            await _window.FillAsync(cancellationToken);
        }

        var length = end < 0 ? _window.Bytes.Length : end;
        if (end < 0 && length == 0 && !_isTooLong)
        {
            return false;
        }

        _isTooLong |= length > IImportReader.MaxLineLength;
        Text = Trim(_window.Bytes[..length]);
        _window.Take(end < 0 ? length : length + 1);
        Line++;
        return true;
    }

    private ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line)
    {
        line = Line == 0 && line.Span.StartsWith(Encoding.UTF8.Preamble) ? line[Encoding.UTF8.Preamble.Length..] : line;
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
