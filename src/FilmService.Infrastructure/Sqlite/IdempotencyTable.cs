using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>The outcomes of requests with an idempotency key, on one connection.</summary>
internal sealed class IdempotencyTable : IDisposable
{
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _save;
    private readonly SqliteStatement _findImport;
    private readonly SqliteStatement _saveImport;
    private readonly SqliteStatement _expire;
    private readonly SqliteStatement _filmAt;
    private readonly string _epoch;

    public IdempotencyTable(SqliteConnection connection, string epoch)
    {
        _epoch = epoch;
        _find = new SqliteStatement(
            connection,
            "SELECT fingerprint, kind, id, film_revision, revision FROM idempotency WHERE caller = $1 AND key = $2 AND at > $3");
        _save = new SqliteStatement(connection, """
            INSERT OR REPLACE INTO idempotency (caller, key, fingerprint, kind, id, film_revision, revision, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """);
        _findImport = new SqliteStatement(
            connection,
            "SELECT fingerprint, created, updated, unchanged, deleted, skipped, revision FROM idempotency WHERE caller = $1 AND key = $2 AND at > $3");
        _saveImport = new SqliteStatement(connection, """
            INSERT OR REPLACE INTO idempotency (caller, key, fingerprint, kind, id, revision, at, created, updated, unchanged, deleted, skipped)
            VALUES ($1, $2, $3, 0, '(import)', $4, $5, $6, $7, $8, $9, $10)
            """);
        _expire = new SqliteStatement(
            connection,
            "DELETE FROM idempotency WHERE rowid IN (SELECT rowid FROM idempotency WHERE at <= $1 ORDER BY at LIMIT 8)");
        _filmAt = new SqliteStatement(connection, $"SELECT {FilmRowReader.Columns} FROM changes WHERE revision = $1");
    }

    /// <summary>The outcome to tell instead of writing; null when the key is new.</summary>
    public FilmOutcome? FindOutcome(string caller, IdempotencyKey key, DateTimeOffset now)
    {
        using var row = _find.Bind(caller).Bind(key.Key).Bind(Oldest(now)).Query();
        if (!row.Next())
        {
            return null;
        }

        var (id, revision) = (row.ReadId(2), new Revision(_epoch, row.Number(4)));
        return row.Bytes(0).SequenceEqual(key.Fingerprint.Span)
            ? new FilmOutcome((FilmOutcomeKind)row.Number(1), id, row.IsNull(3) ? null : FilmAt(row.Number(3)), revision, Replayed: true)
            : new FilmOutcome(FilmOutcomeKind.KeyReused, id, null, revision);
    }

    /// <summary>Keeps a success for its key, and removes a few that have expired.</summary>
    public void Save(string caller, IdempotencyKey key, FilmOutcome outcome, DateTimeOffset now)
    {
        _save.Bind(caller).Bind(key.Key).Bind(key.Fingerprint.Span).Bind((int)outcome.Kind).Bind(outcome.Id.Value)
            .Bind(outcome.Film?.Revision.Number).Bind(outcome.Revision.Number).Bind(now.ToUnixTimeMilliseconds()).Run();
        _expire.Bind(Oldest(now)).Run();
    }

    /// <summary>The outcome of an import to tell instead of carrying it out; null when the key is new.</summary>
    public ImportOutcome? FindImport(string caller, IdempotencyKey key, DateTimeOffset now)
    {
        using var row = _findImport.Bind(caller).Bind(key.Key).Bind(Oldest(now)).Query();
        if (!row.Next())
        {
            return null;
        }

        var (faults, revision) = (new ImportFaults(), new Revision(_epoch, row.Number(6)));
        return row.Bytes(0).SequenceEqual(key.Fingerprint.Span)
            ? new ImportOutcome(ImportOutcomeKind.Done, ReadCounts(row), faults, revision, Replayed: true)
            : new ImportOutcome(ImportOutcomeKind.KeyReused, default, faults, revision);
    }

    /// <summary>Keeps what an import came to for its key.</summary>
    public void Save(string caller, IdempotencyKey key, ImportOutcome outcome, DateTimeOffset now)
    {
        var counts = outcome.Counts;
        _saveImport.Bind(caller).Bind(key.Key).Bind(key.Fingerprint.Span).Bind(outcome.Revision.Number).Bind(now.ToUnixTimeMilliseconds())
            .Bind(counts.Created).Bind(counts.Updated).Bind(counts.Unchanged).Bind(counts.Deleted).Bind(counts.Skipped).Run();
        _expire.Bind(Oldest(now)).Run();
    }

    private static ImportCounts ReadCounts(SqliteStatement.Rows row) =>
        new(row.Number(1), row.Number(2), row.Number(3), row.Number(4), row.Number(5));

    private static long Oldest(DateTimeOffset now) => (now - IdempotencyKey.Lifetime).ToUnixTimeMilliseconds();

    private Film FilmAt(long revision)
    {
        using var row = _filmAt.Bind(revision).Query();
        row.Next();
        return row.ReadFilm(_epoch);
    }

    public void Dispose()
    {
        _find.Dispose();
        _save.Dispose();
        _findImport.Dispose();
        _saveImport.Dispose();
        _expire.Dispose();
        _filmAt.Dispose();
    }
}
