namespace FilmService.Domain.Films;

/// <summary>New values for some of a film's fields; the others keep theirs.</summary>
/// <example><c>new FilmPatch { [FilmFields.Year] = 2018 }</c></example>
public sealed class FilmPatch : IEquatable<FilmPatch>
{
    private readonly FieldValue[] _values = new FieldValue[FilmFields.All.Length];

    /// <summary>The field's new value; missing if it keeps its value.</summary>
    public FieldValue this[FilmField field]
    {
        get => _values[field.Index];
        init => _values[field.Index] = value;
    }

    /// <summary>Reads a value for each field.</summary>
    public static FilmPatch Of(Func<FilmField, FieldValue> valueOf)
    {
        var patch = new FilmPatch();
        foreach (var field in FilmFields.All)
        {
            patch._values[field.Index] = valueOf(field);
        }

        return patch;
    }

    /// <summary>The film with the new values.</summary>
    /// <exception cref="ArgumentException">A value breaks the film's rules; requests are validated before.</exception>
    public FilmDetails ApplyTo(FilmDetails details) => FilmFields.ToDetails(new Merged(this, details));

    /// <summary>A film with only these values; null if a required field is missing.</summary>
    /// <exception cref="ArgumentException">A value breaks the film's rules; requests are validated before.</exception>
    public FilmDetails? ToDetails() =>
        FilmFields.Required.All(field => !this[field].IsAbsent) ? FilmFields.ToDetails(new Merged(this, null)) : null;

    public bool Equals(FilmPatch? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as FilmPatch);

    public override int GetHashCode() => _values.Aggregate(0, HashCode.Combine);

    private readonly struct Merged(FilmPatch patch, FilmDetails? details) : IFieldSource
    {
        public FieldValue ValueOf(FilmField field) => details is not null && patch[field].IsMissing ? field.Of(details) : patch[field];
    }
}
