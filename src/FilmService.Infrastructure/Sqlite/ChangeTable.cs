using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Sqlite.Projection;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>The table <c>changes</c>, on the writing connection.</summary>
internal sealed class ChangeTable(SqliteConnection connection, string epoch) : IDisposable
{
    /// <summary>Small enough not to delay a waiting write noticeably.</summary>
    public const int RemovalBatch = 500;

    private readonly SqliteStatement _add = new(connection, $"""
        INSERT INTO changes (revision, sort_key, id, {FieldColumns.Names}, at, by, indexed) VALUES ({FieldColumns.Parameters(6 + FieldColumns.Count)})
        """);

    /// <param name="isIndexed">False if it still has to be projected.</param>
    public void Add(FilmChange change, bool isIndexed)
    {
        _add.Bind(change.Revision.Number).Bind(change.Id.ToSortKey()).Bind(change.Id.Value).Bind(change.Details)
            .Bind(change.At.ToUnixTimeMilliseconds()).Bind(change.By).Bind(isIndexed ? 1 : 0).Run();
    }

    /// <summary>The changes after a revision, at most as many as are projected at once.</summary>
    public List<FilmChange> ReadAfter(long revision)
    {
        using var changes = connection.Prepare($"SELECT {FilmRowReader.ChangeColumns} FROM changes WHERE revision > $1 ORDER BY revision LIMIT {FilmProjection.Batch}");
        return changes.With(revision).ReadChanges(epoch);
    }

    /// <summary>The film as its last change left it; null if it was deleted. The memtable has the films of changes without an index.</summary>
    public Film? FindLast(FilmId id)
    {
        using var last = connection.Prepare($"SELECT {FilmRowReader.Columns} FROM changes WHERE indexed = 1 AND sort_key = $1 ORDER BY revision DESC LIMIT 1");
        using var row = last.With(id.ToSortKey()).ExecuteReader();
        return row.Read() && !row.IsDBNull(1) ? row.ReadFilm(epoch) : null;
    }

    /// <summary>
    /// Removes at most <see cref="RemovalBatch"/> changes that were superseded before a time, and finds up to which number some
    /// are missing. Changes that a kept idempotency record may replay stay, and so do all that an enabled webhook has not been sent. The
    /// index of the changes must be up to date.
    /// </summary>
    /// <returns>How many were removed, and the number; null if it did not move.</returns>
    public (int Removed, long? Through) RemoveSuperseded(DateTimeOffset before)
    {
        var milliseconds = before.ToUnixTimeMilliseconds();
        var sent = SentToWebhooks();
        using var remove = connection.Prepare($"""
            DELETE FROM changes WHERE revision IN (
                SELECT revision FROM changes AS old
                WHERE at < $1
                    AND EXISTS (
                        SELECT 1 FROM changes AS new
                        WHERE new.indexed = 1 AND new.sort_key = old.sort_key AND new.revision > old.revision AND new.revision <= $2 AND new.at < $1)
                    AND NOT EXISTS (SELECT 1 FROM idempotency WHERE film_revision = old.revision)
                ORDER BY revision LIMIT {RemovalBatch})
            """).With(milliseconds, sent);
        var removed = remove.ExecuteNonQuery();
        if (removed == 0)
        {
            return (0, null);
        }

        using var mark = connection.Prepare("""
            UPDATE revision SET removed_through = max(removed_through, (SELECT max(revision) FROM changes WHERE at < $1 AND revision <= $2))
            RETURNING removed_through
            """).With(milliseconds, sent);
        return (removed, (long)mark.ExecuteScalar()!);
    }

    // One from another epoch will be told to start again, so it needs no changes.
    private long SentToWebhooks()
    {
        using var sent = connection.Prepare("SELECT min(position) FROM webhooks WHERE enabled = 1 AND epoch = $1").With(epoch);
        return sent.ExecuteScalar() as long? ?? long.MaxValue;
    }

    public void Dispose() => _add.Dispose();
}
