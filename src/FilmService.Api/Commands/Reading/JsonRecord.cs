using System.Text.Json;
using System.Text.Unicode;

namespace FilmService.Api.Commands.Reading;

/// <summary>Reads the JSON text of one film.</summary>
internal static class JsonRecord
{
    /// <summary>More than any film has, and little enough to keep in memory.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The film; where it begins is the caller's to know.</summary>
    public static InputRecord Parse(long line, ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return InputRecord.Unreadable(line, "The line is not UTF-8.");
        }

        try
        {
            var film = JsonElement.Parse(json.Span);
            return film.ValueKind is JsonValueKind.Object
                ? new InputRecord(line, [.. film.EnumerateObject().Select(member => new InputField(member.Name, new InputValue(member.Value)))])
                : InputRecord.Unreadable(line, "A film is a JSON object.");
        }
        catch (JsonException)
        {
            return InputRecord.Unreadable(line, "The line is not JSON.");
        }
    }
}
