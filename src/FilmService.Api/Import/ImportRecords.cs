using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Import.Mapping;
using FilmService.Api.Import.Reading;
using FilmService.Api.Search;
using FilmService.Domain.Films;
using FilmService.Domain.Import;

namespace FilmService.Api.Import;

/// <summary>The records of an import's body, each as a set of arguments.</summary>
internal sealed class ImportRecords : IDisposable
{
    private const int MaxRecordLength = 1 << 16;
    private const string ArrayRule = "The body must be a JSON array of films, or a single uncompressed film." + FilmProblems.ForeignFile;

    private readonly IRecordReader _reader;
    private readonly FilmMapper? _mapper;
    private readonly long _maxLines;

    private ImportRecords(IRecordReader reader, FilmMapper? mapper, long maxLines) => (_reader, _mapper, _maxLines) = (reader, mapper, maxLines);

    /// <summary>The current record's number in the import's errors.</summary>
    public long Number => _reader.Number;

    /// <summary>How many lines an error in the current record makes unreadable.</summary>
    public long FaultyLines => _reader.FaultyLines;

    /// <summary>What the file calls the current record, if that is not a film; null otherwise.</summary>
    public string? LeftOutAs => _mapper?.LeftOutAs;

    /// <summary>What was left out of a CSV file; null for other formats.</summary>
    public TableReport? Report => _reader is FilmTable table ? new TableReport(table.HasPreamble ? table.HeaderLine : null, _mapper!.NotUsed, _mapper.LeftOut) : null;

    /// <exception cref="ProblemException">400: the columns of a CSV file are not those of a film.</exception>
    public static async ValueTask<ImportRecords> OpenAsync(string mediaType, Stream body, TableParameters parameters, IReadOnlyList<FilmField> required, long maxLines, CancellationToken cancellationToken)
    {
        try
        {
            var text = await TextSource.OpenAsync(body, parameters.Encoding, cancellationToken);
            parameters.Sample.Encoding = (text as DecodedStream)?.EncodingName ?? parameters.Sample.Encoding;
            return mediaType is FilmListFormat.TableType ? await OpenTableAsync(text, new FilmMapper(parameters.ToOptions(required)), maxLines, cancellationToken)
                : new ImportRecords(mediaType is FilmListFormat.LinesType ? new LineReader(text, MaxRecordLength) { MaxBlankLines = maxLines } : new JsonArrayReader(text, MaxRecordLength, ArrayRule), null, maxLines);
        }
        catch (UnreadableException exception)
        {
            throw Unreadable(exception);
        }
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
            throw Unreadable(exception);
        }
    }

    /// <summary>Adds the current record's members; returns the error in the record as a whole, or null.</summary>
    public string? AddTo(ArgumentSet members) => _reader.Fault ?? _reader switch
    {
        LineReader line => JsonArguments.FaultOf(line.Json.Span, members, "The line", line: false),
        JsonArrayReader element => JsonArguments.FaultOf(element.Json.Span, members, "The element", line: true),
        _ => AddRow(((FilmTable)_reader).Current, members),
    };

    public void Dispose() => (_reader as IDisposable)?.Dispose();

    private ProblemException TooManyLines() => new(new Problem(
        ProblemTypes.ContentTooLarge, $"The import has more than {_maxLines} lines, blank ones included (the setting Imports:MaxLines). Split it into several."));

    private string? AddRow(InputRecord row, ArgumentSet members)
    {
        if (_mapper!.Map(row) is { } fault)
        {
            return fault;
        }

        foreach (var (column, field) in _mapper.Film)
        {
            members.Add(column, ToValue(column, field.Value.ToArgument()));
        }

        return null;
    }

    private static ArgumentValue ToValue(string column, ArgumentValue value) =>
        ImportLineReader.IsFlag(column) && bool.TryParse(value.Text, out var flag) ? ArgumentValue.OfFlag(flag) : value;

    // Without the columns no row can be read, so none can be skipped either.
    private static async ValueTask<ImportRecords> OpenTableAsync(Stream text, FilmMapper mapper, long maxLines, CancellationToken cancellationToken)
    {
        var table = await mapper.OpenTableAsync(new LineReader(text, MaxRecordLength) { MaxBlankLines = maxLines }, cancellationToken);
        if (table.Faults.Count == 0)
        {
            return new ImportRecords(table, mapper, maxLines);
        }

        using (table)
        {
            var faults = new ImportFaults();
            faults.Add(table.HeaderLine, table.Faults.GroupBy(fault => fault.Key).ToDictionary(errors => errors.Key, errors => errors.Select(error => error.Value).ToArray()));
            throw new ProblemException(ImportResults.Refused(faults));
        }
    }

    private static ProblemException Unreadable(UnreadableException exception) => new(new Problem(ProblemTypes.Malformed, exception.Message));
}
