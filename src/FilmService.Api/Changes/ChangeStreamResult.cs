using System.IO.Pipelines;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Films;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Changes;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Changes;

/// <summary>
/// The changes after a position, or from now on, as server-sent events that end on their own only if the client would miss
/// something. Existing changes are read
/// from the database; then the stream joins the <see cref="ChangeBroadcast"/>, and returns to the database whenever it falls
/// behind.
/// </summary>
internal sealed class ChangeStreamResult(ChangePosition? asked) : ActionResult
{
    private const int MaxPage = 200;

    // Undoes the longer time that a problem may have set, see ProblemEvent.
    private static readonly byte[] Reconnect = "retry: 3000\n\n"u8.ToArray();

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var (http, services) = (context.HttpContext, context.HttpContext.RequestServices);
        var (feed, broadcast) = (services.GetRequiredService<IChangeFeed>(), services.GetRequiredService<ChangeBroadcast>());
        var start = asked ?? new ChangePosition((await feed.GetBoundsAsync(http.RequestAborted)).Now, null);
        var page = await feed.ReadAsync(start.After, MaxPage, http.RequestAborted);
        var position = start.In(page.Bounds);
        FilmResults.Announce(http, page.Now);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
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
        await (ProblemEvent.IsExpectedBy(http.Request)
            ? http.Response.BodyWriter.WriteAsync(Reconnect, http.RequestAborted)
            : http.Response.BodyWriter.FlushAsync(http.RequestAborted));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            var reset = await FollowAsync(http.Response.BodyWriter, feed, broadcast, position, page, end.Token);
            await SendAsync(http.Response.BodyWriter, ProblemEvent.Of(reset, http), broadcast.Limits, end.Token);
            return;
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

    /// <summary>
    /// Returns when the reader would miss something, because a change was removed before the reader reached it, with the problem
    /// that tells so.
    /// </summary>
    private static async Task<Problem> FollowAsync(PipeWriter to, IChangeFeed feed, ChangeBroadcast broadcast, ChangePosition position, ChangePage page, CancellationToken end)
    {
        var number = position.After;
        for (; position.HasMissedNothing(number, page.Bounds); page = await feed.ReadAsync(number, MaxPage, end))
        {
            if (page.Items.Count > 0)
            {
                var frame = ChangeFrame.Of(page.Items);
                await SendAsync(to, frame.Bytes, broadcast.Limits, end);
                number = frame.Last;
            }

            if (page.Items.Count < MaxPage)
            {
                number = await broadcast.JoinAsync(to, number, end);
            }
        }

        return FilmResults.RevisionNotKept(page.Now with { Number = number }, page.Now);
    }

    private static Task<FlushResult> SendAsync(PipeWriter to, ReadOnlyMemory<byte> bytes, StreamLimits limits, CancellationToken end) =>
        to.WriteAsync(bytes, end).AsTask().WaitAsync(limits.MaxStall, end);
}
