using System.Text.Json;
using FilmService.Api.Http.Binding;
using FilmService.Api.Import;
using FilmService.Api.Import.Mapping;
using FilmService.Domain.Films;

namespace FilmService.Api.Commands;

/// <summary>Writes a mapped film as a line of an import.</summary>
internal static class FilmLine
{
    /// <summary>The error in a year or month, with its value; null if the service will find any error itself.</summary>
    public static string? FaultOf(IReadOnlyDictionary<string, InputField> film)
    {
        var faults = FilmFields.All.Where(field => field.Kind is not FilmFieldKind.Text).Select(field => FaultOf(field, film)).OfType<string>();
        return string.Join(' ', faults) is { Length: > 0 } text ? text : null;
    }

    public static void Write(IReadOnlyDictionary<string, InputField> film, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var column in (IEnumerable<string>)[FilmColumns.Id, .. FilmFields.All.Select(field => field.Name), FilmColumns.Deleted])
        {
            if (film.TryGetValue(column, out var field) && !(field.Value is { IsEmpty: true, IsColumn: true } && column is FilmColumns.Id or FilmColumns.Deleted))
            {
                writer.WritePropertyName(column);
                Write(column, field.Value, writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void Write(string column, InputValue value, Utf8JsonWriter writer)
    {
        if (column is FilmColumns.Deleted)
        {
            value.WriteFlagTo(writer);
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    private static string? FaultOf(FilmField field, IReadOnlyDictionary<string, InputField> film) =>
        film.TryGetValue(field.Name, out var given) && given.Value.Text is { Length: > 0 } text
            ? ImportLineReader.FaultOf(field, new ArgumentValue(ArgumentKind.Text, text))
            : null;
}
