using FilmService.Domain.Films;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Import;

/// <summary>Restores films to what they were before some changes, as an import of lines that are found in the changes.</summary>
/// <param name="After">The films become what they were at this revision.</param>
/// <param name="Through">The last change to undo; null for all changes since, including those that are made meanwhile.</param>
/// <param name="By">Whose changes are undone; null for everybody's. Only together with <paramref name="Through"/>.</param>
/// <param name="Stage">Adds a line to the import.</param>
public sealed record CatalogRestore(Revision After, Revision? Through, string? By, Action<ImportLine> Stage)
{
    /// <summary>The catalogue must be at this revision; null for any.</summary>
    public RevisionMatch? IfMatch { get; init; }

    /// <summary>The catalogue's last change when the lines were staged; null if its revisions are not kept.</summary>
    public long? StagedThrough { get; init; }

    /// <summary>The revision that a catalogue does not keep.</summary>
    /// <param name="now">The catalogue's revision.</param>
    public Revision NotKeptBy(Revision now) =>
        Through is { } through && After.Epoch == now.Epoch && After.Number <= now.Number && (through.Epoch != now.Epoch || through.Number > now.Number) ? through : After;

    /// <summary>Why it cannot be applied to the catalogue; null if it can.</summary>
    public ImportOutcomeKind? RefusalBy(CatalogHead head) =>
        StagedThrough is null || head.RemovedThrough > After.Number ? ImportOutcomeKind.NotKept
        : IfMatch is { Any: false } match && !match.Revisions.Contains(head.Revision) ? ImportOutcomeKind.PreconditionFailed
        : null;
}
