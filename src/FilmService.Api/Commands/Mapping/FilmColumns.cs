using FilmService.Domain.Films;

namespace FilmService.Api.Commands.Mapping;

/// <summary>
/// Knows columns by their names, in any letter case and with any separators: <c>release_date</c> and
/// <c>Release Date</c> are one. No other name is taken for one of these: Letterboxd's <c>Date</c> is when somebody saw the film.
/// </summary>
internal static class FilmColumns
{
    public const string Id = "Id";
    public const string Deleted = "Deleted";

    /// <summary>A date of release, which is taken apart into year and month.</summary>
    public const string Date = "ReleaseDate";

    // The last three are the change feed's: known, and not stored again.
    private static readonly string[] Members = [Id, .. FilmFields.All.Select(field => field.Name), Date, Deleted, "Revision", "At", "By"];

    private static readonly Dictionary<string, string> Known =
        new(Members.Select(name => KeyValuePair.Create(name, name)).Append(new("Title", FilmFields.Name.Name)), StringComparer.OrdinalIgnoreCase);

    // A required field, and what may stand in its place.
    private static readonly (FilmField Field, string Names, string? Substitute)[] Required =
        [.. FilmFields.Required.Select(field =>
            field == FilmFields.Name ? (field, "Name or Title", null)
            : field == FilmFields.Year ? (field, "Year or Release Date", Date)
            : (field, field.Name, default(string)))];

    /// <summary>The member that the column of this name holds; null for none that the catalogue keeps.</summary>
    public static string? Of(string name) => Known.GetValueOrDefault(string.Concat(name.Where(letter => letter is not (' ' or '_' or '-'))));

    /// <summary>The header names a film, and nothing twice.</summary>
    /// <exception cref="CommandException">It does not.</exception>
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

    /// <summary>The fault of two columns of one meaning.</summary>
    public static string Twice(string first, string second) => $"'{first}' and '{second}' have the same meaning: keep only one of them.";

    private static void RequireOne(IReadOnlyList<string> header, bool isThere, string names)
    {
        if (!isThere)
        {
            throw new CommandException($"There is no column {names}. The first line must name the columns, separated by commas; it is: {string.Join(',', header)}");
        }
    }
}
