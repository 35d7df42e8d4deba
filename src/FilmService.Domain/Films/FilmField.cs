namespace FilmService.Domain.Films;

/// <summary>How the values of a field are written and stored.</summary>
public enum FilmFieldKind
{
    Text,

    /// <summary>An integer.</summary>
    Number,

    /// <summary>One of several names; stored as its number, from 1.</summary>
    Choice,
}

/// <summary>
/// A field of films: its name, its valid values and where it is stored. All code that treats fields alike goes through <see
/// cref="FilmFields.All"/>: arguments, lists, changes, imports, the database and the API document.
/// </summary>
/// <param name="Name">The JSON member and CSV column, such as <c>Year</c>.</param>
/// <param name="Kind">How its values are written and stored.</param>
/// <param name="Of">Reads it from a film.</param>
public sealed record FilmField(string Name, FilmFieldKind Kind, Func<FilmDetails, FieldValue> Of)
{
    /// <summary>The argument and the database column, such as <c>year</c>.</summary>
    public string Argument { get; } = Name.ToLowerInvariant();

    /// <summary>Its description in the API document, without a full stop.</summary>
    public required string Description { get; init; }

    /// <summary>How clients can also send it, for the API document after <see cref="Description"/>.</summary>
    public string Hint { get; init; } = Kind switch
    {
        FilmFieldKind.Number => "; ASCII digits in a string are accepted",
        FilmFieldKind.Choice => ", in any letter case",
        _ => "",
    };

    /// <summary>False if a film may lack the field, which is then null.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Minimum and maximum number of code points of a text.</summary>
    public (int Min, int Max) Length { get; init; }

    /// <summary>Minimum and maximum of a number.</summary>
    public (int Min, int Max) Range { get; init; }

    /// <summary>The names of a choice, in order.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Validates a text that is not blank.</summary>
    public Func<string, bool> IsValidText { get; init; } = _ => true;

    /// <summary>The rule for its value, for a sentence that begins with its name.</summary>
    public required string Rule { get; init; }

    /// <summary>Its position in <see cref="FilmFields.All"/>.</summary>
    public int Index { get; internal init; }

    /// <summary>The value that a text represents; a choice in any letter case.</summary>
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

    /// <summary>The error in a value, as a sentence; null if it is valid.</summary>
    /// <param name="mayBeMissing">True if only given values are validated, because an existing film has the rest.</param>
    public string? FaultOf(FieldValue value, bool mayBeMissing = false) => value.Kind switch
    {
        FieldValueKind.Missing or FieldValueKind.Null => !IsRequired || (mayBeMissing && value.IsMissing) ? null : $"{Name} is required.",
        FieldValueKind.Text when Kind is FilmFieldKind.Text => FaultOf(value.Text!),
        FieldValueKind.Number when Kind is FilmFieldKind.Choice || (value.Number >= Range.Min && value.Number <= Range.Max) => null,
        _ when Kind is FilmFieldKind.Text => $"{Name} must be a string without lone surrogates.",
        _ => $"{Name} {Rule}.",
    };

    private string? FaultOf(string text) => string.IsNullOrWhiteSpace(text) ? $"{Name} must not be empty."
        : NormalizedName.IsBlank(text) ? $"{Name} must have at least one visible character."
        : IsValidText(text) ? null
        : $"{Name} {Rule}.";
}
