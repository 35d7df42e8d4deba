namespace FilmService.Api.Import.Mapping;

/// <summary>What the user says about a file's columns.</summary>
/// <param name="Chosen">The file's name for a column of the film; others are found by name.</param>
/// <param name="Ignored">Columns that are not used, whatever their name means.</param>
internal sealed record ColumnChoice(IReadOnlyDictionary<string, string> Chosen, IReadOnlyList<string> Ignored)
{
    public static readonly ColumnChoice None = new(new Dictionary<string, string>(), []);

    /// <summary>A column that is both chosen and ignored; null if there is none.</summary>
    public string? Contradiction => Ignored.FirstOrDefault(ignored => Chosen.Values.Any(chosen => FilmColumns.Fold(chosen) == FilmColumns.Fold(ignored)));

    /// <summary>Every column that is named.</summary>
    public IEnumerable<string> Named => Chosen.Values.Concat(Ignored).Where(name => name.Length > 0);
}

/// <summary>The column names of a file and their meanings.</summary>
internal sealed class ColumnMap(ColumnChoice choice)
{
    /// <summary>Enough for any table; if a file has ever new names, the rest are not remembered.</summary>
    public const int MaxNames = 1000;

    private readonly Dictionary<string, string?> _columns = [];
    private readonly OrderedDictionary<string, bool> _notUsed = [];
    private readonly Dictionary<string, string> _chosen = choice.Chosen.ToDictionary(chosen => FilmColumns.Fold(chosen.Value), chosen => chosen.Key);
    private readonly HashSet<string> _ignored = [.. choice.Ignored.Select(FilmColumns.Fold)];
    private readonly HashSet<string> _missing = [.. choice.Named.Select(FilmColumns.Fold)];

    /// <summary>The names of columns that are not used, in order of appearance.</summary>
    public IReadOnlyList<string> NotUsed => _notUsed.Keys;

    /// <summary>The columns that the user names and the file does not have, as far as it has been read.</summary>
    public IEnumerable<string> Missing => choice.Named.Where(name => _missing.Contains(FilmColumns.Fold(name)));

    /// <summary>The columns of the file, as far as they are remembered.</summary>
    public IEnumerable<string> All => _columns.Keys;

    /// <summary>The film's column that a column of the file contains; null if it is not used, which is noted.</summary>
    public string? ColumnOf(string name)
    {
        if (!_columns.TryGetValue(name, out var column))
        {
            column = Find(name);
            _missing.Remove(FilmColumns.Fold(name));
            if (column is null)
            {
                AddNotUsed(name);
            }

            if (_columns.Count < MaxNames)
            {
                _columns.Add(name, column);
            }
        }

        return column;
    }

    /// <summary>The same without noting anything. A column that was chosen is the only one with its meaning.</summary>
    public string? Find(string name)
    {
        var folded = FilmColumns.Fold(name);
        return _ignored.Contains(folded) ? null
            : _chosen.TryGetValue(folded, out var chosen) ? chosen
            : FilmColumns.Of(name) is { } column && !choice.Chosen.ContainsKey(column) ? column
            : null;
    }

    /// <summary>Notes that a column is not used.</summary>
    public void AddNotUsed(string name)
    {
        if (_notUsed.Count < MaxNames)
        {
            _notUsed.TryAdd(name, true);
        }
    }
}
