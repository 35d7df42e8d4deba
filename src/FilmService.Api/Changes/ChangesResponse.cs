using System.Text.Json;
using System.Text.Json.Serialization;
using FilmService.Api.Http.Results;
using FilmService.Domain.Changes;

namespace FilmService.Api.Changes;

/// <summary>A page of changes.</summary>
/// <param name="Items">The changes.</param>
/// <param name="Next">The URL of the next page; null, and left out, if there is none.</param>
public sealed record ChangesResponse(
    [property: JsonConverter(typeof(ChangesResponse.ItemsConverter))] IReadOnlyList<FilmChange> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Next)
{
    /// <summary>Writes the changes with the same serialiser as NDJSON lines.</summary>
    internal sealed class ItemsConverter : JsonConverter<IReadOnlyList<FilmChange>>
    {
        public override IReadOnlyList<FilmChange> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Changes are only written.");

        public override void Write(Utf8JsonWriter writer, IReadOnlyList<FilmChange> value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            var text = new Utf8Buffer();
            foreach (var change in value)
            {
                text.Clear();
                ChangeLine.Add(text, change);
                writer.WriteRawValue(text.Bytes.Span, skipInputValidation: true);
            }

            writer.WriteEndArray();
        }
    }
}
