using System.Collections.Immutable;
using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// The columns of a film's fields, in the order of <see cref="FilmFields.All"/>. A choice is stored as a number; 0 or NULL means
/// none.
/// </summary>
internal static class FieldColumns
{
    /// <summary>The column names, for SELECT and INSERT.</summary>
    public static readonly string Names = string.Join(", ", FilmFields.All.Select(field => field.Argument));

    /// <summary>The column definitions, for a table in which every column may be NULL.</summary>
    public static readonly string Definitions =
        string.Join(", ", FilmFields.All.Select(field => $"{field.Argument} {(field.Kind is FilmFieldKind.Text ? "TEXT" : "INTEGER")}"));

    public static int Count => FilmFields.All.Length;

    /// <summary>This many parameters, for VALUES.</summary>
    public static string Parameters(int count) => string.Join(", ", Enumerable.Repeat("?", count));

    /// <summary>Binds the fields of a film, or NULLs for a deleted one.</summary>
    public static SqliteStatement Bind(this SqliteStatement statement, FilmDetails? film) => statement.Bind(film, FilmFields.All, noChoice: null);

    /// <summary>Binds some fields of a film; a missing choice is stored as <paramref name="noChoice"/>.</summary>
    public static SqliteStatement Bind(this SqliteStatement statement, FilmDetails? film, ImmutableArray<FilmField> fields, int? noChoice)
    {
        foreach (var field in fields)
        {
            var value = film is null ? FieldValue.Null : field.Of(film);
            _ = value.Kind switch
            {
                FieldValueKind.Text => statement.Bind(value.Text),
                FieldValueKind.Number => statement.Bind(value.Number),
                _ => statement.Bind(field.Kind is FilmFieldKind.Choice ? noChoice : null),
            };
        }

        return statement;
    }

    /// <param name="row">The current row.</param>
    /// <param name="first">The position of the first field's column.</param>
    public static FilmDetails ReadDetails(this SqliteStatement.Rows row, int first) => FilmFields.ToDetails(new Statement(row, first));

    public static FilmDetails ReadDetails(this SqliteDataReader row, int first) => FilmFields.ToDetails(new Reader(row, first));

    /// <summary>Reads a field as stored, without copying it.</summary>
    public static FieldBytes ReadBytes(this SqliteStatement.Rows row, FilmField field, int first)
    {
        var column = first + field.Index;
        if (field.Kind is FilmFieldKind.Text)
        {
            var text = row.Bytes(column);
            return new FieldBytes { Kind = text.IsEmpty ? FieldValueKind.Null : FieldValueKind.Text, Text = text };
        }

        var number = (int)row.Number(column);
        return new FieldBytes { Kind = IsNone(field, number, row, column) ? FieldValueKind.Null : FieldValueKind.Number, Number = number };
    }

    // SQLite reads NULL as 0, and distinguishing them costs a call.
    private static bool IsNone(FilmField field, int number, SqliteStatement.Rows row, int column) =>
        number == 0 && (field.Kind is FilmFieldKind.Choice || (!field.IsRequired && row.IsNull(column)));

    private readonly struct Statement(SqliteStatement.Rows row, int first) : IFieldSource
    {
        public FieldValue ValueOf(FilmField field)
        {
            var column = first + field.Index;
            if (field.Kind is FilmFieldKind.Text)
            {
                return field.IsRequired || !row.IsNull(column) ? row.Text(column) : FieldValue.Null;
            }

            var number = (int)row.Number(column);
            return IsNone(field, number, row, column) ? FieldValue.Null : number;
        }
    }

    private readonly struct Reader(SqliteDataReader row, int first) : IFieldSource
    {
        public FieldValue ValueOf(FilmField field)
        {
            var column = first + field.Index;
            return row.IsDBNull(column) ? FieldValue.Null
                : field.Kind is FilmFieldKind.Text ? row.GetString(column)
                : row.GetInt32(column) is var number && (number != 0 || field.Kind is not FilmFieldKind.Choice) ? number
                : FieldValue.Null;
        }
    }
}
