using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace FilmService.Api.Import.Reading;

/// <summary>Reads the rows of a CSV file (RFC 4180), whose first line names the columns.</summary>
internal sealed class CsvReader : IRecordReader, IDisposable
{
    private const int MaxFieldLength = 100_000;

    // The byte order mark of UTF-8, read as Windows-1252.
    private const string MisreadMark = "\u00EF\u00BB\u00BF";

    private readonly LineReader _lines;
    private readonly CsvDialect _dialect;
    private RowText _text;
    private CsvParser _parser;
    private bool _isBad;

    private CsvReader(LineReader lines, CsvDialect dialect)
    {
        (_lines, _dialect) = (lines, dialect);
        _text = new RowText(null);
        _parser = NewParser();
    }

    public long Line { get; private set; }

    public long Number => Line;

    public string? Fault { get; private set; }

    public long FaultyLines { get; private set; } = 1;

    /// <summary>The column names; one without a name is called by its position.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The current row's values, if it has no fault: as many as there are columns.</summary>
    public IReadOnlyList<string> Values { get; private set; } = [];

    /// <summary>Reads up to the header, whose <see cref="Fault"/> makes the file unreadable.</summary>
    public static async ValueTask<CsvReader> OpenAsync(LineReader lines, CsvDialect dialect, CancellationToken cancellationToken)
    {
        for (var line = 0; line < dialect.LinesBefore; line++)
        {
            await lines.ReadLineAsync(cancellationToken);
        }

        var rows = new CsvReader(lines, dialect);
        rows.Fault = await lines.ReadAsync(cancellationToken)
            ? await rows.ParseAsync(cancellationToken)
            : "The header is missing: the first line must name the columns.";
        rows.Fault ??= rows.Values[0].StartsWith(MisreadMark, StringComparison.Ordinal)
            ? "A program has read the file in a wrong encoding and saved it like that, so its names are garbled. Open the original again as UTF-8, or import it as it is."
            : null;
        rows.Columns = [.. rows.Values.Select((name, index) => string.IsNullOrWhiteSpace(name) ? $"column {index + 1}" : name.Trim())];
        return rows;
    }

    /// <summary>
    /// Allows line breaks inside quotes from the next row on. Without them, a quote that is never closed makes only its own line
    /// unreadable.
    /// </summary>
    public void AllowMultilineFields()
    {
        _parser.Dispose();
        _text = new RowText(_lines);
        _parser = NewParser();
    }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await _lines.ReadAsync(cancellationToken))
        {
            return false;
        }

        var fault = await ParseAsync(cancellationToken)
            ?? (Values.Count == Columns.Count ? null : $"The line has {Values.Count} values, but the header has {Columns.Count} columns.");
        FaultyLines = fault is null ? 1 : _lines.Line - Line + 1;
        Fault = FaultyLines == 1 ? fault : $"Lines {Line} to {_lines.Line} are one row, because a quotation mark is not closed before: {fault}";
        return true;
    }

    private CsvParser NewParser() => new(_text, new CsvConfiguration(CultureInfo.InvariantCulture)
    {
        BadDataFound = _ => _isBad = true,
        Delimiter = _dialect.Delimiter.ToString(),
        Mode = _dialect.HasQuotes ? CsvMode.RFC4180 : CsvMode.NoEscape,
        LineBreakInQuotedFieldIsBadData = !_text.CanContinue,
        MaxFieldSize = MaxFieldLength,
    });

    public void Dispose() => _parser.Dispose();

    private async ValueTask<string?> ParseAsync(CancellationToken cancellationToken)
    {
        Line = _lines.Line;
        if (_lines.Fault is { } fault)
        {
            return fault;
        }

        _isBad = _lines.Json.Span.Contains((byte)'\r');
        if (!_isBad)
        {
            _text.Begin(_lines.Json.Span, cancellationToken);
            Values = await ParseRowAsync();
        }

        if (_isBad || _text.Fault is not null)
        {
            // Where the parser stopped, it might be inside quotes.
            _parser.Dispose();
            _parser = NewParser();
        }

        return _text.Fault ?? (_isBad ? "The line is not valid CSV: a quote or a carriage return is out of place." : null);
    }

    // The parser reports bad data only when the values are read.
    private async ValueTask<string[]> ParseRowAsync()
    {
        try
        {
            return await _parser.ReadAsync() ? _parser.Record! : [];
        }
        catch (MaxFieldSizeException)
        {
            throw new UnreadableException($"A value is longer than {MaxFieldLength:N0} characters: is a quotation mark missing?", Line);
        }
    }

    /// <summary>Gives the parser one row at a time.</summary>
    /// <param name="more">
    /// Continues a row whose quotes are still open at the end of its line; null if rows cannot continue.
    /// </param>
    private sealed class RowText(LineReader? more) : TextReader
    {
        // Each value is limited, but not how many have line breaks.
        private const int MaxRowLength = 1_000_000;

        private char[] _text = new char[1 << 10];
        private int _length;
        private int _start;
        private int _end;
        private CancellationToken _cancellation;

        public bool CanContinue => more is not null;

        /// <summary>The error in a line on which the row continues; null if there is none.</summary>
        public string? Fault { get; private set; }

        public void Begin(ReadOnlySpan<byte> line, CancellationToken cancellationToken)
        {
            (Fault, _cancellation, _length) = (null, cancellationToken, 0);
            Set(line);
        }

        // The parser asks for more only if a row continues.
        public override async Task<int> ReadAsync(char[] buffer, int index, int count)
        {
            if (_start == _end && more is not null && await more.ReadLineAsync(_cancellation) && (Fault = more.Fault) is null)
            {
                Set(more.Json.Span);
            }

            var given = Math.Min(count, _end - _start);
            Array.Copy(_text, _start, buffer, index, given);
            _start += given;
            return given;
        }

        private void Set(ReadOnlySpan<byte> line)
        {
            if (_text.Length <= line.Length)
            {
                _text = new char[line.Length + 1];
            }

            (_start, _end) = (0, Encoding.UTF8.GetChars(line, _text));
            _text[_end++] = '\n';
            _length += _end;
            if (_length > MaxRowLength && more is not null)
            {
                throw new UnreadableException($"A row is longer than {MaxRowLength:N0} characters: is a quotation mark missing?", more.Line);
            }
        }
    }
}
