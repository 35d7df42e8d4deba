using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>
/// Projects the changes into <c>films</c>, the read model, and into the index of each film's changes, on the writing connection.
/// Their pages would make a write cost several times what it costs, so they lag behind the changes and catch up in batches.
/// </summary>
internal sealed class FilmProjection(SqliteConnection connection, string epoch) : IDisposable
{
    /// <summary>
    /// How many changes may wait for a query or an idle writer, and are projected at once. Together they change each page of the
    /// indexes once: in batches of a tenth, a busy writer would spend more on the indexes than on the writes.
    /// </summary>
    public const int Batch = 32_768;

    private readonly SqliteStatement _find = new(connection, $"SELECT {FilmRowReader.Columns} FROM films WHERE sort_key = $1");
    private readonly SqliteStatement _delete = new(connection, "DELETE FROM films WHERE sort_key = $1");
    private readonly SqliteStatement _save = new(connection, """
        INSERT INTO films (sort_key, id, name, normalized_name, year, month, revision) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (sort_key) DO UPDATE SET
            name = excluded.name, normalized_name = excluded.normalized_name, year = excluded.year, month = excluded.month, revision = excluded.revision
        """);

    private readonly SqliteStatement _index = new(connection, "UPDATE changes SET indexed = 1 WHERE revision > $1 AND revision <= $2 AND indexed = 0");
    private readonly SqliteStatement _checkpoint = new(connection, "UPDATE revision SET checkpoint = $1");

    /// <summary>The film as the table has it; null if there is none.</summary>
    public Film? Find(FilmId id)
    {
        using var row = _find.Bind(id.ToSortKey()).Query();
        return row.Next() ? row.ReadFilm(epoch) : null;
    }

    /// <summary>Stores the film as it is now; null deletes it.</summary>
    public void Save(FilmId id, Film? film)
    {
        if (film is null)
        {
            _delete.Bind(id.ToSortKey()).Run();
        }
        else
        {
            _save.Bind(id.ToSortKey()).Bind(id.Value).Bind(film.Name).Bind(NormalizedName.Of(film.Name)).Bind(film.Year).Bind((int)(film.Month ?? 0))
                .Bind(film.Revision.Number).Run();
        }
    }

    /// <summary>Moves the checkpoint: the films of all changes after one revision, up to another, have been saved.</summary>
    public void Advance(long after, long through)
    {
        _index.Bind(after).Bind(through).Run();
        _checkpoint.Bind(through).Run();
    }

    public void Dispose()
    {
        _find.Dispose();
        _delete.Dispose();
        _save.Dispose();
        _index.Dispose();
        _checkpoint.Dispose();
    }
}
