using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Reads films from rows whose columns begin with <see cref="Columns"/>.</summary>
internal static class FilmRowReader
{
    /// <summary>The columns, in order.</summary>
    public const string Columns = "id, name, year, month, revision";

    /// <summary>The columns of a change, in order.</summary>
    public const string ChangeColumns = Columns + ", at, by";

    /// <summary>How many they are.</summary>
    public const int ColumnCount = 5;

    /// <param name="row">Stands on a row.</param>
    /// <param name="epoch">The database's epoch.</param>
    /// <param name="first">The position of the first of the columns.</param>
    public static Film ReadFilm(this SqliteDataReader row, string epoch, int first = 0) =>
        new(row.ReadId(first), row.ReadDetails(first + 1), new Revision(epoch, row.GetInt64(first + 4)));

    /// <inheritdoc cref="ReadFilm(SqliteDataReader, string, int)"/>
    public static Film ReadFilm(this SqliteStatement.Rows row, string epoch, int first = 0) => new(
        row.ReadId(first),
        new FilmDetails(row.Text(first + 1), (int)row.Number(first + 2), row.Month(first + 3)),
        new Revision(epoch, row.Number(first + 4)));

    /// <summary>Reads the changes of a command whose rows are of <see cref="ChangeColumns"/>.</summary>
    public static List<FilmChange> ReadChanges(this SqliteCommand command, string epoch)
    {
        using var row = command.ExecuteReader();
        var changes = new List<FilmChange>();
        while (row.Read())
        {
            var details = row.IsDBNull(1) ? null : row.ReadDetails(1);
            changes.Add(new FilmChange(new Revision(epoch, row.GetInt64(4)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)), row.GetString(6), row.ReadId(0), details));
        }

        return changes;
    }

    private static FilmDetails ReadDetails(this SqliteDataReader row, int name) =>
        new(row.GetString(name), row.GetInt32(name + 1), row.IsDBNull(name + 2) ? null : (Month)row.GetInt32(name + 2));

    /// <summary>Reads an id; every id in the database was checked when it was written.</summary>
    public static FilmId ReadId(this SqliteStatement.Rows row, int column) => ToId(row.Text(column));

    /// <summary>Reads a month; SQLite reads 0 where there is none.</summary>
    public static Month? Month(this SqliteStatement.Rows row, int column) => row.Number(column) is not 0 and var month ? (Month)month : null;

    private static FilmId ReadId(this SqliteDataReader row, int column) => ToId(row.GetString(column));

    private static FilmId ToId(string text) =>
        FilmId.TryParse(text, out var id) ? id : throw new InvalidDataException("The database contains an invalid film id.");
}
