using System.IO.Pipelines;
using FilmService.Api.Access.LogIn;
using FilmService.Api.Films;
using FilmService.Domain.Changes;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Changes;

/// <summary>
/// The changes behind a number as server-sent events, without end. What is in the database is read from there; then the
/// stream joins the <see cref="ChangeBroadcast"/>, and comes back to the database when it has fallen behind it.
/// </summary>
internal sealed class ChangeStreamResult(long after) : ActionResult
{
    private const int Page = 200;

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        var feed = services.GetRequiredService<IChangeFeed>();
        var broadcast = services.GetRequiredService<ChangeBroadcast>();
        FilmAnswers.Announce(http, (await feed.GetBoundsAsync(http.RequestAborted)).Now);
        http.Response.ContentType = "text/event-stream";
        using var place = broadcast.Enter(http.User.Identity?.Name ?? http.Connection.RemoteIpAddress?.ToString() ?? "");
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        http.EndWithLogIn();
        await http.Response.StartAsync(http.RequestAborted);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            await FollowAsync(http.Response.BodyWriter, feed, broadcast, end.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            // The reader has left, is too slow, or the service stops. There is no end to write: readers resume.
            http.Abort();
        }
    }

    private async Task FollowAsync(PipeWriter to, IChangeFeed feed, ChangeBroadcast broadcast, CancellationToken end)
    {
        for (var position = after; ;)
        {
            var page = await feed.ReadAsync(position, Page, end);
            foreach (var change in page.Items)
            {
                ChangeLine.WriteEvent(to, change);
                position = change.Revision.Number;
            }

            await to.FlushAsync(end).AsTask().WaitAsync(ChangeBroadcast.MaxStall, end);
            if (page.Items.Count < Page)
            {
                position = await broadcast.JoinAsync(to, position, end);
            }
        }
    }
}
