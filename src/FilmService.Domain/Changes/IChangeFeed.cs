using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Changes;

/// <summary>The history of the catalogue: every committed change once, in order, durable before its writer had an answer.</summary>
/// <remarks>Every method throws <see cref="CatalogUnavailableException"/> when the database does not answer.</remarks>
public interface IChangeFeed
{
    /// <summary>What has been removed and what there is.</summary>
    ValueTask<FeedBounds> GetBoundsAsync(CancellationToken cancellationToken);

    /// <summary>The changes behind a number, at most <paramref name="limit"/> of them, oldest first.</summary>
    Task<ChangePage> ReadAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>The changes of one film before a number, at most <paramref name="limit"/> of them, newest first.</summary>
    Task<ChangePage> ReadHistoryAsync(FilmId id, long before, int limit, CancellationToken cancellationToken);

    /// <summary>Ends when the catalogue has a change behind the number; at once when it has one already.</summary>
    Task WaitAsync(long after, CancellationToken cancellationToken);

    /// <summary>Removes changes that newer ones had superseded before <paramref name="before"/>; what stood then, and a film's latest, stays.</summary>
    Task RemoveSupersededAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>The ends of the feed.</summary>
/// <param name="RemovedThrough">Up to this number, superseded changes may be missing; 0 when none is.</param>
/// <param name="Now">The last change.</param>
public readonly record struct FeedBounds(long RemovedThrough, Revision Now)
{
    /// <summary>True when the feed is complete behind this revision: it is of this catalogue, and neither too old nor of the future.</summary>
    public bool Includes(Revision revision) =>
        revision.Epoch == Now.Epoch && revision.Number <= Now.Number && revision.Number >= RemovedThrough;
}
