using System.Collections.Immutable;
using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>
/// Projects the changes into <c>films</c>, the read model, with its full-text tables, and into the index of each film's changes,
/// on the writing connection. Updating these with every write would make it several times as expensive, so they lag behind and
/// catch up in batches.
/// </summary>
internal sealed class FilmProjection(SqliteConnection connection, string epoch) : IDisposable
{
    /// <summary>
    /// How many changes may wait for a query or an idle writer, and are projected at once. Together they change each page of the
    /// indexes once: in batches of a tenth, a busy writer would spend more on the indexes than on the writes.
    /// </summary>
    public const int Batch = 32_768;

    private static readonly ImmutableArray<FilmField> Others = FilmFields.All.Remove(FilmFields.Name);
    private static readonly string OtherColumns = string.Join(", ", Others.Select(field => field.Argument));
    private static readonly string OtherAssignments = string.Join(", ", Others.Select(field => $"{field.Argument} = ?"));

    private readonly SqliteStatement _find = new(connection, $"SELECT {FilmRowReader.Columns} FROM films WHERE sort_key = $1");
    private readonly SqliteStatement _findRow = new(connection, "SELECT row, name, normalized_name FROM films WHERE sort_key = $1");
    private readonly SqliteStatement _delete = new(connection, "DELETE FROM films WHERE row = $1");
    private readonly SqliteStatement _add = new(connection, $"""
        INSERT INTO films (sort_key, id, name, normalized_name, {OtherColumns}, revision) VALUES ({FieldColumns.Parameters(5 + Others.Length)})
        """);

    // SQLite updates every index on a column that is set, even if its value stays the same. Most changes keep the name.
    private readonly SqliteStatement _update = new(connection, $"UPDATE films SET {OtherAssignments}, revision = ? WHERE row = ?");
    private readonly SqliteStatement _rename = new(connection, $"UPDATE films SET name = ?, normalized_name = ?, {OtherAssignments}, revision = ? WHERE row = ?");
    private readonly FullTextIndexes _fullText = new(connection);
    private readonly SqliteStatement _index = new(connection, "UPDATE changes SET indexed = 1 WHERE revision > $1 AND revision <= $2 AND indexed = 0");
    private readonly SqliteStatement _checkpoint = new(connection, "UPDATE revision SET checkpoint = $1");

    /// <summary>The film in the table; null if there is none.</summary>
    public Film? Find(FilmId id)
    {
        using var row = _find.Bind(id.ToSortKey()).Query();
        return row.Next() ? row.ReadFilm(epoch) : null;
    }

    /// <summary>Stores the film's current state; null deletes it.</summary>
    public void Save(FilmId id, Film? film)
    {
        var stored = FindRow(id);
        if (film is null)
        {
            Delete(stored);
        }
        else if (stored is not { } row)
        {
            Add(film);
        }
        else if (row.Name == film.Name)
        {
            Bind(_update, film).Bind(row.Row).Run();
        }
        else
        {
            Rename(row, film);
        }
    }

    /// <summary>Moves the checkpoint, once the films of all changes after one revision, up to another, have been saved.</summary>
    public void Advance(long after, long through)
    {
        _index.Bind(after).Bind(through).Run();
        _checkpoint.Bind(through).Run();
    }

    private StoredFilm? FindRow(FilmId id)
    {
        using var row = _findRow.Bind(id.ToSortKey()).Query();
        return row.Next() ? new StoredFilm(row.Number(0), row.Text(1), row.Text(2)) : null;
    }

    private void Add(Film film)
    {
        var normalizedName = NormalizedName.Of(film.Name);
        Bind(_add.Bind(film.Id.ToSortKey()).Bind(film.Id.Value).Bind(film.Name).Bind(normalizedName), film).Run();
        _fullText.Add(_add.LastInsertedRow, normalizedName);
    }

    private void Rename(StoredFilm stored, Film film)
    {
        var normalizedName = NormalizedName.Of(film.Name);
        Bind(_rename.Bind(film.Name).Bind(normalizedName), film).Bind(stored.Row).Run();
        if (normalizedName != stored.NormalizedName)
        {
            _fullText.Remove(stored.Row, stored.NormalizedName);
            _fullText.Add(stored.Row, normalizedName);
        }
    }

    private void Delete(StoredFilm? stored)
    {
        if (stored is { } film)
        {
            _delete.Bind(film.Row).Run();
            _fullText.Remove(film.Row, film.NormalizedName);
        }
    }

    private static SqliteStatement Bind(SqliteStatement statement, Film film) =>
        statement.Bind(film.Details, Others, noChoice: 0).Bind(film.Revision.Number);

    public void Dispose()
    {
        _find.Dispose();
        _findRow.Dispose();
        _delete.Dispose();
        _add.Dispose();
        _update.Dispose();
        _rename.Dispose();
        _fullText.Dispose();
        _index.Dispose();
        _checkpoint.Dispose();
    }

    private readonly record struct StoredFilm(long Row, string Name, string NormalizedName);
}
