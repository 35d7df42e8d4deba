using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Strictness;
using FilmService.Domain.Audit;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Ui.AuditLog;

/// <summary>The page that shows the audit log.</summary>
public sealed class AuditPageController(IAuditLog log, TimeProvider clock) : UiController
{
    private const int PageLength = 50;

    [HttpGet("ui/audit"), HttpHead("ui/audit")]
    [Query("before")]
    [Representations("text/html")]
    public async Task<ActionResult> List(CancellationToken cancellationToken)
    {
        var before = HttpContext.WholeNumber("before");
        var last = (await log.ReadAsync(0, 1, cancellationToken)).Last;

        // Each number is greater by one than the one before, so the newest entries are those after a number.
        var end = Math.Min(before ?? long.MaxValue, last + 1);
        var page = await log.ReadAsync(Math.Max(0, end - 1 - PageLength), PageLength, cancellationToken);
        var entries = page.Items.Where(entry => entry.Id < end).Reverse().ToList();
        var older = entries.Count > 0 && entries[^1].Id > page.First ? entries[^1].Id : default(long?);
        return Page<AuditLogPage>(new AuditPageModel(entries, older, before is null, clock.GetUtcNow()));
    }
}
