using System.IO.Pipelines;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Films;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Changes;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Changes;

/// <summary>
/// The changes after a position, or from now on, as server-sent events that never end on their own. Existing changes are read
/// from the database; then the stream joins the <see cref="ChangeBroadcast"/>, and returns to the database whenever it falls
/// behind.
/// </summary>
internal sealed class ChangeStreamResult(ChangePosition? asked) : ActionResult
{
    private const int MaxPage = 200;

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        var (feed, broadcast) = (services.GetRequiredService<IChangeFeed>(), services.GetRequiredService<ChangeBroadcast>());
        var start = asked ?? new ChangePosition((await feed.GetBoundsAsync(http.RequestAborted)).Now, null);
        var page = await feed.ReadAsync(start.After, MaxPage, http.RequestAborted);
        var position = start.In(page.Bounds);
        FilmResults.Announce(http, page.Now);
        http.Response.ContentType = "text/event-stream";
        using var place = services.GetRequiredService<StreamPlaces>().Take(CountedCaller.Of(http));
        if (!place.IsAcquired)
        {
            throw TooManyStreams(broadcast.Limits);
        }

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
            await FollowAsync(http.Response.BodyWriter, feed, broadcast, position, page, end.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            // The client has disconnected or is too slow, or the service is stopping.
        }

        // There is no regular end to write: clients resume.
        http.Abort();
    }

    private static ProblemException TooManyStreams(StreamLimits limits) => new(new Problem(
        ChangeProblems.TooManyStreams, $"At most {limits.MaxStreamsPerCaller} event streams per caller, {limits.MaxAnonymousStreams} of callers without a login and {limits.MaxStreams} in total may be open at the same time.")
    {
        Fields = new Dictionary<string, string> { ["Retry-After"] = "60" },
    });

    /// <summary>Returns when the reader would miss something: a change was removed before the reader reached it.</summary>
    private static async Task FollowAsync(PipeWriter to, IChangeFeed feed, ChangeBroadcast broadcast, ChangePosition position, ChangePage page, CancellationToken end)
    {
        for (var number = position.After; position.HasMissedNothing(number, page.Bounds); page = await feed.ReadAsync(number, MaxPage, end))
        {
            if (page.Items.Count > 0)
            {
                var frame = ChangeFrame.Of(page.Items);
                await to.WriteAsync(frame.Bytes, end).AsTask().WaitAsync(broadcast.Limits.MaxStall, end);
                number = frame.Last;
            }

            if (page.Items.Count < MaxPage)
            {
                number = await broadcast.JoinAsync(to, number, end);
            }
        }
    }
}
