using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>
/// The indexes of <c>films</c> that an import drops first and builds last, in its own transaction: sorting all entries of an index
/// at once takes a fifth of the time of adding them one by one in random order.
/// </summary>
internal sealed class DeferredIndexes
{
    // Building an index again reads all films, so most of them must come from the import.
    private const int LinesPerFilm = 4;

    // A change of the schema makes every connection prepare its statements again.
    private const int FewestLines = 10_000;

    // Films are looked up by id throughout, and by name if the import matches names.
    private const string ById = "IX_films_sort_key";
    private const string ByName = "IX_films_normalized_name_sort_key";

    private readonly SqliteConnection _connection;
    private readonly List<(string Name, string Sql)> _dropped = [];

    private DeferredIndexes(SqliteConnection connection) => _connection = connection;

    /// <summary>Drops the indexes if that is worth it.</summary>
    /// <param name="connection">In the import's transaction.</param>
    /// <param name="lines">How many lines the import has.</param>
    /// <param name="films">At least as many as there are films.</param>
    /// <param name="keepsNames">True if films are looked up by name.</param>
    public static DeferredIndexes Of(SqliteConnection connection, long lines, long films, bool keepsNames)
    {
        var indexes = new DeferredIndexes(connection);
        if (lines >= FewestLines && lines / LinesPerFilm >= films)
        {
            indexes.Drop(keepsNames);
        }

        return indexes;
    }

    /// <summary>True if there are indexes to build.</summary>
    public bool Any => _dropped.Count > 0;

    /// <summary>Builds the indexes as they were. If the transaction is rolled back in place of this, they are there again as well.</summary>
    public void Build()
    {
        _dropped.ForEach(index => _connection.Execute(index.Sql));
        _dropped.Clear();
    }

    private void Drop(bool keepsNames)
    {
        using (var indexes = _connection.Prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'films' AND name NOT IN ($1, $2)"))
        using (var row = indexes.With(ById, keepsNames ? ByName : ById).ExecuteReader())
        {
            while (row.Read())
            {
                _dropped.Add((row.GetString(0), row.GetString(1)));
            }
        }

        _dropped.ForEach(index => _connection.Execute($"DROP INDEX \"{index.Name}\""));
    }
}
