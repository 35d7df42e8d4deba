using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>The table <c>films</c>, on the writing connection. It follows the changes.</summary>
internal sealed class FilmTable(SqliteConnection connection, string epoch) : IDisposable
{
    private readonly SqliteStatement _find = new(connection, $"SELECT {FilmRowReader.Columns} FROM films WHERE sort_key = $1");
    private readonly SqliteStatement _delete = new(connection, "DELETE FROM films WHERE sort_key = $1");
    private readonly SqliteStatement _save = new(connection, """
        INSERT INTO films (sort_key, id, name, folded_name, year, month, revision) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (sort_key) DO UPDATE SET
            name = excluded.name, folded_name = excluded.folded_name, year = excluded.year, month = excluded.month, revision = excluded.revision
        """);

    /// <summary>The film as the table has it; null when there is none.</summary>
    public Film? Find(FilmId id)
    {
        using var row = _find.Bind(id.ToSortKey()).Query();
        return row.Next() ? row.ReadFilm(epoch) : null;
    }

    /// <summary>Makes the film what it is now; null takes it out.</summary>
    public void Save(FilmId id, Film? film)
    {
        if (film is null)
        {
            _delete.Bind(id.ToSortKey()).Run();
        }
        else
        {
            _save.Bind(id.ToSortKey()).Bind(id.Value).Bind(film.Name).Bind(NormalizedName.Of(film.Name)).Bind(film.Year).Bind((int?)film.Month)
                .Bind(film.Revision.Number).Run();
        }
    }

    public void Dispose()
    {
        _find.Dispose();
        _delete.Dispose();
        _save.Dispose();
    }
}
