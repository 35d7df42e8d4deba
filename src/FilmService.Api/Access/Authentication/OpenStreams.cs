namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Event streams never end on their own and outlive the check of their caller's credentials. This ends them with the credentials.
/// </summary>
internal static class OpenStreams
{
    // The longest that a timer can run; the client of an older stream can reconnect.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);

    /// <summary>
    /// Aborts this response once its caller's credentials are changed, deleted or expired. Called by actions that open a stream.
    /// </summary>
    public static void EndWithLogIn(this HttpContext context)
    {
        if (context.User is not Caller caller)
        {
            return;
        }

        var end = CancellationTokenSource.CreateLinkedTokenSource(caller.Revoked, caller.OwnerRevoked, Expiry(context, caller));
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
