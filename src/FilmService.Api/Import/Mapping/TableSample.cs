namespace FilmService.Api.Import.Mapping;

/// <summary>A column of a file.</summary>
/// <param name="Meaning">What it is, by the name of its argument; null if it is not imported.</param>
public readonly record struct SampleColumn(string Name, string? Meaning);

/// <summary>How a CSV file was read, and its first rows, for people who check that.</summary>
public sealed class TableSample
{
    /// <summary>How many rows are kept.</summary>
    public const int MaxRows = 20;

    private const int MaxColumns = 50;

    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>The meanings that a column can have.</summary>
    public static IEnumerable<string> Meanings => FilmColumns.Arguments.Keys;

    public char Delimiter { get; private set; }

    /// <summary>The encoding's name, such as <c>utf-8</c>.</summary>
    public string Encoding { get; internal set; } = "utf-8";

    /// <summary>The first columns; empty if the file is no CSV, or has no header.</summary>
    public IReadOnlyList<SampleColumn> Columns { get; private set; } = [];

    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    internal void Begin(char delimiter, IReadOnlyList<string> columns, ColumnMap map)
    {
        Delimiter = delimiter;
        Columns = [.. columns.Take(MaxColumns).Select(name => new SampleColumn(name, map.Find(name) is { } column ? ArgumentOf(column) : null))];
    }

    internal void Add(IReadOnlyList<string> row)
    {
        if (_rows.Count < MaxRows)
        {
            _rows.Add([.. row.Take(MaxColumns)]);
        }
    }

    private static string? ArgumentOf(string column) => FilmColumns.Arguments.FirstOrDefault(argument => argument.Value == column).Key;
}
