using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>The tables and indexes that are derived from <c>changes</c>, and can be built again from it at any time.</summary>
internal static class DerivedTables
{
    /// <summary>True for their rows in <c>sqlite_schema</c>, including the tables behind the full-text tables.</summary>
    public const string Condition =
        "(tbl_name IN ('films', 'release_counts') OR tbl_name GLOB 'film_word*' OR tbl_name GLOB 'film_trigrams*' OR (type = 'index' AND name = 'IX_changes_sort_key_revision'))";

    private const string IsBehindFullText = "(name GLOB 'film_words_*' OR name GLOB 'film_trigrams_*')";

    /// <summary>The statements that create them, tables first.</summary>
    public static (List<string> Tables, List<string> Indexes) Definitions(SqliteConnection connection) =>
        (Select(connection, "type = 'table'"), Select(connection, "type = 'index'"));

    /// <summary>Drops them; their pages are used again.</summary>
    public static void Drop(SqliteConnection connection) =>
        connection.Execute("DROP TABLE film_word_uses; DROP TABLE film_words; DROP TABLE film_trigrams; DROP TABLE films; DROP TABLE release_counts; DROP INDEX IX_changes_sort_key_revision");

    /// <summary>
    /// Removes them from the schema without reading them. A damaged page may point anywhere, and dropping its table could free pages
    /// of another table. Their own pages stay unused until the next VACUUM.
    /// </summary>
    public static void Detach(SqliteConnection connection) => connection.Execute($"""
        PRAGMA writable_schema=ON;
        DELETE FROM sqlite_schema WHERE {Condition};
        PRAGMA writable_schema=RESET;
        """);

    private static List<string> Select(SqliteConnection connection, string condition)
    {
        using var command = connection.Prepare($"SELECT sql FROM sqlite_schema WHERE {Condition} AND {condition} AND sql IS NOT NULL AND NOT {IsBehindFullText} ORDER BY rowid");
        using var row = command.ExecuteReader();
        var definitions = new List<string>();
        while (row.Read())
        {
            definitions.Add(row.GetString(0));
        }

        return definitions;
    }
}
