using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Projection;
using Microsoft.Data.Sqlite;

namespace FilmService.Infrastructure.Writing;

/// <summary>
/// Group commit: writes that wait at the same time are committed together by one thread, so that one fsync pays
/// for all of them. Each is decided and answered on its own. Other work on the writing connection takes its turn between them.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private const int MaxWaiting = 10_000;
    private const int MaxBatch = 256;

    // About what a commit takes: so long the first of several that are expected together waits for the others.
    private const int TogetherMilliseconds = 1;

    // A write that arrives meanwhile waits for no more than this of the tables that follow.
    private const int IdleChanges = 512;
    private const int IdleMilliseconds = 50;

    // How long a write waits behind an import, and how often that is looked at.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(1);

    private readonly BatchQueue<IQueuedWork> _waiting = new(MaxWaiting);
    private readonly SqliteWriter _writer;
    private readonly TimeProvider _clock;
    private readonly Thread _thread;
    private TaskCompletionSource _changed = NewSignal();

    public WriteQueue(SqliteWriter writer, TimeProvider clock)
    {
        _writer = writer;
        _clock = clock;
        _thread = new Thread(CommitWaiting) { Name = "film writer" };
        _thread.Start();
    }

    /// <summary>Waits for the outcome of a film's write.</summary>
    public Task<FilmOutcome> EnqueueAsync(FilmWrite write, CancellationToken cancellationToken)
    {
        var pending = new QueuedWrite(write, _clock.GetTimestamp(), cancellationToken);
        Add(pending);
        return pending.Task;
    }

    /// <summary>Waits for the outcome of an import. Writes that wait behind it for too long are given up, and never happen.</summary>
    public Task<ImportOutcome> ImportAsync(FilmImport import, CancellationToken cancellationToken) => RunAsync(
        writer =>
        {
            using var watch = _clock.CreateTimer(_ => GiveUpOld(), null, Watch, Watch);

            // An import begins with tables that are up to date; and so queries need not wait for the writer meanwhile.
            writer.CatchUp();
            return writer.Import(import);
        },
        cancellationToken);

    /// <summary>Waits for the result of other work with the writer, such as removing what has expired.</summary>
    public Task<T> RunAsync<T>(Func<SqliteWriter, T> work, CancellationToken cancellationToken)
    {
        var pending = new QueuedTask<T>(work, _clock.GetTimestamp(), cancellationToken);
        Add(pending);
        return pending.Task;
    }

    /// <summary>Ends when a change behind the number is committed; at once when there is one.</summary>
    public async Task WaitForChangeAsync(long after, CancellationToken cancellationToken)
    {
        // The signal is taken before the number is read: a commit between the two ends the wait at once.
        for (var signal = Volatile.Read(ref _changed); _writer.Committed.Revision.Number <= after; signal = Volatile.Read(ref _changed))
        {
            await signal.Task.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Add(IQueuedWork pending)
    {
        if (!_waiting.TryAdd(pending))
        {
            throw new CatalogUnavailableException("Too many writes are queued.", null);
        }
    }

    private void CommitWaiting()
    {
        var batch = new List<QueuedWrite>(MaxBatch);
        for (var (last, count) = (0, 0); WaitForSome((last + count) / 2);)
        {
            (last, count) = (count, 0);
            for (; count < MaxBatch && _waiting.TryTake(out var next); count++)
            {
                Take(next, batch);
            }

            Commit(batch);
            if (_writer.Committed.NotIndexed >= FilmProjection.Batch)
            {
                CatchUp(FilmProjection.Batch);
            }
        }
    }

    // Those who write all the time come again when they are answered, the first before the last. Half of them are waited for: while
    // their writes go to the disk, the others come. False when there will be nothing more. An idle writer brings the tables that follow up to date.
    private bool WaitForSome(int together)
    {
        var isSome = together > 1 && _waiting.WaitFor(together, TogetherMilliseconds);
        while (!isSome && !_waiting.IsOver)
        {
            isSome = _waiting.WaitFor(1, _writer.Committed.NotIndexed > 0 ? IdleMilliseconds : Timeout.Infinite);
            if (!isSome)
            {
                CatchUp(IdleChanges);
            }
        }

        return isSome;
    }

    private void CatchUp(int changes)
    {
        try
        {
            _writer.CatchUp(changes);
        }
        catch (SqliteException)
        {
            // A full disk, say. Nobody has asked for it yet; the query that does tries again, and is told.
        }
    }

    private void Take(IQueuedWork next, List<QueuedWrite> batch)
    {
        if (!next.TryBegin())
        {
            return;
        }

        if (next is QueuedWrite write)
        {
            batch.Add(write);
        }
        else
        {
            // What was asked for before it happens before it.
            Commit(batch);
            Run((IPendingWork)next);
        }
    }

    private void GiveUpOld()
    {
        var before = _clock.GetTimestamp() - (long)(Patience.TotalSeconds * _clock.TimestampFrequency);
        foreach (var pending in _waiting.ToArray())
        {
            pending.GiveUp(before);
        }
    }

    private void Run(IPendingWork work)
    {
        var before = _writer.Committed.Revision;
        try
        {
            work.Run(_writer);
        }
        catch (SqliteException exception)
        {
            work.Fail(Unavailable(exception));
        }
        catch (Exception exception)
        {
            work.Fail(exception);
        }

        SignalUnless(before);
    }

    private void SignalUnless(Revision before)
    {
        if (_writer.Committed.Revision != before)
        {
            Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
        }
    }

    private void Commit(List<QueuedWrite> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var before = _writer.Committed.Revision;
        try
        {
            var outcomes = _writer.Commit(batch.ConvertAll(pending => pending.Write));
            for (var i = 0; i < outcomes.Length; i++)
            {
                batch[i].SetResult(outcomes[i]);
            }
        }
        catch (SqliteException exception)
        {
            batch.ForEach(pending => pending.Fail(Unavailable(exception)));
        }
        catch (Exception exception) when (batch.Count == 1)
        {
            batch[0].Fail(exception);
        }
        catch (Exception)
        {
            // One decision failed and took all back: alone, each of the others succeeds.
            batch.ForEach(pending => Commit([pending]));
        }

        batch.Clear();
        SignalUnless(before);
    }

    private static CatalogUnavailableException Unavailable(SqliteException exception) => new("The database cannot be written.", exception);

    /// <summary>Takes no more writes, finishes those that wait, brings the tables up to date, and closes the writer.</summary>
    public void Dispose()
    {
        _waiting.Close();
        _thread.Join();
        CatchUp(int.MaxValue);
        _writer.Dispose();
    }
}
