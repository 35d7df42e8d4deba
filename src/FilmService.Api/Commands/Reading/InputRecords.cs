using System.Runtime.CompilerServices;
using System.Text.Json;
using FilmService.Api.Import.Mapping;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Commands.Reading;

/// <summary>Reads the films of a file, whatever their columns or members.</summary>
internal static class InputRecords
{
    /// <summary>In bytes: more than any film has, and little enough to keep in memory.</summary>
    private const int MaxRecordLength = 1 << 20;

    private const string ArrayRule = "A JSON file of films must be an array of objects, [{...},{...}], or an object with films. If it has one object per line, use --format ndjson.";

    /// <exception cref="CommandException">The file, or the rest of it, cannot be read.</exception>
    public static async IAsyncEnumerable<InputRecord> ReadAsync(Stream input, FileFormat format, FilmMapper mapper, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = await TryAsync(OpenAsync(input, format, mapper, cancellationToken));
        using (reader as IDisposable)
        {
            while (await NextAsync(reader, cancellationToken))
            {
                yield return reader is FilmTable table ? table.Current
                    : reader.Fault is { } fault ? InputRecord.Unreadable(reader.Line, fault)
                    : ParseJson(reader.Line, ((IJsonRecordReader)reader).Json.Span, ((IJsonRecordReader)reader).Key);
            }

            // The header of a CSV file has been checked, but JSON may have a member in any film.
            if (mapper.ColumnFault is { } missing)
            {
                throw new CommandException(missing);
            }
        }
    }

    /// <summary>Reads one film from a JSON text.</summary>
    /// <param name="key">The key of the film in an object that is keyed by id; null if there is none.</param>
    public static InputRecord ParseJson(long line, ReadOnlySpan<byte> json, string? key = null)
    {
        try
        {
            var film = JsonElement.Parse(json);
            return film.ValueKind is JsonValueKind.Object
                ? new InputRecord(line, [.. IdOf(key), .. film.EnumerateObject().Select(member => new InputField(member.Name, new InputValue(member.Value)))])
                : InputRecord.Unreadable(line, "A film must be a JSON object.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return InputRecord.Unreadable(line, "The line is not valid JSON.");
        }
    }

    private static IEnumerable<InputField> IdOf(string? key) => key is null ? [] : [new InputField(FilmColumns.Id, InputValue.OfText(key))];

    private static async ValueTask<IRecordReader> OpenAsync(Stream input, FileFormat format, FilmMapper mapper, CancellationToken cancellationToken)
    {
        if (format is not FileFormat.Csv)
        {
            return format is FileFormat.Ndjson ? new LineReader(input, MaxRecordLength) : new JsonArrayReader(input, MaxRecordLength, ArrayRule, IsFilm);
        }

        var table = await mapper.OpenTableAsync(new LineReader(input, MaxRecordLength, endsAtReturn: true), cancellationToken);
        return table.Faults.Count == 0 ? table : throw new CommandException(string.Join('\n', table.Faults.Select(fault => fault.Value)));
    }

    // An object in a file keyed by id is a film if it has any of its members.
    private static bool IsFilm(ReadOnlyMemory<byte> json) => ParseJson(0, json.Span).Fields.Any(field => FilmColumns.Of(field.Name) is not null);

    private static async ValueTask<bool> NextAsync(IRecordReader reader, CancellationToken cancellationToken)
    {
        var hasNext = await TryAsync(reader.ReadAsync(cancellationToken));
        return reader is FilmTable { IsNotUtf8: true }
            ? throw InputFile.Unreadable(new UnreadableException(reader.Fault!, reader.Line))
            : hasNext;
    }

    private static async ValueTask<T> TryAsync<T>(ValueTask<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (UnreadableException exception)
        {
            throw InputFile.Unreadable(exception);
        }
    }
}
