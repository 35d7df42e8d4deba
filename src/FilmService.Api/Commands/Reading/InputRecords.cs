using System.Runtime.CompilerServices;
using System.Text.Json;
using FilmService.Api.Commands.Mapping;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Commands.Reading;

/// <summary>Reads the films of a file, whatever their columns or members.</summary>
internal static class InputRecords
{
    /// <summary>In bytes: more than any film has, and little enough to keep in memory.</summary>
    private const int MaxRecordLength = 1 << 20;

    private const string ArrayRule = "A JSON file of films must be an array of objects, [{...},{...}]. If it has one object per line, use --format ndjson.";

    /// <exception cref="CommandException">The file, or the rest of it, cannot be read.</exception>
    public static async IAsyncEnumerable<InputRecord> ReadAsync(Stream input, FileFormat format, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = await OpenAsync(input, format, cancellationToken);
        using (reader as IDisposable)
        {
            while (await NextAsync(reader, cancellationToken))
            {
                yield return reader.Fault is { } fault ? InputRecord.Unreadable(reader.Line, fault)
                    : reader is IJsonRecordReader json ? ParseJson(json.Line, json.Json.Span)
                    : ToRecord((CsvReader)reader);
            }
        }
    }

    /// <summary>Reads one film from a JSON text.</summary>
    public static InputRecord ParseJson(long line, ReadOnlySpan<byte> json)
    {
        try
        {
            var film = JsonElement.Parse(json);
            return film.ValueKind is JsonValueKind.Object
                ? new InputRecord(line, [.. film.EnumerateObject().Select(member => new InputField(member.Name, new InputValue(member.Value)))])
                : InputRecord.Unreadable(line, "A film must be a JSON object.");
        }
        catch (JsonException)
        {
            return InputRecord.Unreadable(line, "The line is not valid JSON.");
        }
    }

    private static InputRecord ToRecord(CsvReader row) =>
        new(row.Line, [.. row.Columns.Zip(row.Values, (name, text) => new InputField(name, new InputValue(text)))]);

    private static async ValueTask<IRecordReader> OpenAsync(Stream input, FileFormat format, CancellationToken cancellationToken)
    {
        if (format is not FileFormat.Csv)
        {
            return format is FileFormat.Ndjson ? new LineReader(input, MaxRecordLength) : new JsonArrayReader(input, MaxRecordLength, ArrayRule);
        }

        var rows = new CsvReader(new LineReader(input, MaxRecordLength, endsAtReturn: true), hasMultilineFields: true);
        if (await rows.ReadHeaderAsync(cancellationToken) is { } fault)
        {
            throw new CommandException(fault);
        }

        FilmColumns.Require(rows.Columns);
        return rows;
    }

    private static async ValueTask<bool> NextAsync(IRecordReader reader, CancellationToken cancellationToken)
    {
        try
        {
            var hasNext = await reader.ReadAsync(cancellationToken);
            return reader is CsvReader { Fault: LineReader.NotUtf8 } ? throw new UnreadableException("It is not UTF-8.", reader.Line) : hasNext;
        }
        catch (UnreadableException exception)
        {
            throw new CommandException($"The file cannot be read from line {exception.Line} on. {exception.Message}");
        }
    }
}
