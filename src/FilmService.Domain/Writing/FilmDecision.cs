using FilmService.Domain.Films;

namespace FilmService.Domain.Writing;

/// <summary>
/// Decides what to do with one film, given its current state inside the write's transaction. It may be called more than once, so
/// it has no side effects.
/// </summary>
/// <param name="current">The current film; null if it does not exist.</param>
public delegate FilmDecision Decide(Film? current);

/// <summary>The result of a <see cref="Decide"/>.</summary>
public abstract record FilmDecision
{
    private FilmDecision()
    {
    }

    /// <summary>Saves the film unless it already has these values, in which case there is no new revision.</summary>
    public static FilmDecision SaveUnlessEqual(Film? current, FilmDetails wanted) =>
        current?.Details == wanted ? new NoChange() : new Save(wanted);

    /// <summary>Store these details under the id.</summary>
    public sealed record Save(FilmDetails Details) : FilmDecision;

    /// <summary>Delete the film.</summary>
    public sealed record Delete : FilmDecision;

    /// <summary>The film already is what was asked for.</summary>
    public sealed record NoChange : FilmDecision;

    /// <summary>Change nothing, for the reason that <paramref name="Kind"/> gives.</summary>
    public sealed record Reject(FilmOutcomeKind Kind) : FilmDecision;
}
