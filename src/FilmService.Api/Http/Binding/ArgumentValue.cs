using System.Globalization;

namespace FilmService.Api.Http.Binding;

/// <summary>What an argument was sent as.</summary>
public enum ArgumentKind
{
    /// <summary>Not at all.</summary>
    Missing,

    /// <summary>JSON's null, or an empty value in a form or a query string.</summary>
    Null,

    /// <summary>Text: a JSON string, or a value in a form or a query string.</summary>
    Text,

    /// <summary>A JSON number; the text is its literal.</summary>
    Number,

    /// <summary>A JSON array of strings.</summary>
    List,

    /// <summary>JSON's true or false; the text says which.</summary>
    Flag,

    /// <summary>Something that no argument takes: another array, an object, or text with a lone surrogate.</summary>
    Other,
}

/// <summary>One argument as the client sent it.</summary>
/// <param name="Kind">What it was sent as.</param>
/// <param name="Text">The text, or the number's literal; empty for the other kinds.</param>
public readonly record struct ArgumentValue(ArgumentKind Kind, string Text)
{
    // A decimal holds 28 digits and rounds what is beyond them, so that 2018.000...01 would be whole.
    private const int MaxLiteral = 28;

    /// <summary>JSON's null.</summary>
    public static readonly ArgumentValue Null = new(ArgumentKind.Null, "");

    /// <summary>A value that no argument takes.</summary>
    public static readonly ArgumentValue Other = new(ArgumentKind.Other, "");

    /// <summary>JSON's true or false.</summary>
    public static ArgumentValue OfFlag(bool flag) => new(ArgumentKind.Flag, flag ? "true" : "false");

    /// <summary>The strings of a list; null for the other kinds.</summary>
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>A value of a form or a query string, where empty means null.</summary>
    public static ArgumentValue OfForm(string text) => text.Length == 0 ? Null : new ArgumentValue(ArgumentKind.Text, text);

    /// <summary>True for no value: missing or null.</summary>
    public bool IsAbsent => Kind is ArgumentKind.Missing or ArgumentKind.Null;

    /// <summary>
    /// The whole number that it says, as a JSON number (<c>2018</c>, <c>2018.0</c>, <c>2.018e3</c>) or as ASCII digits in text;
    /// null when it says none, or one beyond 32 bits.
    /// </summary>
    public int? ToWholeNumber() => Kind switch
    {
        ArgumentKind.Text when Text.All(char.IsAsciiDigit) => ParseDigits(Text),
        ArgumentKind.Number when Text.Length <= MaxLiteral
            && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.Truncate(number) == number && number is >= int.MinValue and <= int.MaxValue => (int)number,
        _ => null,
    };

    // The parser alone would also take NULs behind the digits.
    private static int? ParseDigits(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
