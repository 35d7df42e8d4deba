using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import.Reading;
using FilmService.Api.Search;
using FilmService.Domain.Import;

namespace FilmService.Api.Import;

/// <summary>The records of an import's body, each as a set of arguments.</summary>
internal sealed class ImportRecords : IDisposable
{
    private const int MaxRecordLength = 1 << 16;
    private const string ArrayRule = "The body must be a JSON array of films, or a single uncompressed film.";

    private readonly IRecordReader _reader;

    private ImportRecords(IRecordReader reader) => _reader = reader;

    /// <summary>The current record's number in the import's errors.</summary>
    public long Number => _reader.Number;

    /// <exception cref="ProblemException">400: the columns of a CSV file are not those of a film.</exception>
    public static async ValueTask<ImportRecords> OpenAsync(string mediaType, Stream body, IReadOnlyList<string> required, CancellationToken cancellationToken)
    {
        if (mediaType is FilmListFormat.TableType)
        {
            var rows = new CsvReader(new LineReader(body, MaxRecordLength), hasMultilineFields: false);
            CheckColumns(await rows.ReadHeaderAsync(cancellationToken), rows, required);
            return new ImportRecords(rows);
        }

        return new ImportRecords(mediaType is FilmListFormat.LinesType
            ? new LineReader(body, MaxRecordLength)
            : new JsonArrayReader(body, MaxRecordLength, ArrayRule));
    }

    /// <summary>Moves to the next record; false at the end.</summary>
    /// <exception cref="ProblemException">400: the rest of the import cannot be read.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(cancellationToken);
        }
        catch (UnreadableException exception)
        {
            throw new ProblemException(new Problem(ProblemTypes.Malformed, exception.Message));
        }
    }

    /// <summary>Adds the current record's members; returns the error in the record as a whole, or null.</summary>
    public string? AddTo(ArgumentSet members) => _reader.Fault ?? _reader switch
    {
        LineReader line => JsonArguments.FaultOf(line.Json.Span, members, "The line", line: false),
        JsonArrayReader element => JsonArguments.FaultOf(element.Json.Span, members, "The element", line: true),
        _ => AddRow((CsvReader)_reader, members),
    };

    public void Dispose() => (_reader as IDisposable)?.Dispose();

    private static string? AddRow(CsvReader row, ArgumentSet members)
    {
        for (var i = 0; i < row.Columns.Count; i++)
        {
            members.Add(row.Columns[i], ToValue(row.Columns[i], row.Values[i]));
        }

        return null;
    }

    // An empty value is null, except that an empty id or deleted column counts as missing.
    private static ArgumentValue ToValue(string column, string text) => text.Length == 0
        ? ImportLineReader.IsOptional(column) ? default : ArgumentValue.Null
        : bool.TryParse(text, out var flag) && ImportLineReader.IsFlag(column) ? ArgumentValue.OfFlag(flag)
        : new ArgumentValue(ArgumentKind.Text, text);

    // Without the columns no row can be read, so none can be skipped either.
    private static void CheckColumns(string? fault, CsvReader rows, IReadOnlyList<string> required)
    {
        var columns = new ArgumentSet(ImportLineReader.Members);
        if (fault is not null)
        {
            columns.AddFault("line", fault);
        }
        else
        {
            AddColumns(rows.Columns, required, columns);
        }

        if (columns.Faults.Count > 0)
        {
            var faults = new ImportFaults();
            faults.Add(1, columns.Faults);
            rows.Dispose();
            throw new ProblemException(ImportResults.Refused(faults));
        }
    }

    private static void AddColumns(IReadOnlyList<string> names, IReadOnlyList<string> required, ArgumentSet columns)
    {
        foreach (var name in names)
        {
            columns.Add(name, new ArgumentValue(ArgumentKind.Text, name));
        }

        foreach (var missing in required.Where(name => columns[name].Kind is ArgumentKind.Missing))
        {
            columns.AddFault(missing, $"The column '{missing}' is missing.");
        }
    }
}
