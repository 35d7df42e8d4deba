using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace FilmService.Api.Import.Reading;

/// <summary>Reads the rows of a CSV file (RFC 4180), whose first line names the columns.</summary>
internal sealed class CsvReader : IRecordReader, IDisposable
{
    private const int MaxFieldLength = 100_000;

    private readonly LineReader _lines;
    private readonly RowText _text;
    private readonly CsvParser _parser;
    private bool _isBad;

    /// <param name="hasMultilineFields">False if no value may contain a line break. Then a quote that is never closed makes only its own line unreadable.</param>
    public CsvReader(LineReader lines, bool hasMultilineFields)
    {
        _lines = lines;
        _text = new RowText(hasMultilineFields ? lines : null);
        _parser = new CsvParser(_text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = _ => _isBad = true,
            LineBreakInQuotedFieldIsBadData = !hasMultilineFields,
            MaxFieldSize = MaxFieldLength,
        });
    }

    public long Line { get; private set; }

    public long Number => Line;

    public string? Fault { get; private set; }

    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The current row's values, if it has no fault: as many as there are columns.</summary>
    public IReadOnlyList<string> Values { get; private set; } = [];

    /// <summary>Reads the column names; returns the error in the header as a whole, or null.</summary>
    public async ValueTask<string?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (!await _lines.ReadAsync(cancellationToken))
        {
            return "The header is missing: the first line must name the columns.";
        }

        var fault = await ParseAsync(cancellationToken);
        Columns = Values;
        return fault;
    }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await _lines.ReadAsync(cancellationToken))
        {
            return false;
        }

        Fault = await ParseAsync(cancellationToken)
            ?? (Values.Count == Columns.Count ? null : $"The line has {Values.Count} values, but the header has {Columns.Count} columns.");
        return true;
    }

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
        private char[] _text = new char[1 << 10];
        private int _start;
        private int _end;
        private CancellationToken _cancellation;

        /// <summary>The error in a line on which the row continues; null if there is none.</summary>
        public string? Fault { get; private set; }

        public void Begin(ReadOnlySpan<byte> line, CancellationToken cancellationToken)
        {
            (Fault, _cancellation) = (null, cancellationToken);
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
        }
    }
}
