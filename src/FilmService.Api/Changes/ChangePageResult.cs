using FilmService.Api.Http.Results;
using FilmService.Domain.Changes;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Changes;

/// <summary>A page of changes as NDJSON, with the next one in <c>Link</c>.</summary>
internal sealed class ChangePageResult(IReadOnlyList<FilmChange> items, string? next) : ActionResult
{
    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        http.Response.ContentType = ChangesController.LinesType;
        if (next is not null)
        {
            http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        }

        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.RequestServices.GetRequiredService<SlowClients>().WriteAsync(http.Response, ChangeLine.Lines(items), http.RequestAborted);
        }
    }
}
