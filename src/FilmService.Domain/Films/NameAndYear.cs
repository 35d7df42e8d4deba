namespace FilmService.Domain.Films;

/// <summary>By which films without an id are recognised: the normalised name and the year.</summary>
public readonly record struct NameAndYear(string NormalizedName, int Year)
{
    public static NameAndYear Of(FilmDetails film) => new(Films.NormalizedName.Of(film.Name), film.Year);

    /// <summary>Those of a line; null if it lacks one of them.</summary>
    public static NameAndYear? Of(FilmPatch patch) =>
        patch[FilmFields.Name].Text is { } name && patch[FilmFields.Year] is { Kind: FieldValueKind.Number } year
            ? new NameAndYear(Films.NormalizedName.Of(name.Trim()), year.Number)
            : null;
}
