using System.Globalization;
using System.Text.Json;
using FilmService.Api.Http.Binding;

namespace FilmService.Api.Import.Mapping;

/// <summary>A value from a file: the text of a column, or any JSON value.</summary>
internal readonly struct InputValue
{
    private readonly string? _text;
    private readonly JsonElement _json;
    private readonly int? _number;

    public InputValue(string column) => (_text, IsColumn) = (column, true);

    public InputValue(JsonElement json) => _json = json;

    private InputValue(string? text, int? number) => (_text, _number) = (text, number);

    /// <summary>True for the text of a CSV column.</summary>
    public bool IsColumn { get; }

    /// <summary>True for an empty text or JSON null.</summary>
    public bool IsEmpty => _number is null && (_text is null ? _json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || IsEmptyString : _text.Length == 0);

    /// <summary>The text; null if the value is JSON but not a string.</summary>
    public string? Text => _text ?? (_json.ValueKind is JsonValueKind.String ? _json.GetString() : null);

    /// <summary>The JSON object; null if it is something else.</summary>
    public JsonElement? Object => _json.ValueKind is JsonValueKind.Object ? _json : null;

    /// <summary>The digits of a JSON number; null if it is something else.</summary>
    public string? NumberText => _json.ValueKind is JsonValueKind.Number ? _json.GetRawText() : null;

    private bool IsEmptyString => _json.ValueKind is JsonValueKind.String && _json.ValueEquals("");

    public static InputValue Null => default;

    public static InputValue OfText(string? text) => new(text, null);

    public static InputValue OfNumber(int number) => new(null, number);

    /// <summary>The value as the file has it, for messages.</summary>
    public override string ToString() => _number?.ToString(CultureInfo.InvariantCulture) ?? _text ?? _json.ToString();

    /// <summary>Writes the value; an empty column is written as null.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        if (_number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else if (_text is null && _json.ValueKind is not JsonValueKind.Undefined)
        {
            _json.WriteTo(writer);
        }
        else
        {
            writer.WriteStringValue(IsEmpty ? null : _text);
        }
    }

    /// <summary>The value of a column as an argument of an import line.</summary>
    public ArgumentValue ToArgument() => _number is { } number ? new ArgumentValue(ArgumentKind.Number, number.ToString(CultureInfo.InvariantCulture))
        : IsEmpty ? ArgumentValue.Null
        : new ArgumentValue(ArgumentKind.Text, _text!);

    /// <summary>Writes true or false, which a column contains as text.</summary>
    public void WriteFlagTo(Utf8JsonWriter writer)
    {
        if (bool.TryParse(_text, out var flag))
        {
            writer.WriteBooleanValue(flag);
        }
        else
        {
            WriteTo(writer);
        }
    }
}
