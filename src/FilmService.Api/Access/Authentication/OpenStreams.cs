namespace FilmService.Api.Access.Authentication;

/// <summary>A stream without end outlives the moment in which its caller was let in. It ends when the credentials do.</summary>
internal static class OpenStreams
{
    // The longest that a timer runs; a stream that is older may open itself again.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <summary>Cuts this answer off once its caller's credentials are changed, taken away or expired; who opens a stream asks for it.</summary>
    public static void EndWithLogIn(this HttpContext context)
    {
        if (context.User is not Caller caller)
        {
            return;
        }

        var end = CancellationTokenSource.CreateLinkedTokenSource(caller.Revoked, Expiry(context, caller));
        context.Response.RegisterForDispose(end);
        end.Token.Register(context.Abort);
    }

    private static CancellationToken Expiry(HttpContext context, Caller caller)
    {
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        if (caller.ExpiresAt - clock.GetUtcNow() is not { } left)
        {
            return CancellationToken.None;
        }

        var expiry = new CancellationTokenSource(left <= TimeSpan.Zero ? TimeSpan.Zero : left < Longest ? left : Longest, clock);
        context.Response.RegisterForDispose(expiry);
        return expiry.Token;
    }
}
