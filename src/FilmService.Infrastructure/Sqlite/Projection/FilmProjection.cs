using System.Collections.Immutable;
using FilmService.Domain.Films;
using FilmService.Domain.Search;
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
    private readonly SqliteStatement _findNamed = new(connection, $"SELECT {FilmRowReader.Columns} FROM films WHERE normalized_name = $1 LIMIT $2");
    private readonly SqliteStatement _findRow = new(connection, "SELECT row, name, normalized_name, released FROM films WHERE sort_key = $1");
    private readonly SqliteStatement _findLastRow = new(connection, "SELECT ifnull(max(row), 0) FROM films");
    private readonly SqliteStatement _delete = new(connection, "DELETE FROM films WHERE row = $1");
    private readonly SqliteStatement _add = new(connection, $"""
        INSERT INTO films (sort_key, id, name, normalized_name, search_extra, {OtherColumns}, revision) VALUES ({FieldColumns.Parameters(6 + Others.Length)})
        """);

    // SQLite updates every index on a column that is set, even if its value stays the same. Most changes keep the name.
    private readonly SqliteStatement _update = new(connection, $"UPDATE films SET {OtherAssignments}, revision = ? WHERE row = ?");
    private readonly SqliteStatement _rename = new(connection, $"UPDATE films SET name = ?, normalized_name = ?, search_extra = ?, {OtherAssignments}, revision = ? WHERE row = ?");
    private readonly FullTextIndexes _fullText = new(connection);
    private readonly ReleaseCounts _counts = new(connection);
    private readonly SqliteStatement _index = new(connection, "UPDATE changes SET indexed = 1 WHERE revision > $1 AND revision <= $2 AND indexed = 0");
    private readonly SqliteStatement _checkpoint = new(connection, "UPDATE revision SET checkpoint = $1");

    /// <summary>In an import's transaction, the films that it has added have greater rows, and the others do not.</summary>
    public long LastOldRow { get; private set; }

    /// <summary>Call this first in each transaction; the one before may have been rolled back.</summary>
    public void Begin()
    {
        LastOldRow = long.MaxValue;
        _counts.Reset();
    }

    /// <summary>Call this after <see cref="Begin"/> in an import's transaction.</summary>
    public void BeginImport() => LastOldRow = FindLastRow();

    /// <summary>The film in the table; null if there is none.</summary>
    public Film? Find(FilmId id)
    {
        using var row = _find.Bind(id.ToSortKey()).Query();
        return row.Next() ? row.ReadFilm(epoch) : null;
    }

    /// <summary>The films with a normalised name, in natural order of their ids.</summary>
    public IEnumerable<Film> FindNamed(string normalizedName, int limit)
    {
        using var row = _findNamed.Bind(normalizedName).Bind(limit).Query();
        while (row.Next())
        {
            yield return row.ReadFilm(epoch);
        }
    }

    /// <summary>Stores the film's current state; null deletes it.</summary>
    /// <param name="isNew">True if it is known that no film has the id.</param>
    public void Save(FilmId id, Film? film, bool isNew = false) => Save(film, isNew ? null : FindRow(id));

    private void Save(Film? film, StoredFilm? stored)
    {
        _counts.Move(stored?.Released, film is null ? null : ReleasePeriods.CodeOf(film.Year, film.Month));
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
        _counts.Save();
        _index.Bind(after).Bind(through).Run();
        _checkpoint.Bind(through).Run();
    }

    private StoredFilm? FindRow(FilmId id)
    {
        using var row = _findRow.Bind(id.ToSortKey()).Query();
        return row.Next() ? new StoredFilm(row.Number(0), row.Text(1), row.Text(2), (int)row.Number(3)) : null;
    }

    private void Add(Film film)
    {
        var name = SearchableName.Of(film.Name);
        Bind(_add.Bind(film.Id.ToSortKey()).Bind(film.Id.Value).Bind(film.Name).Bind(name.Normalized).Bind(SearchExtra.Of(name)), film).Run();
        _fullText.Add(_add.LastInsertedRow, name);
    }

    private void Rename(StoredFilm stored, Film film)
    {
        var (before, name) = (stored.ToSearchable(), SearchableName.Of(film.Name));
        Bind(_rename.Bind(film.Name).Bind(name.Normalized).Bind(SearchExtra.Of(name)), film).Bind(stored.Row).Run();
        if (name.Normalized != before.Normalized || !name.Elided.SequenceEqual(before.Elided))
        {
            _fullText.Remove(stored.Row, before);
            _fullText.Add(stored.Row, name);
        }
    }

    private void Delete(StoredFilm? stored)
    {
        if (stored is { } film)
        {
            _delete.Bind(film.Row).Run();
            _fullText.Remove(film.Row, film.ToSearchable());
            if (film.Row >= LastOldRow)
            {
                // SQLite gives the next film the row after the last one.
                LastOldRow = Math.Min(LastOldRow, FindLastRow());
            }
        }
    }

    private long FindLastRow()
    {
        using var row = _findLastRow.Query();
        return row.Next() ? row.Number(0) : 0;
    }

    private static SqliteStatement Bind(SqliteStatement statement, Film film) =>
        statement.Bind(film.Details, Others, noChoice: 0).Bind(film.Revision.Number);

    public void Dispose()
    {
        _find.Dispose();
        _findNamed.Dispose();
        _findRow.Dispose();
        _findLastRow.Dispose();
        _delete.Dispose();
        _add.Dispose();
        _update.Dispose();
        _rename.Dispose();
        _fullText.Dispose();
        _counts.Dispose();
        _index.Dispose();
        _checkpoint.Dispose();
    }

    private readonly record struct StoredFilm(long Row, string Name, string NormalizedName, int Released)
    {
        public SearchableName ToSearchable() => SearchableName.Of(Name, NormalizedName);
    }
}
