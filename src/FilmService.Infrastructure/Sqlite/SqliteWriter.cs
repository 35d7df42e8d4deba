using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Caching;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Sqlite.Projection;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// The one connection that writes. A film's line in the changes, the counter and the idempotency record go into one
/// transaction, so a crash leaves all or none; the other tables follow the changes. Not for two threads at once.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _clock;
    private readonly ChangeTable _changes;
    private readonly FilmProjection _films;
    private readonly IdempotencyTable _idempotency;
    private readonly SqliteStatement _count;
    private readonly Dictionary<FilmId, Film?> _inTransaction = [];

    private SqliteWriter(SqliteConnection connection, TimeProvider clock)
    {
        _connection = connection;
        _clock = clock;
        Films = new FilmCache(CatalogHead.Read(connection));
        _changes = new ChangeTable(connection, Committed.Revision.Epoch);
        _films = new FilmProjection(connection, Committed.Revision.Epoch);
        _idempotency = new IdempotencyTable(connection, Committed.Revision.Epoch);
        _count = new SqliteStatement(connection, "UPDATE revision SET number = $1, last_generated_id = $2");
    }

    /// <summary>
    /// Begins a writer on a migrated database. A database without counters is new: it gets them, and the
    /// films of <paramref name="seed"/>, in one transaction.
    /// </summary>
    public static SqliteWriter Begin(SqliteConnection connection, TimeProvider clock, IReadOnlyList<FilmWrite> seed)
    {
        if (CatalogHead.AreIn(connection))
        {
            return new SqliteWriter(connection, clock);
        }

        return connection.InTransaction(() =>
        {
            CatalogHead.Begin(connection);
            var writer = new SqliteWriter(connection, clock);
            writer.Films = new FilmCache(writer.Apply(seed).After);
            return writer;
        });
    }

    /// <summary>The counters as the last commit left them. Other threads may read it.</summary>
    public CatalogHead Committed => Films.CatalogHead;

    /// <summary>What the last commit left, for those who read.</summary>
    public FilmCache Films { get; private set; }

    /// <summary>Carries out all writes in one transaction. When it throws, none of them has happened.</summary>
    public FilmOutcome[] Commit(IReadOnlyList<FilmWrite> writes) => Publish(() => _connection.InTransaction(() =>
    {
        var applied = Apply(writes);
        Films.Withdraw(applied.Outcomes);
        return applied;
    }));

    /// <summary>
    /// Carries out an import in one transaction, with the tables that follow, which must be up to date. When it throws or the
    /// import is refused, nothing has happened.
    /// </summary>
    public ImportOutcome Import(FilmImport import)
    {
        using var large = new LargeTransaction(_connection);
        return Publish(() => _connection.InTransaction(() => Apply(import), applied => applied.Outcome.Kind is ImportOutcomeKind.Done));
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
                _films.Save(id, film);
            }

            _films.Advance(Committed.IndexedThrough, through);
            return through;
        });
        Films.PublishIndexed(through);
    }

    /// <summary>Brings the tables that follow up to date with what an earlier process has left. Nobody reads yet.</summary>
    public void Recover()
    {
        while (Committed.NotIndexed > 0)
        {
            Films.Withdraw(_changes.ReadBehind(Committed.IndexedThrough));
            CatchUp(FilmProjection.Batch);
        }

        Films = new FilmCache(Committed);
    }

    /// <summary>Brings the tables that follow up to date with every change; all at once, because a query waits for it.</summary>
    public void CatchUp()
    {
        while (Committed.NotIndexed > 0)
        {
            CatchUp(FilmProjection.Batch);
        }
    }

    /// <summary>
    /// Removes some changes that newer ones had superseded before a moment; true when there may be more of them. So every
    /// film can be had as it was at any revision since then. Those that a kept idempotency record will tell again stay.
    /// </summary>
    public bool RemoveSuperseded(DateTimeOffset before)
    {
        CatchUp();
        return Publish(() => _connection.InTransaction(() =>
        {
            var (removed, through) = _changes.RemoveSuperseded(before);
            return (removed == ChangeTable.RemovalBatch, Committed with { RemovedThrough = through ?? Committed.RemovedThrough });
        }));
    }

    // Shows the counters that a commit has left; when it failed, those before it.
    private T Publish<T>(Func<(T Result, CatalogHead After)> commit)
    {
        var committed = Committed;
        try
        {
            (var result, committed) = commit();
            return result;
        }
        finally
        {
            Films.Publish(committed);
        }
    }

    private (FilmOutcome[] Outcomes, CatalogHead After) Apply(IReadOnlyList<FilmWrite> writes)
    {
        _inTransaction.Clear();
        var (outcomes, counters) = (new FilmOutcome[writes.Count], Committed);
        for (var i = 0; i < outcomes.Length; i++)
        {
            (outcomes[i], counters) = Apply(writes[i], counters);
        }

        if (counters != Committed)
        {
            Save(counters);
        }

        return (outcomes, counters);
    }

    private (FilmOutcome Outcome, CatalogHead After) Apply(FilmWrite write, CatalogHead counters)
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
            _changes.Add(outcome, caller, now, isIndexed: false);
        }

        if (key is not null && outcome.IsSuccess)
        {
            _idempotency.Save(caller, key, outcome, now);
        }

        return (outcome, after);
    }

    private (ImportOutcome Outcome, CatalogHead After) Apply(FilmImport import)
    {
        var (key, caller, now) = (import.Origin.IdempotencyKey, import.Origin.By, _clock.GetUtcNow());
        void Store(FilmOutcome outcome)
        {
            _films.Save(outcome.Id, outcome.Film);
            _changes.Add(outcome, caller, now, isIndexed: true);
        }

        var (outcome, after) = new ImportRun(import, _idempotency, _films.Find, Store).Run(Committed, now);
        if (key is not null && outcome is { Kind: ImportOutcomeKind.Done, Replayed: false })
        {
            _idempotency.Save(caller, key, outcome, now);
        }

        if (after == Committed)
        {
            return (outcome, after);
        }

        Save(after);
        Films.WithdrawAll();
        _films.Advance(Committed.IndexedThrough, after.Revision.Number);
        return (outcome, after with { IndexedThrough = after.Revision.Number });
    }

    private void Save(CatalogHead counters) => _count.Bind(counters.Revision.Number).Bind(counters.LastGeneratedId).Run();

    private Film? Find(FilmId id) => _inTransaction.TryGetValue(id, out var film) || Films.TryFindLast(id, out film) ? film : _films.Find(id);

    public void Dispose()
    {
        _changes.Dispose();
        _films.Dispose();
        _idempotency.Dispose();
        _count.Dispose();
        _connection.Dispose();
    }
}
