using FilmService.Api.Films;
using FilmService.Domain.Changes;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Changes;

/// <summary>
/// The changes as NDJSON: up to a limit, or all that there are when the answer begins. They never change, so they are read
/// in pages, and a slow reader holds nothing up.
/// </summary>
internal sealed class ChangeLinesResult(IChangeFeed feed, ChangePosition position, int? limit) : ActionResult
{
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (response, aborted) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
        var page = await feed.ReadAsync(position.After, limit ?? ChangesController.MaxPage, aborted);
        var end = page.Now;
        FilmAnswers.Announce(context.HttpContext, end);
        response.ContentType = "application/x-ndjson";
        if (limit is not null)
        {
            var last = page.Items.Count > 0 ? page.Items[^1].Revision : end with { Number = position.After };
            response.Headers.Link = $"<{position.LinkBehind(last, $"&limit={limit}")}>; rel=\"next\"";
        }

        while (page.Items.Count > 0)
        {
            ChangeLine.WriteLines(response.BodyWriter, page.Items.TakeWhile(change => change.Revision.Number <= end.Number));
            await response.BodyWriter.FlushAsync(aborted);
            var after = page.Items[^1].Revision.Number;
            if (limit is not null || after >= end.Number)
            {
                return;
            }

            page = await feed.ReadAsync(after, ChangesController.MaxPage, aborted);
        }
    }
}
