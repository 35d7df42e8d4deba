using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Backups;

/// <summary>
/// The tables that a restore takes from the replaced database: all that are not the catalogue's, so users, keys, clients and webhooks
/// are as they were last, and what was revoked since the backup stays revoked.
/// </summary>
internal static class CarriedTables
{
    private const string Replaced = "replaced";

    // The beginnings of their names: the full-text tables have several each.
    private static readonly string[] OfTheCatalogue = ["film", "release_counts", "changes", "revision", "idempotency", "__EF", "sqlite_"];

    // Without the replaced database nobody knows what was revoked since the backup.
    private static readonly string[] Credentials = ["api_keys", "sessions", "signing_keys"];

    /// <summary>Takes the tables from the replaced database, or revokes keys and sessions if it cannot be read.</summary>
    /// <returns>
    /// The counter of generated ids in the replaced database, or why it could not be read.
    /// </returns>
    public static (long LastGeneratedId, string? Failure) Take(SqliteConnection restored, string replacedPath)
    {
        restored.Execute("PRAGMA foreign_keys = 0");
        try
        {
            return (new FileInfo(replacedPath) is { Exists: true, Length: > 0 } ? TakeFrom(restored, replacedPath) : throw new FileNotFoundException("It does not exist."), null);
        }
        catch (Exception exception) when (exception is SqliteException or FileNotFoundException)
        {
            Revoke(restored);
            return (0, exception.Message);
        }
    }

    private static void Revoke(SqliteConnection restored)
    {
        foreach (var table in Credentials.Intersect(TablesOf(restored, "main")))
        {
            restored.Execute($"DELETE FROM main.{table}");
        }
    }

    private static long TakeFrom(SqliteConnection restored, string replacedPath)
    {
        restored.Run($"ATTACH $1 AS {Replaced}", replacedPath);
        return restored.InTransaction(() => Take(restored));
    }

    private static long Take(SqliteConnection restored)
    {
        var replaced = TablesOf(restored, Replaced);
        foreach (var table in TablesOf(restored, "main"))
        {
            restored.Execute($"DELETE FROM main.\"{table}\"");
            if (replaced.Contains(table))
            {
                var columns = string.Join(", ", ColumnsOf(restored, "main", table).Intersect(ColumnsOf(restored, Replaced, table)).Select(column => $"\"{column}\""));
                restored.Execute($"INSERT INTO main.\"{table}\" ({columns}) SELECT {columns} FROM {Replaced}.\"{table}\"");
            }
        }

        using var last = restored.Prepare($"SELECT last_generated_id FROM {Replaced}.revision");
        return last.ExecuteScalar() as long? ?? 0;
    }

    private static List<string> TablesOf(SqliteConnection connection, string database) =>
        Read(connection, $"SELECT name FROM {database}.sqlite_master WHERE type = 'table'")
            .Where(table => !OfTheCatalogue.Any(beginning => table.StartsWith(beginning, StringComparison.Ordinal))).ToList();

    private static List<string> ColumnsOf(SqliteConnection connection, string database, string table) =>
        Read(connection, $"SELECT name FROM pragma_table_info('{table}', '{database}')");

    private static List<string> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.Prepare(sql);
        using var row = command.ExecuteReader();
        var values = new List<string>();
        while (row.Read())
        {
            values.Add(row.GetString(0));
        }

        return values;
    }
}
