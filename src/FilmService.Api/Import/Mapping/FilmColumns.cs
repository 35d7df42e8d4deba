using FilmService.Domain.Films;

namespace FilmService.Api.Import.Mapping;

/// <summary>
/// Recognises columns by name, in any letter case and with any separators: <c>release_date</c> and <c>Release Date</c> are the
/// same. Only exact synonyms are recognised: Letterboxd's <c>Date</c> is when somebody watched the film.
/// </summary>
internal static class FilmColumns
{
    public const string Id = "Id";
    public const string Deleted = "Deleted";

    /// <summary>A release date, which is split into year and month.</summary>
    public const string Date = "Date";

    /// <summary>What the file calls the entry, such as <c>TV Episode</c>.</summary>
    public const string Kind = "Kind";

    /// <summary>The columns that a user can choose, with the argument's name.</summary>
    public static readonly IReadOnlyDictionary<string, string> Arguments = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["id"] = Id,
        ["name"] = FilmFields.Name.Name,
        ["year"] = FilmFields.Year.Name,
        ["month"] = FilmFields.Month.Name,
        ["date"] = Date,
        ["type"] = Kind,
    };

    private static readonly (string Column, string[] Names)[] Synonyms =
    [
        (Id, ["id"]),
        (Deleted, ["deleted"]),
        (FilmFields.Name.Name, ["name", "title", "film", "filmname", "filmtitle", "movie", "moviename", "movietitle", "primarytitle"]),
        (FilmFields.Year.Name, ["year", "releaseyear", "startyear"]),
        (FilmFields.Month.Name, ["month", "releasemonth"]),
        (Date, ["releasedate", "released"]),
        (Kind, ["titletype", "mediatype", "type"]),
    ];

    // A field without synonyms of its own is recognised by its name.
    private static readonly Dictionary<string, string> Known = Synonyms.SelectMany(synonym => synonym.Names, (synonym, name) => (Name: name, synonym.Column))
        .Concat(FilmFields.All.Select(field => (Name: field.Argument, Column: field.Name)))
        .DistinctBy(known => known.Name).ToDictionary(known => known.Name, known => known.Column);

    /// <summary>The column of the film that a column of this name contains; null if the catalogue stores nothing of it.</summary>
    public static string? Of(string name) => Known.GetValueOrDefault(Fold(name));

    /// <summary>The name without separators, in lower case.</summary>
    public static string Fold(string name) => string.Concat(name.Where(letter => letter is not (' ' or '_' or '-' or '\uFEFF' or '\u00A0'))).ToLowerInvariant();
}
