using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>The outcomes of requests with an idempotency key, on one connection.</summary>
internal sealed class IdempotencyTable(SqliteConnection connection, string epoch) : IDisposable
{
    // An import concerns many films, so its record has no film's id.
    private const string ImportId = "(import)";

    // Nor has it one outcome: in its record, the column kind is the number of possible duplicates.

    private readonly SqliteStatement _find = new(connection, """
        SELECT fingerprint, at, revision, kind, id, film_revision, created, updated, unchanged, deleted, skipped, before, conflicts
        FROM idempotency WHERE caller = $1 AND key = $2
        """);

    private readonly SqliteStatement _filmAt = new(connection, $"SELECT {FilmRowReader.Columns} FROM changes WHERE revision = $1");

    private readonly SqliteStatement _save = new(connection, """
        INSERT OR REPLACE INTO idempotency (caller, key, fingerprint, at, revision, kind, id, film_revision, created, updated, unchanged, deleted, skipped, before, conflicts)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """);

    private readonly SqliteStatement _expire = new(connection,
        "DELETE FROM idempotency WHERE rowid IN (SELECT rowid FROM idempotency WHERE at <= $1 ORDER BY at LIMIT 8)");

    /// <summary>The record of a key, expired or not; null if there is none.</summary>
    public IdempotencyRecord? Find(CallerKey owner)
    {
        using var row = _find.Bind(owner.Caller).Bind(owner.Key).Query();
        if (!row.Next())
        {
            return null;
        }

        var (at, revision) = (DateTimeOffset.FromUnixTimeMilliseconds(row.Number(1)), new Revision(epoch, row.Number(2)));
        var write = row.IsNull(6)
            ? new FilmOutcome((FilmOutcomeKind)row.Number(3), row.ReadId(4), row.IsNull(5) ? null : FilmAt(row.Number(5)), revision)
            : null;
        return new IdempotencyRecord(owner, row.Bytes(0).ToArray(), at, revision, write, write is null ? ReadCounts(row) : null)
        {
            Before = row.IsNull(11) ? null : new Revision(epoch, row.Number(11)),
        };
    }

    /// <summary>The time of the last record; null if there is none.</summary>
    public DateTimeOffset? Last()
    {
        using var last = connection.Prepare("SELECT max(at) FROM idempotency");
        return last.ExecuteScalar() is long at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }

    /// <summary>Stores a record, and removes a few expired ones.</summary>
    public void Save(IdempotencyRecord record)
    {
        var (write, import) = (record.Write, record.Import);
        _save.Bind(record.Owner.Caller).Bind(record.Owner.Key).Bind(record.Fingerprint.Span).Bind(record.At.ToUnixTimeMilliseconds()).Bind(record.Revision.Number)
            .Bind(write is null ? import?.PossibleDuplicates : (long)write.Kind).Bind(write?.Id.Value ?? ImportId).Bind(write?.Film?.Revision.Number)
            .Bind(import?.Created).Bind(import?.Updated).Bind(import?.Unchanged).Bind(import?.Deleted).Bind(import?.Skipped)
            .Bind(record.Before?.Number).Bind(import?.Conflicts).Run();
        _expire.Bind((record.At - IdempotencyKey.Lifetime).ToUnixTimeMilliseconds()).Run();
    }

    private static ImportCounts ReadCounts(SqliteStatement.Rows row) =>
        new(row.Number(6), row.Number(7), row.Number(8), row.Number(9), row.Number(10)) { PossibleDuplicates = row.Number(3), Conflicts = row.IsNull(12) ? null : row.Number(12) };

    private Film FilmAt(long revision)
    {
        using var row = _filmAt.Bind(revision).Query();
        row.Next();
        return row.ReadFilm(epoch);
    }

    public void Dispose()
    {
        _find.Dispose();
        _filmAt.Dispose();
        _save.Dispose();
        _expire.Dispose();
    }
}
