using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Changes;

/// <summary>
/// The history of the catalogue: every committed change once, in order, durable before its writer got a response.
/// </summary>
/// <remarks>Every method throws <see cref="CatalogUnavailableException"/> if the database does not respond.</remarks>
public interface IChangeFeed
{
    ValueTask<FeedBounds> GetBoundsAsync(CancellationToken cancellationToken);

    /// <summary>Reads the changes after a number, at most <paramref name="limit"/> of them, oldest first.</summary>
    Task<ChangePage> ReadAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>Reads changes of one caller, or backwards. It may find none and still not be at the end.</summary>
    Task<FoundChanges> SearchAsync(ChangeSearch search, CancellationToken cancellationToken);

    /// <summary>Reads the changes of one film before a number, at most <paramref name="limit"/> of them, newest first.</summary>
    Task<ChangePage> ReadHistoryAsync(FilmId id, long before, int limit, CancellationToken cancellationToken);

    /// <summary>Completes when the catalogue has a change after the number; at once if it already has one.</summary>
    Task WaitAsync(long after, CancellationToken cancellationToken);

    /// <summary>
    /// Removes changes that were superseded before <paramref name="before"/>. A film's latest change, and the state as of that
    /// time, remain.
    /// </summary>
    Task RemoveSupersededAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>The bounds of the feed.</summary>
/// <param name="RemovedThrough">Superseded changes may be missing up to this number; 0 if none is missing.</param>
/// <param name="Now">The last change.</param>
public readonly record struct FeedBounds(long RemovedThrough, Revision Now)
{
    /// <summary>
    /// True if the feed is complete after this revision: it belongs to this catalogue, and is neither too old nor in the future.
    /// </summary>
    public bool Includes(Revision revision) =>
        revision.Epoch == Now.Epoch && revision.Number <= Now.Number && revision.Number >= RemovedThrough;
}
