using System.Globalization;

namespace FilmService.Api.Http.Binding;

/// <summary>How an argument was sent.</summary>
public enum ArgumentKind
{
    /// <summary>Not sent.</summary>
    Missing,

    /// <summary>JSON null, or an empty value in a form or query string.</summary>
    Null,

    /// <summary>A JSON string, or a value in a form or query string.</summary>
    Text,

    /// <summary>A JSON number; the text is its literal.</summary>
    Number,

    /// <summary>A JSON array of strings.</summary>
    List,

    /// <summary>JSON true or false, which is also the text.</summary>
    Flag,

    /// <summary>
    /// Anything else, which no argument accepts: another kind of array, an object, or text with a lone surrogate.
    /// </summary>
    Other,
}

/// <summary>An argument as the client sent it.</summary>
/// <param name="Text">The text, or the number's literal; empty for the other kinds.</param>
public readonly record struct ArgumentValue(ArgumentKind Kind, string Text)
{
    // A decimal holds 28 digits and rounds the rest, so 2018.000...01 would become an integer.
    private const int MaxLiteral = 28;

    public static readonly ArgumentValue Null = new(ArgumentKind.Null, "");

    /// <summary>A value that no argument accepts.</summary>
    public static readonly ArgumentValue Other = new(ArgumentKind.Other, "");

    public static ArgumentValue OfFlag(bool flag) => new(ArgumentKind.Flag, flag ? "true" : "false");

    /// <summary>The strings of a list; null for the other kinds.</summary>
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>A value of a form or query string, where empty means null.</summary>
    public static ArgumentValue OfForm(string text) => text.Length == 0 ? Null : new ArgumentValue(ArgumentKind.Text, text);

    /// <summary>True if it is missing or null.</summary>
    public bool IsAbsent => Kind is ArgumentKind.Missing or ArgumentKind.Null;

    /// <summary>
    /// The integer, as a JSON number (<c>2018</c>, <c>2018.0</c>, <c>2.018e3</c>) or as ASCII digits in text; null if it is not
    /// one, or exceeds 32 bits.
    /// </summary>
    public int? ToWholeNumber() => Kind switch
    {
        ArgumentKind.Text when Text.All(char.IsAsciiDigit) => ParseDigits(Text),
        ArgumentKind.Number when Text.Length <= MaxLiteral
            && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.Truncate(number) == number && number is >= int.MinValue and <= int.MaxValue => (int)number,
        _ => null,
    };

    // The parser alone would accept trailing NULs.
    private static int? ParseDigits(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
