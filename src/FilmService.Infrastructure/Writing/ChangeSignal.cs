using FilmService.Domain.Writing;

namespace FilmService.Infrastructure.Writing;

/// <summary>Wakes callers that wait for changes of the catalogue.</summary>
/// <param name="last">The number of the last change.</param>
internal sealed class ChangeSignal(long last)
{
    private static readonly TimeSpan LongestCommit = TimeSpan.FromSeconds(30);

    private long _last = last;
    private TaskCompletionSource _next = NewSignal();

    /// <summary>Announces that all changes up to this one are visible.</summary>
    public void Advance(long number)
    {
        if (Interlocked.Exchange(ref _last, number) != number)
        {
            Interlocked.Exchange(ref _next, NewSignal()).SetResult();
        }
    }

    /// <summary>Completes when there is a change after this one; at once if there already is.</summary>
    public async Task WaitAsync(long after, CancellationToken cancellationToken)
    {
        // The signal is read before the number: a commit between the two ends the wait at once.
        for (var signal = Volatile.Read(ref _next); Volatile.Read(ref _last) <= after; signal = Volatile.Read(ref _next))
        {
            await signal.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Blocks until this change is visible everywhere. For callers that already see it in the database: its commit is about to
    /// return.
    /// </summary>
    /// <exception cref="CatalogUnavailableException">The commit does not return.</exception>
    public void WaitFor(long number)
    {
        if (Volatile.Read(ref _last) < number && !SpinWait.SpinUntil(() => Volatile.Read(ref _last) >= number, LongestCommit))
        {
            throw new CatalogUnavailableException("A commit does not return.", null);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
