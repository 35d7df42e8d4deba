using FilmService.Domain.Films;

namespace FilmService.Domain.Writing;

/// <summary>
/// What shall become of one film, decided from the film as it is now, inside the write's transaction.
/// It may be asked for more than once, so it has no side effects.
/// </summary>
/// <param name="current">The film now; null when there is none.</param>
public delegate FilmDecision Decide(Film? current);

/// <summary>The answer of a <see cref="Decide"/>.</summary>
public abstract record FilmDecision
{
    private FilmDecision()
    {
    }

    /// <summary>Makes the film what is wanted; what already is so takes no revision.</summary>
    public static FilmDecision SaveUnlessEqual(Film? current, FilmDetails wanted) =>
        current?.Details == wanted ? new Leave(FilmOutcomeKind.Unchanged) : new Save(wanted);

    /// <summary>Store these details under the id.</summary>
    public sealed record Save(FilmDetails Details) : FilmDecision;

    /// <summary>Take the film out of the catalogue.</summary>
    public sealed record Delete : FilmDecision;

    /// <summary>Change nothing and answer with <paramref name="Kind"/>.</summary>
    public sealed record Leave(FilmOutcomeKind Kind) : FilmDecision;
}
