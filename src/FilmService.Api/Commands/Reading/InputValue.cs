using System.Text.Json;

namespace FilmService.Api.Commands.Reading;

/// <summary>A value from a file: the text of a column, or any JSON value.</summary>
internal readonly struct InputValue
{
    private readonly string? _column;
    private readonly JsonElement _json;

    public InputValue(string column) => _column = column;

    public InputValue(JsonElement json) => _json = json;

    public bool IsEmptyColumn => _column?.Length == 0;

    /// <summary>True for an empty column or JSON null.</summary>
    public bool IsEmpty => IsEmptyColumn || (_column is null && _json.ValueKind is JsonValueKind.Null);

    /// <summary>The text; null if the value is JSON but not a string.</summary>
    public string? Text => _column ?? (_json.ValueKind is JsonValueKind.String ? _json.GetString() : null);

    /// <summary>The value as the file has it, for messages.</summary>
    public override string ToString() => _column ?? _json.ToString();

    /// <summary>Writes the value unchanged; an empty column is written as null.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        if (_column is null)
        {
            _json.WriteTo(writer);
        }
        else
        {
            writer.WriteStringValue(IsEmptyColumn ? null : _column);
        }
    }

    /// <summary>Writes true or false, which a column contains as text.</summary>
    public void WriteFlagTo(Utf8JsonWriter writer)
    {
        if (bool.TryParse(_column, out var flag))
        {
            writer.WriteBooleanValue(flag);
        }
        else
        {
            WriteTo(writer);
        }
    }
}
