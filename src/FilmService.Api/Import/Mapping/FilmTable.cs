using FilmService.Api.Import.Reading;

namespace FilmService.Api.Import.Mapping;

/// <summary>A CSV file of films, whose delimiter and header are found by looking at its beginning.</summary>
internal sealed class FilmTable : IRecordReader, IDisposable
{
    private readonly CsvReader _rows;
    private readonly (int Index, string Name)[] _used;

    private FilmTable(CsvReader rows, ColumnMap columns, bool hasPreamble, IReadOnlyList<KeyValuePair<string, string>> faults)
    {
        (_rows, HeaderLine, HasPreamble, Faults) = (rows, Math.Max(rows.Line, 1), hasPreamble, faults);
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

    public string? Fault => _rows.Fault;

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
        return new FilmTable(rows, columns, dialect.HasPreamble, rows.Fault is { } fault
            ? [new("line", fault)]
            : [.. TableHeader.FaultsOf(rows.Columns, columns, options.Columns, options.Required, dialect.HasYearsInText)]);
    }

    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => _rows.ReadAsync(cancellationToken);

    public void Dispose() => _rows.Dispose();
}
