using FilmService.Domain.Films;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>A connection that reads, with its statements prepared. One request at a time uses it.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _list;
    private readonly SqliteCommand _revision;
    private readonly string _epoch;

    public SqliteReader(SqliteFile file, string epoch)
    {
        _epoch = epoch;
        _connection = file.OpenReader();

        // One statement is one snapshot: the film and the revision belong together.
        _find = _connection.Prepare($"""
            SELECT number, {FilmRowReader.Columns.Replace("revision", "films.revision", StringComparison.Ordinal)}
            FROM revision LEFT JOIN films ON sort_key = $1
            """);
        _list = _connection.Prepare($"SELECT {FilmRowReader.Columns} FROM films ORDER BY sort_key");
        _revision = _connection.Prepare("SELECT number FROM revision");
    }

    public FilmSnapshot Find(FilmId id)
    {
        using var row = _find.With(id.ToSortKey()).ExecuteReader();
        row.Read();
        return new FilmSnapshot(row.IsDBNull(1) ? null : row.ReadFilm(_epoch, first: 1), new Revision(_epoch, row.GetInt64(0)));
    }

    /// <summary>Begins a snapshot, which lasts until <see cref="EndSnapshot"/>.</summary>
    public Revision BeginSnapshot()
    {
        _connection.Execute("BEGIN");
        return new Revision(_epoch, (long)_revision.ExecuteScalar()!);
    }

    public void EndSnapshot() => _connection.Execute("ROLLBACK");

    public IEnumerable<Film> List()
    {
        using var row = _list.ExecuteReader();
        while (row.Read())
        {
            yield return row.ReadFilm(_epoch);
        }
    }

    public void Dispose()
    {
        _find.Dispose();
        _list.Dispose();
        _revision.Dispose();
        _connection.Dispose();
    }
}
