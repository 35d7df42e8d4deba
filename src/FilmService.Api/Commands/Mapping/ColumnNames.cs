namespace FilmService.Api.Commands.Mapping;

/// <summary>The names of columns that a file has, and what each says.</summary>
internal sealed class ColumnNames
{
    // Enough for any table; of a file with ever new names not all are remembered.
    private const int MaxNames = 1000;

    private readonly Dictionary<string, string?> _columns = [];

    /// <summary>The names that say nothing of a film, in the order in which they came.</summary>
    public IEnumerable<string> NotTaken => _columns.Where(column => column.Value is null).Select(column => column.Key);

    /// <summary>The member that the column holds; null for none.</summary>
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
