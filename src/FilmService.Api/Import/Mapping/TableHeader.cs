using FilmService.Domain.Films;

namespace FilmService.Api.Import.Mapping;

/// <summary>Checks the header of a CSV file.</summary>
internal static class TableHeader
{
    private const int MaxEchoed = 300;

    /// <summary>The message for two columns with the same meaning.</summary>
    public static string Twice(string first, string second) => $"'{first}' and '{second}' have the same meaning: keep only one of them, or ignore one.";

    /// <summary>The names of columns, for a message.</summary>
    public static string Echo(IEnumerable<string> names)
    {
        var text = string.Join(',', names.Take(ColumnMap.MaxNames));
        return text.Length > MaxEchoed ? text[..MaxEchoed] + "..." : text;
    }

    /// <summary>How well a header suits: the number of recognised columns, and whether a film can be made from them.</summary>
    public static (bool IsComplete, int Known) Rate(IReadOnlyList<string> header, ColumnMap columns)
    {
        var known = header.Select(columns.Find).OfType<string>().ToHashSet();
        return (known.Contains(FilmFields.Name.Name) && (known.Contains(FilmFields.Year.Name) || known.Contains(FilmColumns.Date)), known.Count);
    }

    /// <summary>The errors in a header, by argument; none if it is valid.</summary>
    /// <param name="hasYearsInNames">True if years may be part of the names, as in <c>Toy Story (1995)</c>.</param>
    public static IEnumerable<KeyValuePair<string, string>> FaultsOf(
        IReadOnlyList<string> header, ColumnMap columns, MappingOptions options, bool hasYearsInNames)
    {
        var choice = options.Columns;
        var named = header.Where(name => columns.ColumnOf(name) is not null).ToLookup(columns.ColumnOf);
        var missing = options.Required.Where(field => !named.Contains(field.Name) && !choice.Chosen.ContainsKey(field.Name))
            .Where(field => field != FilmFields.Year || !(hasYearsInNames || named.Contains(FilmColumns.Date)));
        return
        [
            .. Where(header.Count > ColumnMap.MaxNames, "line", $"The header has {header.Count:N0} columns; at most {ColumnMap.MaxNames:N0} are accepted."),
            .. named.Where(group => group.Skip(1).Any()).SelectMany(group => Where(true, ArgumentOf(group.Key!), Twice(group.First(), group.Last()))),
            .. columns.Missing.Select(name => new KeyValuePair<string, string>(choice.Chosen.FirstOrDefault(chosen => chosen.Value == name).Key is { } column ? ArgumentOf(column) : "line", $"There is no column '{name}'. {EchoHeader(header)}")),
            .. missing.SelectMany(field => Where(true, field.Argument, $"There is no column {NamesOf(field)}. {options.Hints.Column(field.Argument)} {EchoHeader(header)}")),
        ];
    }

    private static IEnumerable<KeyValuePair<string, string>> Where(bool isFault, string argument, string message) => isFault ? [new(argument, message)] : [];

    private static string NamesOf(FilmField field) =>
        field == FilmFields.Name ? "Name or Title" : field == FilmFields.Year ? "Year or Release Date" : field.Name;

    private static string ArgumentOf(string column) => column.ToLowerInvariant();

    private static string EchoHeader(IReadOnlyList<string> header) => $"The first line must name the columns; it is: {Echo(header)}";
}
