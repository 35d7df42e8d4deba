namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Threads for reads that may take seconds: on the thread pool, a few of them would keep every other request waiting. A thread is
/// started if none is idle, so callers must limit how many reads run at the same time.
/// </summary>
internal sealed class ReaderThreads
{
    private static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(20);

    private readonly object _gate = new();
    private readonly Queue<Task> _queued = new();
    private int _idle;

    public Task<T> RunAsync<T>(Func<T> work)
    {
        // The continuation goes on with the request, which belongs on the thread pool.
        var task = new Task<T>(work, TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _queued.Enqueue(task);
            if (_idle >= _queued.Count)
            {
                Monitor.Pulse(_gate);
                return task;
            }
        }

        new Thread(RunQueued) { Name = "film reader", IsBackground = true }.Start();
        return task;
    }

    private void RunQueued()
    {
        while (TakeNext() is { } task)
        {
            task.RunSynchronously(TaskScheduler.Default);
        }
    }

    // Returns null if there was nothing to do for a while.
    private Task? TakeNext()
    {
        lock (_gate)
        {
            _idle++;
            while (_queued.Count == 0 && Monitor.Wait(_gate, MaxIdle))
            {
            }

            _idle--;
            return _queued.TryDequeue(out var task) ? task : null;
        }
    }
}
