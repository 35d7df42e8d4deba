namespace FilmService.Api.Commands.Mapping;

/// <summary>The column names of a file and their meanings.</summary>
internal sealed class ColumnNames
{
    // Enough for any table; if a file has ever new names, the rest are not remembered.
    private const int MaxNames = 1000;

    private readonly Dictionary<string, string?> _columns = [];

    /// <summary>The names without a meaning for a film, in order of appearance.</summary>
    public IEnumerable<string> NotTaken => _columns.Where(column => column.Value is null).Select(column => column.Key);

    /// <summary>The member that the column contains; null if it is none.</summary>
    public string? ColumnOf(string name)
    {
        if (!_columns.TryGetValue(name, out var column))
        {
            column = FilmColumns.Of(name);
            if (_columns.Count < MaxNames)
            {
                _columns.Add(name, column);
            }
        }

        return column;
    }
}
