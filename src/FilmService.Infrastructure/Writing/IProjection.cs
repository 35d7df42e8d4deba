namespace FilmService.Infrastructure.Writing;

/// <summary>
/// A read model that lags behind the changes. It catches up between batches, when there is no open transaction.
/// </summary>
internal interface IProjection
{
    /// <summary>True if there are changes that have not been projected yet.</summary>
    bool IsBehind { get; }

    /// <summary>
    /// Projects as many changes as writers can wait for. It throws nothing: nobody depends on it yet, and a list that does
    /// projects the changes itself.
    /// </summary>
    /// <param name="isIdle">True if no write has arrived for a moment, false right after a batch.</param>
    ValueTask ProjectAsync(bool isIdle);
}
