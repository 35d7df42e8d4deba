using FilmService.Domain.Audit;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Import;

/// <summary>What to do with a line of an import if a film with the same id exists.</summary>
public enum OnConflict
{
    /// <summary>Report the line as an error.</summary>
    Error,

    /// <summary>Keep the film unchanged.</summary>
    Skip,

    /// <summary>Replace the film with the line.</summary>
    Replace,

    /// <summary>Change the line's fields; the film keeps the others (RFC 7396).</summary>
    Merge,
}

/// <summary>The options of an import.</summary>
/// <param name="OnConflict">What to do with films that exist.</param>
/// <param name="SkipFaults">True to skip invalid lines; false to apply nothing if a line is invalid.</param>
public sealed record ImportOptions(OnConflict OnConflict = OnConflict.Error, bool SkipFaults = false)
{
    /// <summary>True if a line without an id is the film with its name and year, if there is one.</summary>
    public bool MatchNames { get; init; }
}

/// <summary>Many changes to be applied as one.</summary>
/// <param name="Lines">The valid lines, in order; for a report, the others too. They can be enumerated more than once.</param>
/// <param name="Unreadable">The errors in the other lines.</param>
public sealed record FilmImport(IEnumerable<ImportLine> Lines, ImportFaults Unreadable, ImportOptions Rules, WriteContext Origin)
{
    /// <summary>How many lines there are; 0 if that is not known.</summary>
    public long LineCount { get; init; }

    /// <summary>Called with the result of each line, in order, before the import is committed; null if nobody asked.</summary>
    public Action<ImportLineResult>? Report { get; init; }

    /// <summary>Recorded with the import, about its last revision and the number of films that changed; null for nothing.</summary>
    public AuditEvent? Audit { get; init; }

    /// <summary>Where the lines come from; null if a client sent them.</summary>
    public CatalogRestore? Restore { get; init; }

    private readonly WriteContext _lineOrigin = Origin with { IdempotencyKey = null };

    /// <summary>The write that applies a line. The idempotency key belongs to the import, so the write has none.</summary>
    public FilmWrite ToWrite(ImportLine line) => new(line.Id, current => Decide(line, current), _lineOrigin)
    {
        Match = Rules.MatchNames && line is { Id: null, Patch: { } patch } ? NameAndYear.Of(patch) : null,
    };

    /// <summary>The event to record once the import is done.</summary>
    public IReadOnlyList<AuditEvent> ToAudit(ImportOutcome outcome) => Audit is null ? []
        : [Audit with { Target = outcome.Revision.ToString(), Count = outcome.Counts.Created + outcome.Counts.Updated + outcome.Counts.Deleted }];

    /// <summary>Decides what to do with the line's film; like <see cref="Writing.Decide"/>, without side effects.</summary>
    /// <param name="current">The film as the previous lines have left it; null if it does not exist.</param>
    public FilmDecision Decide(ImportLine line, Film? current) =>
        DecideAnyway(line, current) is var decision && line.MayChange(current) || decision is FilmDecision.NoChange
            ? decision
            : new FilmDecision.Reject(FilmOutcomeKind.Conflict);

    private FilmDecision DecideAnyway(ImportLine line, Film? current)
    {
        if (line.Patch is not { } said)
        {
            return current is null ? new FilmDecision.NoChange() : new FilmDecision.Delete();
        }

        if (current is not null && Rules.OnConflict is OnConflict.Error or OnConflict.Skip)
        {
            return new FilmDecision.Reject(FilmOutcomeKind.IdTaken);
        }

        var wanted = current is not null && Rules.OnConflict is OnConflict.Merge ? said.ApplyTo(current.Details) : said.ToDetails();
        return wanted is null ? new FilmDecision.Reject(FilmOutcomeKind.NotFound) : FilmDecision.SaveUnlessEqual(current, wanted);
    }
}
