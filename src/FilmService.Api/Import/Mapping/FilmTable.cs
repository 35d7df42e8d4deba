using FilmService.Api.Import.Reading;

namespace FilmService.Api.Import.Mapping;

/// <summary>A CSV file of films, whose delimiter and header are found by looking at its beginning.</summary>
internal sealed class FilmTable : IRecordReader, IDisposable
{
    private readonly CsvReader _rows;
    private readonly (int Index, string Name)[] _used;
    private readonly MappingHints _hints;
    private readonly TableSample? _sample;

    private FilmTable(CsvReader rows, ColumnMap columns, CsvDialect dialect, MappingOptions options)
    {
        (_rows, _hints, _sample, HeaderLine, HasPreamble) = (rows, options.Hints, options.Sample, Math.Max(rows.Line, 1), dialect.HasPreamble);
        _sample?.Begin(dialect.Delimiter, rows.Columns, columns);
        Faults = Fault is { } fault ? [new("line", fault)] : [.. TableHeader.FaultsOf(rows.Columns, columns, options, dialect.HasYearsInText)];
        _used = [.. rows.Columns.Index().Where(column => columns.ColumnOf(column.Item) is not null)];
        if (_used.Length < rows.Columns.Count)
        {
            // None of a film's values can contain a line break, but others can.
            rows.AllowMultilineFields();
        }
    }

    /// <summary>The line of the header, from 1.</summary>
    public long HeaderLine { get; }

    /// <summary>True if lines before the header were skipped.</summary>
    public bool HasPreamble { get; }

    /// <summary>The errors in the header, by argument; if there are any, no row can be read.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Faults { get; }

    public long Line => _rows.Line;

    public long Number => _rows.Number;

    public string? Fault => IsNotUtf8 ? $"{_rows.Fault} {_hints.Encoding}" : _rows.Fault;

    /// <summary>True if the current row is not UTF-8, as the file is supposed to be.</summary>
    public bool IsNotUtf8 => _rows.Fault is LineReader.NotUtf8;

    public long FaultyLines => _rows.FaultyLines;

    /// <summary>The current row with the columns that are used.</summary>
    public InputRecord Current => Fault is { } fault
        ? InputRecord.Unreadable(Line, fault, FaultyLines)
        : new InputRecord(Line, Array.ConvertAll(_used, column => new InputField(column.Name, new InputValue(_rows.Values[column.Index]))));

    public static async ValueTask<FilmTable> OpenAsync(LineReader lines, MappingOptions options, ColumnMap columns, CancellationToken cancellationToken)
    {
        var start = await lines.PeekAsync(CsvDialect.PeekLength, cancellationToken);
        var dialect = CsvDialect.Find(start.Span, options.Delimiter, lines.EndsAtReturn, mayHavePreamble: options.Required.Count > 0, header => TableHeader.Rate(header, columns));
        var rows = await CsvReader.OpenAsync(lines, dialect, cancellationToken);
        return new FilmTable(rows, columns, dialect, options);
    }

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var isMore = await _rows.ReadAsync(cancellationToken);
        if (isMore && _rows.Fault is null)
        {
            _sample?.Add(_rows.Values);
        }

        return isMore;
    }

    public void Dispose() => _rows.Dispose();
}
