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
    private readonly long _maxLines;

    private ImportRecords(IRecordReader reader, long maxLines) => (_reader, _maxLines) = (reader, maxLines);

    /// <summary>The current record's number in the import's errors.</summary>
    public long Number => _reader.Number;

    /// <exception cref="ProblemException">400: the columns of a CSV file are not those of a film.</exception>
    public static async ValueTask<ImportRecords> OpenAsync(
        string mediaType, Stream body, IReadOnlyList<string> required, long maxLines, CancellationToken cancellationToken)
    {
        if (mediaType is FilmListFormat.TableType)
        {
            var rows = new CsvReader(new LineReader(body, MaxRecordLength) { MaxBlankLines = maxLines }, hasMultilineFields: false);
            CheckColumns(await rows.ReadHeaderAsync(cancellationToken), rows, required);
            return new ImportRecords(rows, maxLines);
        }

        return new ImportRecords(mediaType is FilmListFormat.LinesType
            ? new LineReader(body, MaxRecordLength) { MaxBlankLines = maxLines }
            : new JsonArrayReader(body, MaxRecordLength, ArrayRule), maxLines);
    }

    /// <summary>Moves to the next record; false at the end.</summary>
    /// <exception cref="ProblemException">400: the rest of the import cannot be read. 413: it has too many lines.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var isMore = await _reader.ReadAsync(cancellationToken);
            return _reader.Number <= _maxLines ? isMore : throw TooManyLines();
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

    private ProblemException TooManyLines() => new(new Problem(
        ProblemTypes.ContentTooLarge, $"The import has more than {_maxLines} lines, blank ones included (the setting Imports:MaxLines). Split it into several."));

    private static string? AddRow(CsvReader row, ArgumentSet members)
    {
        for (var i = 0; i < row.Columns.Count; i++)
        {
            members.Add(row.Columns[i], ToValue(row.Columns[i], row.Values[i]));
        }

        return null;
    }

    private static ArgumentValue ToValue(string column, string text) =>
        bool.TryParse(text, out var flag) && ImportLineReader.IsFlag(column) ? ArgumentValue.OfFlag(flag) : ArgumentValue.OfForm(text);

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
