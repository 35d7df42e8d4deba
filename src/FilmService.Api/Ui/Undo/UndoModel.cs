using FilmService.Api.Ui.Importing;
using FilmService.Api.Ui.Rendering;
using FilmService.Domain.Import;

namespace FilmService.Api.Ui.Undo;

/// <summary>What an undo would do. After an undo, this is how to take it back.</summary>
/// <param name="Outcome">The outcome of the dry run.</param>
/// <param name="Kept">After an undo, how many films it left as they were; null before.</param>
public sealed record UndoModel(UndoRange Request, ImportOutcome Outcome, ShownLines Lines, long? Kept)
    : PageModel(Kept is null ? "Undo changes" : "Undone")
{
    public override string Section => "changes";

    /// <summary>How many films would be another.</summary>
    public long Films => Outcome.Counts.Created + Outcome.Counts.Updated + Outcome.Counts.Deleted;
}
