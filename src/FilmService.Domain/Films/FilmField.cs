namespace FilmService.Domain.Films;

/// <summary>How the values of a field are written and stored.</summary>
public enum FilmFieldKind
{
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>One of some names; stored as its number, from 1.</summary>
    Choice,
}

/// <summary>
/// A field of films: what it is called, what it may be and where it is kept. Whatever treats all fields alike goes through
/// <see cref="FilmFields.All"/>: arguments, lists, changes, imports, the database and the API document.
/// </summary>
/// <param name="Name">The member of JSON and the column of CSV, such as <c>Year</c>.</param>
/// <param name="Kind">How its values are written and stored.</param>
/// <param name="Of">Reads it from a film.</param>
public sealed record FilmField(string Name, FilmFieldKind Kind, Func<FilmDetails, FieldValue> Of)
{
    /// <summary>The argument, and the column of the database, such as <c>year</c>.</summary>
    public string Argument { get; } = Name.ToLowerInvariant();

    /// <summary>What it is, for the API document, without a full stop.</summary>
    public required string Description { get; init; }

    /// <summary>How clients may also send it, for the API document after <see cref="Description"/>.</summary>
    public string Hint { get; init; } = Kind switch
    {
        FilmFieldKind.Number => "; ASCII digits in a string are accepted",
        FilmFieldKind.Choice => ", in any letter case",
        _ => "",
    };

    /// <summary>False for a field that a film may lack: it is null then.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The fewest and most code points of a text.</summary>
    public (int Min, int Max) Length { get; init; }

    /// <summary>The least and the greatest number.</summary>
    public (int Min, int Max) Range { get; init; }

    /// <summary>The names of a choice, in order.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether a text, which is not blank, can be its value.</summary>
    public Func<string, bool> IsValidText { get; init; } = _ => true;

    /// <summary>What its value must be, for a sentence that begins with its name.</summary>
    public required string Rule { get; init; }

    /// <summary>Its position in <see cref="FilmFields.All"/>.</summary>
    public int Index { get; internal init; }

    /// <summary>The value that a text means; a choice in any letter case.</summary>
    public FieldValue Parse(string text)
    {
        if (Kind is FilmFieldKind.Text)
        {
            return text;
        }

        for (var i = 0; i < Choices.Count; i++)
        {
            if (Choices[i].Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return i + 1;
            }
        }

        return FieldValue.Invalid;
    }

    /// <summary>What is wrong with a value, in a sentence; null if nothing is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mayBeMissing">True if only what is said is judged: a film that exists has the rest.</param>
    public string? FaultOf(FieldValue value, bool mayBeMissing = false) => value.Kind switch
    {
        FieldValueKind.Missing or FieldValueKind.Null => !IsRequired || (mayBeMissing && value.IsMissing) ? null : $"{Name} is required.",
        FieldValueKind.Text when Kind is FilmFieldKind.Text => FaultOf(value.Text!),
        FieldValueKind.Number when Kind is FilmFieldKind.Choice || (value.Number >= Range.Min && value.Number <= Range.Max) => null,
        _ when Kind is FilmFieldKind.Text => $"{Name} must be a string without lone surrogates.",
        _ => $"{Name} {Rule}.",
    };

    private string? FaultOf(string text) => string.IsNullOrWhiteSpace(text) ? $"{Name} must not be empty."
        : IsValidText(text) ? null
        : $"{Name} {Rule}.";
}
