using FilmService.Domain.Films;

namespace FilmService.Domain.Changes;

/// <summary>One committed change of one film.</summary>
/// <param name="Revision">Its place in the order of all changes.</param>
/// <param name="At">When it was committed.</param>
/// <param name="By">The caller who made it.</param>
/// <param name="Details">The film's data after the change; null if it was deleted.</param>
public sealed record FilmChange(Revision Revision, DateTimeOffset At, string By, FilmId Id, FilmDetails? Details)
{
    /// <summary>The film after the change; null if it was deleted.</summary>
    public Film? ToFilm() => Details is null ? null : new Film(Id, Details, Revision);
}

/// <summary>Consecutive changes, and the bounds of the feed when they were read.</summary>
public sealed record ChangePage(IReadOnlyList<FilmChange> Items, FeedBounds Bounds)
{
    /// <summary>The catalogue's revision when they were read.</summary>
    public Revision Now => Bounds.Now;
}
