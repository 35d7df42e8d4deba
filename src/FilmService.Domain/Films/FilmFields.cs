using System.Collections.Immutable;

namespace FilmService.Domain.Films;

/// <summary>The fields of a film. docs/adding-a-field.md describes how to add one.</summary>
public static class FilmFields
{
    public static readonly FilmField Name = new("Name", FilmFieldKind.Text, film => film.Name)
    {
        Index = 0,
        Description = "The title",
        Hint = ", stored without surrounding white space",
        IsRequired = true,
        Length = (1, FilmDetails.NameMaxLength),
        IsValidText = FilmDetails.IsName,
        Rule = $"must have at most {FilmDetails.NameMaxLength} characters and no control characters",
    };

    public static readonly FilmField Year = new("Year", FilmFieldKind.Number, film => film.Year)
    {
        Index = 1,
        Description = "The year of release",
        IsRequired = true,
        Range = (FilmDetails.MinYear, FilmDetails.MaxYear),
        Rule = $"must be a whole number from {FilmDetails.MinYear} to {FilmDetails.MaxYear}",
    };

    public static readonly FilmField Month = new("Month", FilmFieldKind.Choice, film => film.Month)
    {
        Index = 2,
        Description = "The English name of the release month",
        Choices = Months.All,
        Rule = $"must be one of {string.Join(", ", Months.All)}, or null if it is unknown",
    };

    /// <summary>All fields, in the order in which they are written.</summary>
    public static ImmutableArray<FilmField> All { get; } = [Name, Year, Month];

    /// <summary>The fields that every film has.</summary>
    public static ImmutableArray<FilmField> Required { get; } = [.. All.Where(field => field.IsRequired)];

    /// <summary>The film with these values.</summary>
    /// <exception cref="ArgumentException">A value breaks the film's rules; requests are validated before.</exception>
    public static FilmDetails ToDetails<T>(T values)
        where T : IFieldSource, allows ref struct => new(
            values.ValueOf(Name).Text!,
            values.ValueOf(Year).Number,
            values.ValueOf(Month) is { IsAbsent: false } month ? (Month)month.Number : null);
}

/// <summary>A subset of a film's fields.</summary>
public readonly record struct FilmFieldSet
{
    private readonly uint _bits;

    private FilmFieldSet(uint bits) => _bits = bits;

    public static FilmFieldSet All { get; } = new(uint.MaxValue);

    public static FilmFieldSet Of(IEnumerable<FilmField> fields) => new(fields.Aggregate(0u, (bits, field) => bits | (1u << field.Index)));

    public bool Contains(FilmField field) => (_bits & (1u << field.Index)) != 0;
}
