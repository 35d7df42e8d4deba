namespace FilmService.Infrastructure.Writing;

/// <summary>Times out work that has been queued behind an import for too long; it is then never run.</summary>
internal sealed class QueueTimeout(BatchQueue<IQueuedWork> queue, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Watches the queue until the result is disposed.</summary>
    public IDisposable Watch() => clock.CreateTimer(_ => TimeOutOld(), null, Interval, Interval);

    private void TimeOutOld()
    {
        var before = clock.GetTimestamp() - (long)(Longest.TotalSeconds * clock.TimestampFrequency);
        foreach (var work in queue.ToArray())
        {
            work.TimeOut(before);
        }
    }
}
