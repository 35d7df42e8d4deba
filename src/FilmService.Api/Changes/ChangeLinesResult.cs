using FilmService.Api.Films;
using FilmService.Domain.Changes;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Changes;

/// <summary>
/// The changes as NDJSON: up to a limit, or all that exist when the response begins. They never change, so they are read in pages
/// and a slow reader blocks nothing. If changes are pruned before the response has reached them, the connection is aborted.
/// </summary>
internal sealed class ChangeLinesResult(IChangeFeed feed, ChangePosition asked, int? limit) : ActionResult
{
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (http, aborted) = (context.HttpContext, context.HttpContext.RequestAborted);
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

        while (page.Items.Count > 0 && !isHead)
        {
            await http.Response.BodyWriter.WriteAsync(ChangeLine.Lines(page.Items.TakeWhile(change => change.Revision.Number <= end.Number)), aborted);
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
