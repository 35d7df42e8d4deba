using System.Data;
using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Finds the lines of a restore in the changes, in natural order of the films' ids. The index of the changes must be up to date.</summary>
internal static class RestoreLines
{
    private const string OfFilm = "INDEXED BY \"IX_changes_sort_key_revision\" WHERE indexed = 1 AND sort_key = film.sort_key";

    // Of each film: the state before the first change to be undone; the last change, and whether it deleted the film; and whether
    // another change followed the first one.
    private static readonly string Select = $"""
        SELECT film.id, film.last, gone.name IS NULL, EXISTS (
                SELECT 1 FROM changes {OfFilm} AND revision > film.first AND (revision > $3 OR by <> $4)),
            {string.Join(", ", FilmFields.All.Select(field => $"past.{field.Argument}"))}
        FROM (
            SELECT sort_key, id, min(revision) AS first, max(revision) AS last FROM changes
            WHERE revision > $2 AND revision <= $3 AND ($4 IS NULL OR by = $4) GROUP BY sort_key) AS film
        JOIN changes AS gone ON gone.revision = film.last
        LEFT JOIN changes AS past ON past.revision = (SELECT max(revision) FROM changes {OfFilm} AND revision < film.first)
        WHERE $2 = $1 OR NOT EXISTS (SELECT 1 FROM changes {OfFilm} AND revision > $1 AND revision <= $2)
        ORDER BY film.sort_key
        """;

    /// <param name="after">Only films whose first change to be undone is after this one.</param>
    /// <param name="through">The last change to undo.</param>
    public static IEnumerable<ImportLine> Read(SqliteConnection connection, CatalogRestore restore, long after, long through)
    {
        using var select = connection.Prepare(Select).With(restore.After.Number, after, through, restore.By);
        using var row = select.ExecuteReader();
        for (var number = 1; row.Read(); number++)
        {
            yield return new ImportLine(number, row.ReadId(0), PatchOf(row)) { ChangedAt = restore.Through is null ? null : ChangedAt(row) };
        }
    }

    private static long ChangedAt(SqliteDataReader row) => row.GetBoolean(3) ? -1 : row.GetBoolean(2) ? 0 : row.GetInt64(1);

    private static FilmPatch? PatchOf(SqliteDataReader row) =>
        row.IsDBNull(4) ? null : row.ReadDetails(4) is var film ? FilmPatch.Of(field => field.Of(film)) : null;
}
