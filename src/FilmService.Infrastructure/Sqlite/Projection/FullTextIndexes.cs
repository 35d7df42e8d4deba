using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>
/// The full-text tables of the normalised names, on the writing connection. They do not store the names, so a name must be
/// removed with the same text that was added.
/// </summary>
internal sealed class FullTextIndexes(SqliteConnection connection) : IDisposable
{
    private static readonly string[] Tables = ["film_words", "film_trigrams"];

    private readonly SqliteStatement[] _add = Array.ConvertAll(
        Tables, table => new SqliteStatement(connection, $"INSERT INTO {table} (rowid, normalized_name) VALUES ($1, $2)"));

    private readonly SqliteStatement[] _remove = Array.ConvertAll(
        Tables, table => new SqliteStatement(connection, $"INSERT INTO {table} ({table}, rowid, normalized_name) VALUES ('delete', $1, $2)"));

    /// <summary>Rebuilds them from <c>films</c>.</summary>
    public static void Rebuild(SqliteConnection connection) =>
        Array.ForEach(Tables, table => connection.Execute($"INSERT INTO {table} ({table}) VALUES ('rebuild')"));

    public void Add(long row, string normalizedName) => Array.ForEach(_add, table => table.Bind(row).Bind(normalizedName).Run());

    public void Remove(long row, string normalizedName) => Array.ForEach(_remove, table => table.Bind(row).Bind(normalizedName).Run());

    public void Dispose()
    {
        Array.ForEach(_add, statement => statement.Dispose());
        Array.ForEach(_remove, statement => statement.Dispose());
    }
}
