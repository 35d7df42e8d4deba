using FilmService.Domain.Films;

namespace FilmService.Api.Commands.Mapping;

/// <summary>
/// Recognises columns by name, in any letter case and with any separators: <c>release_date</c> and <c>Release Date</c> are the
/// same. Only exact synonyms are recognised: Letterboxd's <c>Date</c> is when somebody watched the film.
/// </summary>
internal static class FilmColumns
{
    public const string Id = "Id";
    public const string Deleted = "Deleted";

    /// <summary>A release date, which is split into year and month.</summary>
    public const string Date = "ReleaseDate";

    // The last three are members of the change feed: recognised but not stored again.
    private static readonly string[] Members = [Id, .. FilmFields.All.Select(field => field.Name), Date, Deleted, "Revision", "At", "By"];

    private static readonly Dictionary<string, string> Known =
        new(Members.Select(name => KeyValuePair.Create(name, name)).Append(new("Title", FilmFields.Name.Name)), StringComparer.OrdinalIgnoreCase);

    // A required field, and the column that may replace it.
    private static readonly (FilmField Field, string Names, string? Substitute)[] Required =
        [.. FilmFields.Required.Select(field =>
            field == FilmFields.Name ? (field, "Name or Title", null)
            : field == FilmFields.Year ? (field, "Year or Release Date", Date)
            : (field, field.Name, default(string)))];

    /// <summary>The member that a column of this name contains; null if the catalogue stores nothing of it.</summary>
    public static string? Of(string name) => Known.GetValueOrDefault(string.Concat(name.Where(letter => letter is not (' ' or '_' or '-'))));

    /// <summary>Checks that the header has a column for the film's name, and no two columns with the same meaning.</summary>
    /// <exception cref="CommandException">It fails one of these checks.</exception>
    public static void Require(IReadOnlyList<string> header)
    {
        var columns = header.Select(Of).ToList();
        foreach (var (field, names, substitute) in Required)
        {
            RequireOne(header, columns.Contains(field.Name) || (substitute is not null && columns.Contains(substitute)), names);
        }

        var twice = header.GroupBy(Of).FirstOrDefault(group => group.Key is not null && group.Skip(1).Any());
        if (twice is not null)
        {
            throw new CommandException(Twice(twice.First(), twice.Last()));
        }
    }

    /// <summary>The message for two columns with the same meaning.</summary>
    public static string Twice(string first, string second) => $"'{first}' and '{second}' have the same meaning: keep only one of them.";

    private static void RequireOne(IReadOnlyList<string> header, bool isThere, string names)
    {
        if (!isThere)
        {
            throw new CommandException($"There is no column {names}. The first line must name the columns, separated by commas; it is: {string.Join(',', header)}");
        }
    }
}
