namespace FilmService.Api.Commands.Mapping;

/// <summary>
/// Knows columns by their names, in any letter case and with any separators: <c>release_date</c> and
/// <c>Release Date</c> are one. No other name is taken for one of these: Letterboxd's <c>Date</c> is when somebody saw the film.
/// </summary>
internal static class FilmColumns
{
    private static readonly Dictionary<string, FilmColumn> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = FilmColumn.Id,
        ["Name"] = FilmColumn.Name,
        ["Title"] = FilmColumn.Name,
        ["Year"] = FilmColumn.Year,
        ["Month"] = FilmColumn.Month,
        ["ReleaseDate"] = FilmColumn.Date,
        ["Deleted"] = FilmColumn.Deleted,
        ["Revision"] = FilmColumn.Revision,
        ["At"] = FilmColumn.At,
        ["By"] = FilmColumn.By,
    };

    /// <summary>What the column of this name says.</summary>
    public static FilmColumn Of(string name) =>
        Known.GetValueOrDefault(string.Concat(name.Where(letter => letter is not (' ' or '_' or '-'))), FilmColumn.NotTaken);

    /// <summary>The header names a film, and nothing twice.</summary>
    /// <exception cref="CommandException">It does not.</exception>
    public static void Require(IReadOnlyList<string> header)
    {
        var columns = header.Select(Of).ToList();
        RequireOne(header, columns.Contains(FilmColumn.Name), "Name or Title");
        RequireOne(header, columns.Contains(FilmColumn.Year) || columns.Contains(FilmColumn.Date), "Year or Release Date");
        var twice = header.GroupBy(Of).FirstOrDefault(group => group.Key is not FilmColumn.NotTaken && group.Skip(1).Any());
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
