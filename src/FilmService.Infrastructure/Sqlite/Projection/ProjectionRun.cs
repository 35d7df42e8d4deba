using System.Diagnostics;
using FilmService.Infrastructure.Caching;
using FilmService.Infrastructure.Sqlite.Native;
using FilmService.Infrastructure.Writing;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Sqlite.Projection;

/// <summary>Brings the read model up to date, in transactions of their own: between batches, and before a list that needs it.</summary>
internal sealed class ProjectionRun(WriterTables tables, FilmCache films) : IProjection
{
    // A write that arrives meanwhile waits for no more than this.
    private const int IdleChanges = 512;

    // Some 6 pages of the log each: 48 MB. A page that several projections have changed goes to the file once.
    private const int ChangesPerCheckpoint = 2_048;

    private readonly ProjectionPace _pace = new();
    private int _sinceCheckpoint;

    /// <inheritdoc/>
    public bool IsBehind => films.Committed.Lag > 0;

    /// <inheritdoc/>
    public ValueTask ProjectAsync(bool isIdle)
    {
        if (isIdle || films.Committed.Lag >= _pace.Changes)
        {
            TryCatchUp(isIdle ? Math.Min(IdleChanges, _pace.Changes) : _pace.Changes);
        }

        // Not before a list that waits for the projection is answered.
        if (isIdle || _sinceCheckpoint >= ChangesPerCheckpoint)
        {
            LogCheckpoint.Run(tables.Connection);
            _sinceCheckpoint = 0;
        }

        return default;
    }

    /// <summary>Projects at most so many changes. A failure, such as a full disk, is left to the list that needs them and tries again.</summary>
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

    /// <summary>Projects what an earlier process has left.</summary>
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

    // The changes are on the disk already. If power fails before the next commit or checkpoint syncs the log, they are projected again.
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
