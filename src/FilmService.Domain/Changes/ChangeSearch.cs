namespace FilmService.Domain.Changes;

/// <summary>A part of the feed, filtered or backwards.</summary>
/// <param name="From">Where to begin: after this number, or before it if backwards.</param>
/// <param name="IsBackwards">True for the newest first.</param>
/// <param name="By">The caller who made the changes; null for anyone.</param>
/// <param name="Limit">Maximum number of changes to return.</param>
public sealed record ChangeSearch(long From, bool IsBackwards, string? By, int Limit)
{
    /// <summary>How many numbers are looked at: there is no index on callers, and this takes some hundredths of a second.</summary>
    public const int MaxExamined = 100_000;
}

/// <summary>The changes that were found.</summary>
/// <param name="Reached">The number at which to continue; null if there are no older changes.</param>
public sealed record FoundChanges(IReadOnlyList<FilmChange> Items, FeedBounds Bounds, long? Reached);
