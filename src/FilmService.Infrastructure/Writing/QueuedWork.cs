using System.Diagnostics;
using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Writing;

/// <summary>
/// Queued work. If it is cancelled before its turn it is never run; once it has begun, its outcome is reported.
/// </summary>
internal interface IQueuedWork
{
    /// <summary>False if it was cancelled or timed out, in which case it must not be run.</summary>
    bool TryBegin();

    /// <summary>Fails it if it was queued before that time and has not begun.</summary>
    void TimeOut(long before);
}

/// <summary>Work with its own turn.</summary>
internal interface IQueuedTask : IQueuedWork
{
    /// <summary>Runs it and reports its outcome; throws nothing.</summary>
    ValueTask RunAsync();
}

/// <summary>Queued work, and the task of the caller who waits for it.</summary>
internal abstract class QueuedWork<T>(long since, CancellationToken cancellationToken)
    : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IQueuedWork
{
    private int _isTaken;

    public bool TryBegin() =>
        Interlocked.Exchange(ref _isTaken, 1) == 0 && !(cancellationToken.IsCancellationRequested && TrySetCanceled(cancellationToken));

    public void TimeOut(long before)
    {
        if (since < before && Interlocked.Exchange(ref _isTaken, 1) == 0)
        {
            SetException(new CatalogUnavailableException("The write timed out while it waited for an import.", null));
        }
    }
}

/// <summary>A film's write, which is committed together with others.</summary>
internal sealed class QueuedWrite(FilmWrite write, long since, CancellationToken cancellationToken) : QueuedWork<FilmOutcome>(since, cancellationToken)
{
    public FilmWrite Write => write;

    /// <summary>The request that it belongs to, for the trace.</summary>
    public ActivityContext Request { get; } = MeasuredCommit.CurrentRequest;

    public void Answer(WriteResult result)
    {
        if (result.Failure is { } failure)
        {
            SetException(failure);
        }
        else
        {
            SetResult(result.Outcome!);
        }
    }
}

/// <inheritdoc cref="IQueuedTask"/>
internal sealed class QueuedTask<T>(Func<ValueTask<T>> work, long since, CancellationToken cancellationToken) : QueuedWork<T>(since, cancellationToken), IQueuedTask
{
    public async ValueTask RunAsync()
    {
        try
        {
            SetResult(await work());
        }
        catch (Exception exception)
        {
            SetException(exception);
        }
    }
}
