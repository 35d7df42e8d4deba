using System.Diagnostics;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Caching;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Writing;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>
/// Brings the read model up to date, in its own transactions: between batches, and before a list that needs it.
/// </summary>
internal sealed class ProjectionRun(WriterTables tables, FilmCache films, ReadModelDamage damage) : IProjection
{
    // The longest that a write arriving meanwhile has to wait.
    private const int IdleChanges = 512;

    // At about 6 pages of the log each, 40 MB. A page changed by several projections is written to the file once.
    private const int ChangesPerCheckpoint = 1_700;

    // They are projected at start-up in a moment.
    private const int FewChanges = 1_000;

    // About 3 MB of the log.
    private const int FewestChanges = 128;

    private readonly ProjectionPace _pace = new();
    private int _sinceCheckpoint;

    public bool IsBehind => films.Committed.Lag > 0 || damage.IsDue;

    public ValueTask ProjectAsync(bool isIdle)
    {
        // Until it is rebuilt, every attempt would fail, and cost the writers its time.
        if (!damage.TryRepair())
        {
            return default;
        }

        if (isIdle || films.Committed.Lag >= _pace.Changes)
        {
            TryCatchUp(tables.Space.IsShort ? FewestChanges : isIdle ? Math.Min(IdleChanges, _pace.Changes) : _pace.Changes);
        }

        // Not before a list that waits for the projection has been answered.
        if (isIdle || _sinceCheckpoint >= (tables.Log.IsLarge ? 1 : ChangesPerCheckpoint))
        {
            tables.Log.Run();
            _sinceCheckpoint = 0;
        }

        return default;
    }

    /// <summary>
    /// Projects at most this many changes. An error, such as a full disk, is left to the list that needs the changes and retries.
    /// </summary>
    public void TryCatchUp(int changes)
    {
        try
        {
            CatchUp(changes);
        }
        catch (SqliteException exception)
        {
            _ = damage.Note(exception) || tables.Space.Note(exception);
        }
    }

    /// <summary>Projects every change, because a list waits for it.</summary>
    /// <exception cref="CatalogUnavailableException">The read model is damaged.</exception>
    public void CatchUp()
    {
        damage.RefuseLists();
        try
        {
            while (films.Committed.Lag > 0)
            {
                CatchUpStep();
            }
        }
        catch (SqliteException exception)
        {
            damage.Note(exception);
            throw;
        }
    }

    /// <summary>Projects what an earlier process left behind.</summary>
    public void Recover(Progress progress)
    {
        var (first, lag) = (films.Committed.Checkpoint, films.Committed.Lag);
        if (lag > FewChanges)
        {
            progress.Begin(lag, "changes");
        }

        while (films.Committed.Lag > 0)
        {
            progress.AddUpTo(films.Committed.Checkpoint - first, lag);
            films.Stage(tables.Changes.ReadAfter(films.Committed.Checkpoint));
            films.Publish(films.Committed.Catalog);
            CatchUp(tables.Space.IsShort ? FewestChanges : FilmProjection.Batch);
        }
    }

    /// <summary>Adds the changes that could not be projected to the memtable, so that they are read from there.</summary>
    public void StageLag()
    {
        for (var after = films.Committed.Checkpoint; after < films.Committed.Revision.Number;)
        {
            var changes = tables.Changes.ReadAfter(after);
            films.Stage(changes);
            films.Publish(films.Committed.Catalog);
            after = changes[^1].Revision.Number;
        }
    }

    // In a small space, the log is moved to the file after each step, so that the next one uses it again.
    private void CatchUpStep()
    {
        if (tables.Space.IsShort)
        {
            CatchUp(FewestChanges);
            tables.Log.Run();
        }
        else
        {
            CatchUp(_pace.Changes);
        }
    }

    private void CatchUp(int changes)
    {
        var begin = Stopwatch.GetTimestamp();
        var (checkpoint, last) = (films.Committed.Checkpoint, films.Committed.Revision.Number);
        var through = last - checkpoint > changes ? checkpoint + changes : last;
        InUnsyncedTransaction(() =>
        {
            tables.Films.Begin();
            foreach (var (id, film) in films.MemtableThrough(through))
            {
                tables.Films.Save(id, film);
            }

            tables.Films.Advance(checkpoint, through);
            return through;
        });
        films.PublishCheckpoint(through);
        _pace.Record((int)(through - checkpoint), Stopwatch.GetElapsedTime(begin));
        _sinceCheckpoint += (int)(through - checkpoint);
    }

    // The changes are on disk already. If power fails before the next commit or checkpoint syncs the log, they are projected
    // again.
    private void InUnsyncedTransaction(Func<long> work)
    {
        tables.Connection.Execute("PRAGMA synchronous=NORMAL");
        try
        {
            tables.Connection.InTransaction(work);
        }
        finally
        {
            tables.Connection.Execute("PRAGMA synchronous=FULL");
        }
    }
}
