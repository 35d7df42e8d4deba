using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Tells what an import would come to at this moment; stores nothing and waits for nobody. What its lines would make of films
/// stands in a temporary table, because later lines build on it; and so do the last changes, which the films may lack.
/// </summary>
internal sealed class ImportPreview : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly IdempotencyTable _idempotency;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _store;
    private readonly string _epoch;

    public ImportPreview(SqliteDatabase file, string epoch)
    {
        _epoch = epoch;
        _connection = file.OpenPreview();
        _connection.Execute("CREATE TEMP TABLE previewed (sort_key BLOB PRIMARY KEY, id TEXT, name TEXT, year INTEGER, month INTEGER, revision INTEGER) WITHOUT ROWID");
        _idempotency = new IdempotencyTable(_connection, epoch);
        _find = new SqliteStatement(_connection, $"""
            SELECT {FilmRowReader.Columns} FROM previewed WHERE sort_key = $1
            UNION ALL SELECT {FilmRowReader.Columns} FROM films WHERE sort_key = $1 LIMIT 1
            """);
        _store = new SqliteStatement(_connection, $"INSERT OR REPLACE INTO previewed (sort_key, {FilmRowReader.Columns}) VALUES ($1, $2, $3, $4, $5, $6)");
    }

    public ImportOutcome Run(FilmImport import, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _connection.Execute("BEGIN");
        var counters = CatalogHead.Read(_connection);
        _connection.Execute($"""
            INSERT OR REPLACE INTO previewed (sort_key, {FilmRowReader.Columns})
            SELECT sort_key, {FilmRowReader.Columns} FROM changes WHERE revision > (SELECT checkpoint FROM revision) ORDER BY revision
            """);
        var (outcome, after) = new ImportRun(import, _idempotency, Find, Store).Run(counters, now);
        return after == counters ? outcome : outcome with { Revision = counters.Revision };

        Film? Find(FilmId id)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var row = _find.Bind(id.ToSortKey()).Query();
            return row.Next() && !row.IsNull(1) ? row.ReadFilm(_epoch) : null;
        }
    }

    private void Store(FilmOutcome outcome)
    {
        var film = outcome.Film;
        _store.Bind(outcome.Id.ToSortKey()).Bind(outcome.Id.Value).Bind(film?.Name).Bind(film?.Year).Bind((int?)film?.Month).Bind(outcome.Revision.Number).Run();
    }

    public void Dispose()
    {
        _find.Dispose();
        _store.Dispose();
        _idempotency.Dispose();
        _connection.Dispose();
    }
}
