using FilmService.Api.Films;
using FilmService.Api.Http.Problems;
using FilmService.Api.Http.Results;
using FilmService.Api.Search;
using FilmService.Domain.Changes;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Changes;

/// <summary>
/// The changes as NDJSON: up to a limit, or all, or all of one caller, that exist when the response begins. They never change, so they are read in pages
/// and a slow reader blocks nothing; but a response of more than one page is an export, so that nobody opens too many. If changes are
/// pruned before the response has reached them, the connection is aborted.
/// </summary>
internal sealed class ChangeLinesResult(IChangeFeed feed, ChangePosition asked, int? limit, string? by = null) : ActionResult
{
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (http, aborted, services) = (context.HttpContext, context.HttpContext.RequestAborted, context.HttpContext.RequestServices);
        var clients = services.GetRequiredService<SlowClients>();
        var isHead = HttpMethods.IsHead(http.Request.Method);
        var page = await feed.ReadAsync(asked.After, limit ?? (isHead ? 1 : ChangesController.MaxPage), aborted);
        var (position, end) = (asked.In(page.Bounds), page.Now);
        FilmResults.Announce(http, end);
        http.Response.ContentType = "application/x-ndjson";
        if (limit is not null)
        {
            var last = page.Items.Count > 0 ? page.Items[^1].Revision : end with { Number = position.After };
            http.Response.Headers.Link = $"<{position.LinkBehind(last, page.Bounds, $"&limit={limit}")}>; rel=\"next\"";
        }

        var isExport = limit is null && !isHead && page.Items.Count == ChangesController.MaxPage;
        using var slot = isExport ? await services.GetRequiredService<SearchSlots>().Exports.AcquireAsync(http) : null;
        if (slot?.Refusal is { } refusal)
        {
            throw new ProblemException(refusal);
        }

        while (page.Items.Count > 0 && !isHead)
        {
            await clients.WriteAsync(http.Response, ChangeLine.Lines(page.Items.TakeWhile(change => change.Revision.Number <= end.Number).Where(change => by is null || change.By == by)), aborted);
            var after = page.Items[^1].Revision.Number;
            if (limit is not null || after >= end.Number)
            {
                return;
            }

            page = await feed.ReadAsync(after, ChangesController.MaxPage, aborted);
            if (!position.HasMissedNothing(after, page.Bounds))
            {
                http.Abort();
                return;
            }
        }
    }
}
