using System.Text;

namespace FilmService.Domain.Films;

public enum FieldValueKind : byte
{
    /// <summary>The field is not given.</summary>
    Missing,

    /// <summary>The field is given without a value.</summary>
    Null,

    Text,
    Number,

    /// <summary>A value that no field can have.</summary>
    Invalid,
}

/// <summary>
/// The value of a film's field, for validating, storing and copying; a choice is the number of its name, from 1.
/// </summary>
public readonly record struct FieldValue
{
    public static readonly FieldValue Null = new() { Kind = FieldValueKind.Null };

    public static readonly FieldValue Invalid = new() { Kind = FieldValueKind.Invalid };

    public FieldValueKind Kind { get; private init; }

    public string? Text { get; private init; }

    public int Number { get; private init; }

    public bool IsMissing => Kind is FieldValueKind.Missing;

    public bool IsAbsent => Kind is FieldValueKind.Missing or FieldValueKind.Null;

    public static implicit operator FieldValue(string? text) => text is null ? Null : new() { Kind = FieldValueKind.Text, Text = text };

    public static implicit operator FieldValue(int? number) => number is { } known ? new() { Kind = FieldValueKind.Number, Number = known } : Null;

    public static implicit operator FieldValue(Month? month) => (int?)month;
}

/// <summary>The same with its text in UTF-8, for writing.</summary>
public readonly ref struct FieldBytes
{
    public FieldValueKind Kind { get; init; }

    public ReadOnlySpan<byte> Text { get; init; }

    public int Number { get; init; }

    public static FieldBytes Of(FieldValue value) =>
        new() { Kind = value.Kind, Number = value.Number, Text = value.Text is { } text ? Encoding.UTF8.GetBytes(text) : default };
}

/// <summary>Provides a value for every field of a film.</summary>
public interface IFieldSource
{
    /// <summary>The field's value. The fields are requested in the order of <see cref="FilmFields.All"/>.</summary>
    FieldValue ValueOf(FilmField field);
}
