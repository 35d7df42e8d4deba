using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FilmService.Api.Http.Binding;

namespace FilmService.Api.Import;

/// <summary>
/// The rows of a CSV (RFC 4180), whose columns the first line names. No name or id has a line break, so that each line is a row, and
/// a quote that is not closed spoils its own line alone.
/// </summary>
internal sealed class CsvReader : IImportReader, IDisposable
{
    private readonly NdjsonReader _lines;
    private readonly OneLine _line = new();
    private readonly CsvParser _csv;
    private string[] _columns = [];
    private string[] _values = [];
    private bool _isBroken;

    private CsvReader(NdjsonReader lines)
    {
        _lines = lines;
        _csv = new CsvParser(_line, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = _ => _isBroken = true,
            LineBreakInQuotedFieldIsBadData = true,
        });
    }

    /// <inheritdoc/>
    public long Line => _lines.Line;

    /// <summary>Begins with the line that names the columns; the table is null when it is at fault.</summary>
    public static async Task<(CsvReader? Table, IReadOnlyDictionary<string, string[]> Faults)> OpenAsync(
        Stream stream, IReadOnlyList<string> required, CancellationToken cancellationToken)
    {
        var table = new CsvReader(new NdjsonReader(stream));
        var columns = new ArgumentSet(ImportLineReader.Members);
        var hasHeader = await table._lines.ReadAsync(cancellationToken);
        if ((hasHeader ? table.ParseLine() : "There is no line; the first names the columns.") is { } fault)
        {
            columns.AddFault("line", fault);
            return (null, columns.Faults);
        }

        table._columns = table._values;
        foreach (var column in table._columns)
        {
            columns.Add(column, new ArgumentValue(ArgumentKind.Text, column));
        }

        foreach (var missing in required.Where(name => columns[name].Kind is ArgumentKind.Missing))
        {
            columns.AddFault(missing, $"The column '{missing}' is missing.");
        }

        return (columns.Faults.Count == 0 ? table : null, columns.Faults);
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => _lines.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public string? FaultOf(ArgumentSet members)
    {
        if (ParseLine() is { } fault)
        {
            return fault;
        }

        if (_values.Length != _columns.Length)
        {
            return $"The line has {_values.Length} values, and the header {_columns.Length} columns.";
        }

        for (var i = 0; i < _columns.Length; i++)
        {
            members.Add(_columns[i], ToValue(_columns[i], _values[i]));
        }

        return null;
    }

    public void Dispose() => _csv.Dispose();

    // An empty value is null, but a film without an id gets one, and one that is not deleted stays.
    private static ArgumentValue ToValue(string column, string text) => text.Length == 0
        ? ImportLineReader.IsOptional(column) ? default : ArgumentValue.Null
        : bool.TryParse(text, out var flag) && ImportLineReader.IsFlag(column) ? ArgumentValue.OfFlag(flag)
        : new ArgumentValue(ArgumentKind.Text, text);

    private string? ParseLine()
    {
        if (_lines.Fault is { } fault)
        {
            return fault;
        }

        _isBroken = _lines.Text.Span.Contains((byte)'\r');
        if (!_isBroken)
        {
            // What is bad, the parser says only when the values are taken.
            _line.Set(_lines.Text.Span);
            _values = _csv.Read() ? _csv.Record! : [];
        }

        return _isBroken ? "The line is not valid CSV: a quote or a carriage return stands where none may." : null;
    }

    /// <summary>Gives the parser one line at a time.</summary>
    private sealed class OneLine : TextReader
    {
        private readonly char[] _text = new char[IImportReader.MaxLineLength + 1];
        private int _start;
        private int _end;

        public void Set(ReadOnlySpan<byte> line)
        {
            (_start, _end) = (0, Encoding.UTF8.GetChars(line, _text));
            _text[_end++] = '\n';
        }

        public override int Read(char[] buffer, int index, int count)
        {
            var given = Math.Min(count, _end - _start);
            Array.Copy(_text, _start, buffer, index, given);
            _start += given;
            return given;
        }
    }
}
