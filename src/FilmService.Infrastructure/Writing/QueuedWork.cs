using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;

namespace FilmService.Infrastructure.Writing;

/// <summary>One thing that waits for its turn. One that is cancelled before its turn never happens; one that is begun is told.</summary>
internal interface IQueuedWork
{
    /// <summary>False when it was cancelled or given up: then it must not happen.</summary>
    bool TryBegin();

    /// <summary>Fails it unless it is begun or younger than that.</summary>
    void GiveUp(long before);

    void Fail(Exception exception);
}

/// <summary>Work with the writer that is no film's write, and has a turn of its own.</summary>
internal interface IPendingWork : IQueuedWork
{
    void Run(SqliteWriter writer);
}

/// <summary>What waits, and the task of who waits for it.</summary>
internal abstract class QueuedWork<T>(long since, CancellationToken cancellationToken)
    : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IQueuedWork
{
    private int _isTaken;

    public bool TryBegin() =>
        Interlocked.Exchange(ref _isTaken, 1) == 0 && !(cancellationToken.IsCancellationRequested && TrySetCanceled(cancellationToken));

    public void GiveUp(long before)
    {
        if (since < before && Interlocked.Exchange(ref _isTaken, 1) == 0)
        {
            SetException(new CatalogUnavailableException("The write timed out while it waited for an import.", null));
        }
    }

    public void Fail(Exception exception) => SetException(exception);
}

/// <summary>A film's write, which is committed together with others.</summary>
internal sealed class QueuedWrite(FilmWrite write, long since, CancellationToken cancellationToken) : QueuedWork<FilmOutcome>(since, cancellationToken)
{
    public FilmWrite Write => write;
}

/// <inheritdoc cref="IPendingWork"/>
internal sealed class QueuedTask<T>(Func<SqliteWriter, T> work, long since, CancellationToken cancellationToken) : QueuedWork<T>(since, cancellationToken), IPendingWork
{
    public void Run(SqliteWriter writer) => SetResult(work(writer));
}
