using FilmService.Domain.Films;

namespace FilmService.Domain.Writing;

/// <summary>The head of a catalogue: its counters of changes and of generated ids.</summary>
/// <param name="Revision">The last change.</param>
/// <param name="LastGeneratedId">Generated ids up to this one are not issued again.</param>
/// <param name="RemovedThrough">Superseded changes up to this one may have been removed.</param>
public sealed record CatalogHead(Revision Revision, long LastGeneratedId, long RemovedThrough)
{
    /// <summary>The id of the next film without one, unless <see cref="MayNextIdBeTaken"/> and it is taken.</summary>
    public FilmId NextId => FilmId.Generated(LastGeneratedId + 1);

    /// <summary>
    /// True if a client may have used <see cref="NextId"/>: clients' own ids from <see cref="FilmId.GeneratedLimit"/> on are not
    /// counted.
    /// </summary>
    public bool MayNextIdBeTaken => LastGeneratedId + 1 >= FilmId.GeneratedLimit;

    private CatalogHead Next => this with { Revision = Revision with { Number = Revision.Number + 1 } };

    /// <summary>The head after <see cref="NextId"/> turned out to be taken.</summary>
    public CatalogHead SkipId() => this with { LastGeneratedId = LastGeneratedId + 1 };

    /// <summary>The outcome of a decision about a film, and the head after it.</summary>
    public (FilmOutcome Outcome, CatalogHead After) Apply(FilmDecision decision, FilmId id, Film? current)
    {
        switch (decision)
        {
            case FilmDecision.Save save:
                var saved = Next with { LastGeneratedId = CountId(id) };
                var kind = current is null ? FilmOutcomeKind.Created : FilmOutcomeKind.Replaced;
                return (new FilmOutcome(kind, id, new Film(id, save.Details, saved.Revision), saved.Revision) { Before = current }, saved);
            case FilmDecision.Delete:
                return (new FilmOutcome(FilmOutcomeKind.Deleted, id, null, Next.Revision) { Before = current }, Next);
            case FilmDecision.NoChange:
                return (new FilmOutcome(FilmOutcomeKind.Unchanged, id, current, Revision), this);
            case FilmDecision.Reject reject:
                return (new FilmOutcome(reject.Kind, id, current, Revision), this);
            default:
                throw new ArgumentOutOfRangeException(nameof(decision), decision, "An unknown decision.");
        }
    }

    // A client's own integer id raises the counter of generated ids, which can grow past the limit of the clients' own.
    private long CountId(FilmId id) => id == NextId ? LastGeneratedId + 1 : Math.Max(LastGeneratedId, id.WholeNumber ?? 0);
}
