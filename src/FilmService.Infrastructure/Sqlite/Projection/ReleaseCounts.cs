using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>The number of films of each month, on the writing connection. Changes are summed up in memory until they are saved.</summary>
internal sealed class ReleaseCounts(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<int, long> _changes = [];

    private readonly SqliteStatement _add = new(connection, """
        INSERT INTO release_counts (released, films) VALUES ($1, $2) ON CONFLICT (released) DO UPDATE SET films = films + excluded.films
        """);

    private readonly SqliteStatement _removeEmpty = new(connection, "DELETE FROM release_counts WHERE released = $1 AND films = 0");

    /// <summary>Counts a film in another month than before; null if it was or is not there.</summary>
    public void Move(int? from, int? to)
    {
        if (from != to)
        {
            Count(from, -1);
            Count(to, 1);
        }
    }

    /// <summary>Stores what has changed.</summary>
    public void Save()
    {
        foreach (var (released, change) in _changes)
        {
            _add.Bind(released).Bind(change).Run();
            if (change < 0)
            {
                _removeEmpty.Bind(released).Run();
            }
        }

        Reset();
    }

    /// <summary>Forgets what has not been stored.</summary>
    public void Reset() => _changes.Clear();

    public void Dispose()
    {
        _add.Dispose();
        _removeEmpty.Dispose();
    }

    private void Count(int? released, int change)
    {
        if (released is { } month)
        {
            _changes[month] = _changes.GetValueOrDefault(month) + change;
        }
    }
}
