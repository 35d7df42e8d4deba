using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// The films as a dry run would leave them, in a temporary database, which SQLite moves from memory to a file as it grows.
/// </summary>
internal sealed class PreviewedFilms : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=;Pooling=False");
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _findNamed;
    private readonly SqliteStatement _save;
    private readonly string _epoch;

    public PreviewedFilms(string epoch)
    {
        _epoch = epoch;
        _connection.Open();
        _connection.Execute($"CREATE TABLE previewed (sort_key BLOB PRIMARY KEY, id TEXT, {FieldColumns.Definitions}, revision INTEGER, normalized_name TEXT) WITHOUT ROWID; CREATE INDEX previewed_names ON previewed (normalized_name); BEGIN");
        _find = new SqliteStatement(_connection, $"SELECT {FilmRowReader.Columns} FROM previewed WHERE sort_key = $1");
        _save = new SqliteStatement(_connection, $"INSERT OR REPLACE INTO previewed (sort_key, {FilmRowReader.Columns}, normalized_name) VALUES ({FieldColumns.Parameters(2 + FilmRowReader.ColumnCount)})");
        _findNamed = new SqliteStatement(_connection, $"SELECT {FilmRowReader.Columns} FROM previewed WHERE normalized_name = $1 LIMIT $2");
    }

    /// <summary>True if one of the changes concerns this film, which is null if it was deleted.</summary>
    public bool TryFind(FilmId id, out Film? film)
    {
        using var row = _find.Bind(id.ToSortKey()).Query();
        var isThere = row.Next();
        film = isThere && !row.IsNull(1) ? row.ReadFilm(_epoch) : null;
        return isThere;
    }

    /// <summary>The films with a normalised name.</summary>
    public IEnumerable<Film> FindNamed(string normalizedName, int limit)
    {
        using var row = _findNamed.Bind(normalizedName).Bind(limit).Query();
        while (row.Next())
        {
            yield return row.ReadFilm(_epoch);
        }
    }

    public void Save(IEnumerable<FilmChange> changes)
    {
        foreach (var change in changes)
        {
            _save.Bind(change.Id.ToSortKey()).Bind(change.Id.Value).Bind(change.Details).Bind(change.Revision.Number)
                .Bind(change.Details is { } film ? NormalizedName.Of(film.Name) : null).Run();
        }
    }

    public void Dispose()
    {
        _find.Dispose();
        _findNamed.Dispose();
        _save.Dispose();
        _connection.Dispose();
    }
}
