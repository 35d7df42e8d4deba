namespace FilmService.Infrastructure.Writing;

/// <summary>A read model that lags behind the changes. It catches up between batches, when no transaction is under way.</summary>
internal interface IProjection
{
    /// <summary>True if there are changes that the read model does not have yet.</summary>
    bool IsBehind { get; }

    /// <summary>
    /// Projects as many changes as writers can wait for. It throws nothing: nobody has asked for it yet, and who does asks again.
    /// </summary>
    /// <param name="isIdle">True if no write has arrived for a moment, false right after a batch.</param>
    ValueTask ProjectAsync(bool isIdle);
}
