namespace FilmService.Api.Access.LogIn;

/// <summary>A stream of events outlives the moment in which its caller was let in. It ends when the credentials do.</summary>
internal static class OpenStreams
{
    private const string EventStream = "text/event-stream";

    // The longest that a timer runs; a stream that is older may open itself again.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    public static void EndWithLogIn(HttpContext context, Caller caller, TimeProvider clock)
    {
        if (!context.Request.Headers.Accept.ToString().Contains(EventStream, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var end = CancellationTokenSource.CreateLinkedTokenSource(caller.Revoked);
        context.Response.RegisterForDispose(end);
        if (caller.ExpiresAt - clock.GetUtcNow() is { } left)
        {
            end.CancelAfter(left <= TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left : Longest);
        }

        end.Token.Register(context.Abort);
    }
}
