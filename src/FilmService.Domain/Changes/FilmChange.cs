using FilmService.Domain.Films;

namespace FilmService.Domain.Changes;

/// <summary>One committed change of one film.</summary>
/// <param name="Revision">Its place in the order of all changes.</param>
/// <param name="At">When it was committed.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Id">The film's id.</param>
/// <param name="Details">What the film says since then; null when it was deleted.</param>
public sealed record FilmChange(Revision Revision, DateTimeOffset At, string By, FilmId Id, FilmDetails? Details)
{
    /// <summary>The film since then; null when it was deleted.</summary>
    public Film? ToFilm() => Details is null ? null : new Film(Id, Details, Revision);
}

/// <summary>Some changes in order, and the moment that they were read.</summary>
/// <param name="Items">The changes.</param>
/// <param name="Bounds">The ends of the feed at that moment.</param>
public sealed record ChangePage(IReadOnlyList<FilmChange> Items, FeedBounds Bounds)
{
    /// <summary>The catalogue's revision at that moment.</summary>
    public Revision Now => Bounds.Now;
}
