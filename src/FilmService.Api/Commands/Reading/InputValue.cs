using System.Text.Json;

namespace FilmService.Api.Commands.Reading;

/// <summary>What a file says: the text of a column, or any JSON value.</summary>
internal readonly struct InputValue
{
    private readonly string? _column;
    private readonly JsonElement _json;

    public InputValue(string column) => _column = column;

    public InputValue(JsonElement json) => _json = json;

    /// <summary>True for a column without text.</summary>
    public bool IsEmptyColumn => _column?.Length == 0;

    /// <summary>True when it says nothing: such a column, or null.</summary>
    public bool IsEmpty => IsEmptyColumn || (_column is null && _json.ValueKind is JsonValueKind.Null);

    /// <summary>The text; null when the value is a number, an object or another thing that is no text.</summary>
    public string? Text => _column ?? (_json.ValueKind is JsonValueKind.String ? _json.GetString() : null);

    /// <summary>The value for a message, as the file has it.</summary>
    public override string ToString() => _column ?? _json.ToString();

    /// <summary>Writes the value as it is; an empty column is null.</summary>
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

    /// <summary>Writes true or false, for which a column has only words.</summary>
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
