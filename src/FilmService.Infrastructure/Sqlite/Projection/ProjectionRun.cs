using System.Diagnostics;
using FilmService.Infrastructure.Caching;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Writing;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>
/// Brings the read model up to date, in its own transactions: between batches, and before a list that needs it.
/// </summary>
internal sealed class ProjectionRun(WriterTables tables, FilmCache films) : IProjection
{
    // The longest that a write arriving meanwhile has to wait.
    private const int IdleChanges = 512;

    // At about 6 pages of the log each, 48 MB. A page changed by several projections is written to the file once.
    private const int ChangesPerCheckpoint = 2_048;

    private readonly ProjectionPace _pace = new();
    private int _sinceCheckpoint;

    public bool IsBehind => films.Committed.Lag > 0;

    public ValueTask ProjectAsync(bool isIdle)
    {
        if (isIdle || films.Committed.Lag >= _pace.Changes)
        {
            TryCatchUp(isIdle ? Math.Min(IdleChanges, _pace.Changes) : _pace.Changes);
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
        catch (SqliteException)
        {
        }
    }

    /// <summary>Projects every change, because a list waits for it.</summary>
    public void CatchUp()
    {
        while (IsBehind)
        {
            CatchUp(_pace.Changes);
        }
    }

    /// <summary>Projects what an earlier process left behind.</summary>
    public void Recover()
    {
        while (IsBehind)
        {
            films.Stage(tables.Changes.ReadAfter(films.Committed.Checkpoint));
            films.Publish(films.Committed.Catalog);
            CatchUp(FilmProjection.Batch);
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
