namespace FilmService.Infrastructure.Writing;

/// <summary>
/// Group commit: one thread commits the writes that are queued at the same time together, so that they share one fsync. Each is
/// decided and answered separately. Other work runs between the batches.
/// </summary>
internal sealed class GroupCommitter : IDisposable
{
    private const int MaxBatch = 256;

    // About the time of a commit: if several writes are expected together, the first waits this long for the others.
    private const int TogetherMilliseconds = 1;

    // How long no write arrives before the projection catches up.
    private const int IdleMilliseconds = 50;

    private readonly BatchQueue<IQueuedWork> _queue;
    private readonly ICatalogDatabase _database;
    private readonly IProjection? _projection;
    private readonly TimeProvider _clock;
    private readonly Thread _thread;

    /// <param name="queue">The work, which it takes until the queue is closed and empty.</param>
    /// <param name="projection">The projection that lags behind the commits; null if there is none.</param>
    /// <param name="clock">The time of the changes.</param>
    public GroupCommitter(BatchQueue<IQueuedWork> queue, ICatalogDatabase database, IProjection? projection, TimeProvider clock)
    {
        (_queue, _database, _projection, _clock) = (queue, database, projection, clock);
        _thread = new Thread(CommitQueued) { Name = "film writer" };
        _thread.Start();
    }

    private void CommitQueued()
    {
        var batch = new List<QueuedWrite>(MaxBatch);
        for (var (last, count) = (0, 0); WaitForSome((last + count) / 2);)
        {
            (last, count) = (count, 0);
            for (; count < MaxBatch && _queue.TryTake(out var next); count++)
            {
                Take(next, batch);
            }

            Wait(CommitAsync(batch));
            Project(isIdle: false);
        }
    }

    // Busy clients write again as soon as they are answered, the first before the last. It waits for half of them: while their
    // writes go to disk, the others arrive. False if there will be no more work.
    private bool WaitForSome(int together)
    {
        var isSome = together > 1 && _queue.WaitFor(together, TogetherMilliseconds);
        while (!isSome && !_queue.IsOver)
        {
            isSome = _queue.WaitFor(1, _projection is { IsBehind: true } ? IdleMilliseconds : Timeout.Infinite);
            if (!isSome)
            {
                Project(isIdle: true);
            }
        }

        return isSome;
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
            // Earlier queued writes are committed before it runs.
            Wait(CommitAsync(batch));
            Wait(((IQueuedTask)next).RunAsync());
        }
    }

    private async ValueTask CommitAsync(List<QueuedWrite> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            using var commit = MeasuredCommit.BeginBatch(batch);
            await using var transaction = await _database.BeginAsync();
            var results = await transaction.WriteAsync(batch.ConvertAll(queued => queued.Write), _clock.GetUtcNow());
            commit.Committed(results.Count);
            for (var i = 0; i < results.Count; i++)
            {
                batch[i].Answer(results[i]);
            }
        }
        catch (Exception exception)
        {
            // A write that has been answered stays answered.
            batch.ForEach(queued => queued.TrySetException(exception));
        }

        batch.Clear();
    }

    private void Project(bool isIdle)
    {
        if (_projection is { IsBehind: true })
        {
            Wait(_projection.ProjectAsync(isIdle));
        }
    }

    // This thread has nothing else to do, whether the database works on it or on another thread.
    private static void Wait(ValueTask work) => work.AsTask().GetAwaiter().GetResult();

    /// <summary>Closes the queue and waits until its work is done.</summary>
    public void Dispose()
    {
        _queue.Close();
        _thread.Join();
    }
}
