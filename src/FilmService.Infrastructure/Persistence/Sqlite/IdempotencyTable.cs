using FilmService.Domain.Films;
using FilmService.Domain.Import;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>The outcomes of requests with an idempotency key, on one connection.</summary>
internal sealed class IdempotencyTable : IDisposable
{
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _save;
    private readonly SqliteCommand _findImport;
    private readonly SqliteCommand _saveImport;
    private readonly SqliteCommand _expire;
    private readonly SqliteCommand _filmAt;
    private readonly string _epoch;

    public IdempotencyTable(SqliteConnection connection, string epoch)
    {
        _epoch = epoch;
        _find = connection.Prepare(
            "SELECT fingerprint, kind, id, film_revision, revision FROM idempotency WHERE caller = $1 AND key = $2 AND at > $3");
        _save = connection.Prepare("""
            INSERT OR REPLACE INTO idempotency (caller, key, fingerprint, kind, id, film_revision, revision, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """);
        _findImport = connection.Prepare($"""
            SELECT fingerprint, created, updated, unchanged, deleted, skipped, revision FROM idempotency WHERE caller = $1 AND key = $2 AND at > $3
            """);
        _saveImport = connection.Prepare("""
            INSERT OR REPLACE INTO idempotency (caller, key, fingerprint, kind, id, revision, at, created, updated, unchanged, deleted, skipped)
            VALUES ($1, $2, $3, 0, '(import)', $4, $5, $6, $7, $8, $9, $10)
            """);
        _expire = connection.Prepare(
            "DELETE FROM idempotency WHERE rowid IN (SELECT rowid FROM idempotency WHERE at <= $1 ORDER BY at LIMIT 8)");
        _filmAt = connection.Prepare($"SELECT {FilmRowReader.Columns} FROM changes WHERE revision = $1");
    }

    /// <summary>The outcome to tell instead of writing; null when the key is new.</summary>
    public FilmOutcome? FindOutcome(string caller, IdempotencyKey key, DateTimeOffset now)
    {
        using var row = _find.With(caller, key.Key, Oldest(now)).ExecuteReader();
        if (!row.Read())
        {
            return null;
        }

        var (id, revision) = (row.ReadId(2), new Revision(_epoch, row.GetInt64(4)));
        return row.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key.Fingerprint.Span)
            ? new FilmOutcome((FilmOutcomeKind)row.GetInt32(1), id, row.IsDBNull(3) ? null : FilmAt(row.GetInt64(3)), revision, Replayed: true)
            : new FilmOutcome(FilmOutcomeKind.KeyReused, id, null, revision);
    }

    /// <summary>Keeps a success for its key, and removes a few that have expired.</summary>
    public void Save(string caller, IdempotencyKey key, FilmOutcome outcome, DateTimeOffset now)
    {
        _save.With(
            caller, key.Key, key.Fingerprint.ToArray(), (int)outcome.Kind, outcome.Id.Value,
            outcome.Film?.Revision.Number, outcome.Revision.Number, now.ToUnixTimeMilliseconds()).ExecuteNonQuery();
        _expire.With(Oldest(now)).ExecuteNonQuery();
    }

    /// <summary>The outcome of an import to tell instead of carrying it out; null when the key is new.</summary>
    public ImportOutcome? FindImport(string caller, IdempotencyKey key, DateTimeOffset now)
    {
        using var row = _findImport.With(caller, key.Key, Oldest(now)).ExecuteReader();
        if (!row.Read())
        {
            return null;
        }

        var (faults, revision) = (new ImportFaults(), new Revision(_epoch, row.GetInt64(6)));
        return row.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key.Fingerprint.Span)
            ? new ImportOutcome(ImportOutcomeKind.Done, ReadCounts(row), faults, revision, Replayed: true)
            : new ImportOutcome(ImportOutcomeKind.KeyReused, default, faults, revision);
    }

    /// <summary>Keeps what an import came to for its key.</summary>
    public void Save(string caller, IdempotencyKey key, ImportOutcome outcome, DateTimeOffset now)
    {
        var counts = outcome.Counts;
        _saveImport.With(
            caller, key.Key, key.Fingerprint.ToArray(), outcome.Revision.Number, now.ToUnixTimeMilliseconds(),
            counts.Created, counts.Updated, counts.Unchanged, counts.Deleted, counts.Skipped).ExecuteNonQuery();
        _expire.With(Oldest(now)).ExecuteNonQuery();
    }

    private static ImportCounts ReadCounts(SqliteDataReader row) =>
        new(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));

    private static long Oldest(DateTimeOffset now) => (now - IdempotencyKey.Lifetime).ToUnixTimeMilliseconds();

    private Film FilmAt(long revision)
    {
        using var row = _filmAt.With(revision).ExecuteReader();
        row.Read();
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
