using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Infrastructure.Persistence.Sqlite.Finding;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Persistence.Sqlite;

/// <summary>
/// The one connection that writes. A film's line in the changes, the counter and the idempotency record go into one
/// transaction, so a crash leaves all or none; the other tables follow the changes. Not for two threads at once.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    // Small enough that a write which waits behind it does not notice.
    private const int RemovalBatch = 500;

    private readonly SqliteConnection _connection;
    private readonly TimeProvider _clock;
    private readonly IdempotencyTable _idempotency;
    private readonly SearchIndex _search;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _save;
    private readonly SqliteStatement _delete;
    private readonly SqliteStatement _change;
    private readonly SqliteStatement _count;
    private readonly Dictionary<FilmId, Film?> _inTransaction = [];

    private SqliteWriter(SqliteConnection connection, TimeProvider clock)
    {
        _connection = connection;
        _clock = clock;
        Films = new CommittedFilms(Counters.Read(connection));
        _idempotency = new IdempotencyTable(connection, Committed.Revision.Epoch);
        _search = new SearchIndex(connection);
        _find = new SqliteStatement(connection, $"SELECT {FilmRowReader.Columns} FROM films WHERE sort_key = $1");
        _save = new SqliteStatement(connection, """
            INSERT INTO films (sort_key, id, name, folded_name, year, month, revision) VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (sort_key) DO UPDATE SET
                name = excluded.name, folded_name = excluded.folded_name, year = excluded.year, month = excluded.month, revision = excluded.revision
            """);
        _delete = new SqliteStatement(connection, "DELETE FROM films WHERE sort_key = $1");
        _change = new SqliteStatement(connection, """
            INSERT INTO changes (revision, sort_key, id, name, year, month, at, by, indexed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """);
        _count = new SqliteStatement(connection, "UPDATE revision SET number = $1, last_generated_id = $2");
    }

    /// <summary>
    /// Begins a writer on a migrated database. A database without counters is new: it gets them, and the
    /// films of <paramref name="seed"/>, in one transaction.
    /// </summary>
    public static SqliteWriter Begin(SqliteConnection connection, TimeProvider clock, IReadOnlyList<FilmWrite> seed)
    {
        if (Counters.AreIn(connection))
        {
            return new SqliteWriter(connection, clock);
        }

        return connection.InTransaction(() =>
        {
            Counters.Begin(connection);
            var writer = new SqliteWriter(connection, clock);
            writer.Films = new CommittedFilms(writer.Apply(seed).After);
            return writer;
        });
    }

    /// <summary>The counters as the last commit left them. Other threads may read it.</summary>
    public Counters Committed => Films.Counters;

    /// <summary>What the last commit left, for those who read.</summary>
    public CommittedFilms Films { get; private set; }

    /// <summary>Carries out all writes in one transaction. When it throws, none of them has happened.</summary>
    public FilmOutcome[] Commit(IReadOnlyList<FilmWrite> writes)
    {
        var (committed, outcomes) = (Committed, Array.Empty<FilmOutcome>());
        try
        {
            (outcomes, committed) = _connection.InTransaction(() =>
            {
                var applied = Apply(writes);
                Films.Withdraw(applied.Outcomes);
                return applied;
            });
            return outcomes;
        }
        finally
        {
            Films.Publish(committed);
        }
    }

    /// <summary>
    /// Carries out an import in one transaction, with the tables that follow, which must be up to date. When it throws or the
    /// import is refused, nothing has happened.
    /// </summary>
    public ImportOutcome Import(FilmImport import)
    {
        using var large = new LargeTransaction(_connection);
        var committed = Committed;
        try
        {
            var (outcome, after) = _connection.InTransaction(() => Apply(import), applied => applied.Outcome.Kind is ImportOutcomeKind.Done);
            committed = outcome.Kind is ImportOutcomeKind.Done ? after : committed;
            return outcome;
        }
        finally
        {
            Films.Publish(committed);
        }
    }

    private (ImportOutcome Outcome, Counters After) Apply(FilmImport import)
    {
        var (key, caller, now) = (import.Origin.IdempotencyKey, import.Origin.By, _clock.GetUtcNow());
        if (key is not null && _idempotency.FindImport(caller, key, now) is { } earlier)
        {
            return (earlier with { Faults = import.Unreadable }, Committed);
        }

        var run = new ImportRun(import, FindInTable, outcome => StoreInTables(outcome, caller, now));
        var after = run.Run(Committed);
        var outcome = run.ToOutcome(run.IsRefused ? Committed.Revision : after.Revision);
        if (run.IsRefused)
        {
            return (outcome, Committed);
        }

        _count.Bind(after.Revision.Number).Bind(after.LastGeneratedId).Run();
        if (key is not null)
        {
            _idempotency.Save(caller, key, outcome, now);
        }

        var indexed = after with { IndexedThrough = _search.CatchUp(Committed.IndexedThrough, after.Revision.Number) };
        Films.WithdrawAll();
        return (outcome, indexed);
    }

    /// <summary>Does other work than writing films, in a transaction of its own. It takes no revision.</summary>
    public T Run<T>(Func<SqliteConnection, T> work) => _connection.InTransaction(() => work(_connection));

    /// <summary>Brings the tables that follow up to date with at most so many changes, in a transaction of its own.</summary>
    public void CatchUp(int changes)
    {
        var through = Math.Min(Committed.IndexedThrough + changes, Committed.Revision.Number);
        _connection.InTransaction(() =>
        {
            foreach (var (id, film) in Films.RecentThrough(through))
            {
                Save(id, film);
            }

            return _search.CatchUp(Committed.IndexedThrough, through);
        });
        Films.PublishIndexed(through);
    }

    /// <summary>Brings the tables that follow up to date with what an earlier process has left. Nobody reads yet.</summary>
    public void Recover()
    {
        using var changes = new SqliteStatement(_connection, $"SELECT {FilmRowReader.Columns} FROM changes WHERE revision > $1 ORDER BY revision LIMIT {SearchIndex.Batch}");
        while (Committed.NotIndexed > 0)
        {
            Films.Withdraw(ReadOutcomes(changes.Bind(Committed.IndexedThrough)));
            CatchUp(SearchIndex.Batch);
        }

        Films = new CommittedFilms(Committed);
    }

    /// <summary>Brings the tables that follow up to date with every change.</summary>
    public void CatchUp()
    {
        while (Committed.NotIndexed > 0)
        {
            CatchUp(SearchIndex.Batch);
        }
    }

    /// <summary>
    /// Removes some changes that newer ones had superseded before a moment; true when there may be more of them. So every
    /// film can be had as it was at any revision since then. Those that a kept idempotency record will tell again stay.
    /// </summary>
    public bool RemoveSuperseded(DateTimeOffset before)
    {
        CatchUp();
        var (removed, counters) = _connection.InTransaction(() => RemoveSomeSuperseded(before.ToUnixTimeMilliseconds()));
        Films.Publish(counters);
        return removed == RemovalBatch;
    }

    private (int Removed, Counters After) RemoveSomeSuperseded(long before)
    {
        using var remove = _connection.Prepare($"""
            DELETE FROM changes WHERE revision IN (
                SELECT revision FROM changes AS old
                WHERE at < $1
                    AND EXISTS (SELECT 1 FROM changes AS new WHERE new.indexed = 1 AND new.sort_key = old.sort_key AND new.revision > old.revision AND new.at < $1)
                    AND NOT EXISTS (SELECT 1 FROM idempotency WHERE film_revision = old.revision)
                ORDER BY revision LIMIT {RemovalBatch})
            """).With(before);
        var removed = remove.ExecuteNonQuery();
        if (removed == 0)
        {
            return (0, Committed);
        }

        using var mark = _connection.Prepare("""
            UPDATE revision SET removed_through = max(removed_through, (SELECT max(revision) FROM changes WHERE at < $1))
            RETURNING removed_through
            """).With(before);
        return (removed, Committed with { RemovedThrough = (long)mark.ExecuteScalar()! });
    }

    private (FilmOutcome[] Outcomes, Counters After) Apply(IReadOnlyList<FilmWrite> writes)
    {
        _inTransaction.Clear();
        var (outcomes, counters) = (new FilmOutcome[writes.Count], Committed);
        for (var i = 0; i < outcomes.Length; i++)
        {
            (outcomes[i], counters) = Apply(writes[i], counters);
        }

        if (counters != Committed)
        {
            _count.Bind(counters.Revision.Number).Bind(counters.LastGeneratedId).Run();
        }

        return (outcomes, counters);
    }

    private (FilmOutcome Outcome, Counters After) Apply(FilmWrite write, Counters counters)
    {
        var (key, caller, now) = (write.Origin.IdempotencyKey, write.Origin.By, _clock.GetUtcNow());
        if (key is not null && _idempotency.FindOutcome(caller, key, now) is { } earlier)
        {
            return (earlier, counters);
        }

        var before = write.Id is null ? counters.SkipTaken(Find) : counters;
        var id = write.Id ?? before.NextId;
        var current = write.Id is null ? null : Find(id);
        var (outcome, after) = before.Settle(write.Decide(current), id, current);
        if (after != before)
        {
            _inTransaction[id] = outcome.Film;
            AddChange(outcome, caller, now, isIndexed: false);
        }

        if (key is not null && outcome.IsSuccess)
        {
            _idempotency.Save(caller, key, outcome, now);
        }

        return (outcome, after);
    }

    private void StoreInTables(FilmOutcome outcome, string by, DateTimeOffset now)
    {
        Save(outcome.Id, outcome.Film);
        AddChange(outcome, by, now, isIndexed: true);
    }

    private void AddChange(FilmOutcome outcome, string by, DateTimeOffset now, bool isIndexed)
    {
        var film = outcome.Film;
        _change.Bind(outcome.Revision.Number).Bind(outcome.Id.ToSortKey()).Bind(outcome.Id.Value).Bind(film?.Name).Bind(film?.Year).Bind((int?)film?.Month)
            .Bind(now.ToUnixTimeMilliseconds()).Bind(by).Bind(isIndexed ? 1 : 0).Run();
    }

    private void Save(FilmId id, Film? film)
    {
        if (film is null)
        {
            _delete.Bind(id.ToSortKey()).Run();
        }
        else
        {
            _save.Bind(id.ToSortKey()).Bind(id.Value).Bind(film.Name).Bind(FoldedName.Of(film.Name)).Bind(film.Year).Bind((int?)film.Month)
                .Bind(film.Revision.Number).Run();
        }
    }

    private Film? Find(FilmId id) => _inTransaction.TryGetValue(id, out var film) || Films.TryFindLast(id, out film) ? film : FindInTable(id);

    private Film? FindInTable(FilmId id)
    {
        using var row = _find.Bind(id.ToSortKey()).Query();
        return row.Next() ? row.ReadFilm(Committed.Revision.Epoch) : null;
    }

    private FilmOutcome[] ReadOutcomes(SqliteStatement changes)
    {
        var outcomes = new List<FilmOutcome>();
        using var row = changes.Query();
        while (row.Next())
        {
            var (id, film) = (row.ReadId(0), row.IsNull(1) ? null : row.ReadFilm(Committed.Revision.Epoch));
            outcomes.Add(new FilmOutcome(film is null ? FilmOutcomeKind.Deleted : FilmOutcomeKind.Replaced, id, film, new Revision(Committed.Revision.Epoch, row.Number(4))));
        }

        return [.. outcomes];
    }

    public void Dispose()
    {
        _find.Dispose();
        _save.Dispose();
        _delete.Dispose();
        _change.Dispose();
        _count.Dispose();
        _idempotency.Dispose();
        _search.Dispose();
        _connection.Dispose();
    }
}
