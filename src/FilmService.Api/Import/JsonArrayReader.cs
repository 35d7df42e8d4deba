using System.Buffers;
using System.Text;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Import;

/// <summary>The elements of a JSON array, each cut out by its brackets and commas; what is in it, its own reader judges.</summary>
internal sealed class JsonArrayReader(Stream stream) : IImportReader
{
    private static readonly SearchValues<byte> Space = SearchValues.Create(" \t\r\n"u8);

    // A byte order mark may stand before JSON.
    private static readonly SearchValues<byte> SpaceOrMark = SearchValues.Create([.. " \t\r\n"u8, .. Encoding.UTF8.Preamble]);

    private readonly ByteWindow _window = new(stream);
    private ReadOnlyMemory<byte> _element;
    private bool _isTooLong;
    private bool _isOpen;
    private bool _isClosed;

    /// <inheritdoc/>
    public long Line { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await OpenAsync(cancellationToken);
        }

        if (!_isClosed && await ReadElementAsync(cancellationToken))
        {
            Line++;
            return true;
        }

        await CheckEndAsync(cancellationToken);
        return false;
    }

    /// <inheritdoc/>
    public string? FaultOf(ArgumentSet members) => _isTooLong
        ? $"The element is longer than {IImportReader.MaxLineLength} bytes."
        : JsonArguments.FaultOf(_element.Span.TrimStart(" \t\r\n"u8), members, "The element", line: true);

    private async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (await SkipSpaceAsync(cancellationToken) != '[')
        {
            throw Malformed("The body must be a JSON array of films, or one film, which is not packed.");
        }

        _window.Take(1);
        _isOpen = true;
    }

    // False at the end of an empty array; a comma must have an element on both sides.
    private async ValueTask<bool> ReadElementAsync(CancellationToken cancellationToken)
    {
        var (scan, scanned, end) = (new ElementScan(), 0, -1);
        _isTooLong = false;
        while ((end = scan.FindEnd(_window.Bytes.Span[scanned..])) < 0)
        {
            scanned = _window.Bytes.Length;
            if (_window.IsEnd)
            {
                throw Malformed("The array is cut off.");
            }

            if (scanned > IImportReader.MaxLineLength)
            {
                _isTooLong = true;
                _window.Take(scanned);
                scanned = 0;
            }

            await _window.FillAsync(cancellationToken);
        }

        var length = scanned + end;
        _isTooLong |= length > IImportReader.MaxLineLength;
        _element = _window.Bytes[..length];
        _isClosed = _window.Bytes.Span[length] == ']';
        _window.Take(length + 1);
        var isBlank = !_isTooLong && !_element.Span.ContainsAnyExcept(Space);
        return !isBlank || (_isClosed && Line == 0 ? false : throw Malformed($"The array has a comma too many, behind element {Line}."));
    }

    private async ValueTask CheckEndAsync(CancellationToken cancellationToken)
    {
        if (await SkipSpaceAsync(cancellationToken) is not null)
        {
            throw Malformed("Something stands behind the array's end.");
        }
    }

    // The first byte that is no space; null at the end.
    private async ValueTask<byte?> SkipSpaceAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var bytes = _window.Bytes.Span;
            var space = bytes.IndexOfAnyExcept(_isOpen ? Space : SpaceOrMark);
            _window.Take(space < 0 ? bytes.Length : space);
            if (space >= 0)
            {
                return bytes[space];
            }

            if (_window.IsEnd)
            {
                return null;
            }

            await _window.FillAsync(cancellationToken);
        }
    }

    private static ProblemException Malformed(string detail) => new(new Problem(ProblemTypes.Malformed, detail));

    /// <summary>Where in an element the scan is.</summary>
    private struct ElementScan
    {
        private int _depth;
        private bool _isInText;
        private bool _isEscaped;

        /// <summary>The place of the comma or bracket that ends the element; -1 when it is not there yet.</summary>
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
}
