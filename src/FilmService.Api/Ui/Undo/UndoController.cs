using FilmService.Api.Films;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Strictness;
using FilmService.Api.Import;
using FilmService.Api.Ui.Importing;
using FilmService.Domain.Import;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.Undo;

/// <summary>Undoes an import, or the changes of one caller, after showing what that does.</summary>
public sealed class UndoController : UiController
{
    [HttpGet("ui/undo"), HttpHead("ui/undo")]
    [Query("after", "through", "by", "kept")]
    [Representations("text/html")]
    public async Task<ActionResult> Preview(UndoRange request)
    {
        var lines = new ShownLines();
        var outcome = await RunAsync(request, lines.Add);
        return Page<UndoPage>(new UndoModel(request, outcome, lines, HttpContext.WholeNumber("kept")));
    }

    [HttpPost("ui/undo")]
    [Body(ArgumentReader.FormType)]
    [Representations("text/html")]
    public async Task<ActionResult> Undo(UndoRange request)
    {
        var outcome = await RunAsync(request, null);
        return LeadTo(outcome.Before is { } before && before != outcome.Revision
            ? UiAddress.UndoOf(before, outcome.Revision, null) + $"&kept={outcome.Counts.Conflicts ?? 0}"
            : UiAddress.Changes);
    }

    private async Task<ImportOutcome> RunAsync(UndoRange request, Action<ImportLineResult>? report)
    {
        var (asked, outcome) = await StagedRestore.RunAsync(HttpContext, request.ToRestore, request.Origin, report);
        return outcome.Kind switch
        {
            ImportOutcomeKind.Done => outcome,
            ImportOutcomeKind.NotKept => throw new ProblemException(FilmResults.RevisionNotKept(asked.NotKeptBy(outcome.Revision), outcome.Revision)),
            _ => throw new ProblemException(FilmResults.KeyReused),
        };
    }
}
