using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Reads films from rows whose columns begin with <see cref="Columns"/>.</summary>
internal static class FilmRowReader
{
    public static readonly string Columns = $"id, {FieldColumns.Names}, revision";

    public static readonly string ChangeColumns = $"{Columns}, at, by";

    public static int ColumnCount => RevisionColumn + 1;

    public static int RevisionColumn => 1 + FieldColumns.Count;

    /// <param name="row">The current row.</param>
    /// <param name="first">The position of the first of the columns.</param>
    public static Film ReadFilm(this SqliteDataReader row, string epoch, int first = 0) =>
        new(row.ReadId(first), row.ReadDetails(first + 1), new Revision(epoch, row.GetInt64(first + RevisionColumn)));

    public static Film ReadFilm(this SqliteStatement.Rows row, string epoch, int first = 0) => new(
        row.ReadId(first),
        row.ReadDetails(first + 1),
        new Revision(epoch, row.Number(first + RevisionColumn)));

    /// <summary>Reads the changes from a command whose columns are <see cref="ChangeColumns"/>.</summary>
    public static List<FilmChange> ReadChanges(this SqliteCommand command, string epoch)
    {
        using var row = command.ExecuteReader();
        var changes = new List<FilmChange>();
        while (row.Read())
        {
            var (revision, at) = (new Revision(epoch, row.GetInt64(RevisionColumn)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(ColumnCount)));
            changes.Add(new FilmChange(revision, at, row.GetString(ColumnCount + 1), row.ReadId(0), row.IsDBNull(1) ? null : row.ReadDetails(1)));
        }

        return changes;
    }

    /// <summary>Reads an id; every id in the database was validated when it was written.</summary>
    public static FilmId ReadId(this SqliteStatement.Rows row, int column) => ToId(row.Text(column));

    public static FilmId ReadId(this SqliteDataReader row, int column) => ToId(row.GetString(column));

    private static FilmId ToId(string text) =>
        FilmId.TryParse(text, out var id) ? id : throw new SqliteException("The database contains an invalid film id.", raw.SQLITE_CORRUPT);
}
