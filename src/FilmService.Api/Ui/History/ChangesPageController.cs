using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.History;

/// <summary>The page that lists the latest changes.</summary>
public sealed class ChangesPageController(RecentChanges changes, TimeProvider clock) : UiController
{
    [HttpGet("ui/changes"), HttpHead("ui/changes")]
    [Query("before", "by")]
    [Representations("text/html")]
    public async Task<ActionResult> List(CancellationToken cancellationToken)
    {
        var by = HttpContext.Query("by") is { Kind: ArgumentKind.Text, Text: { Length: > 0 } name } ? name : null;
        return Page<ChangesPage>(new ChangesModel(await changes.ReadAsync(HttpContext.Revision("before"), by, cancellationToken), by, clock.GetUtcNow()));
    }
}
