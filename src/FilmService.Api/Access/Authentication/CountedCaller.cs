namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Whose requests are counted together: a caller who is logged in, or an address (IPv6: its /64). The two kinds never share a
/// count, whatever a user's name is.
/// </summary>
internal readonly record struct CountedCaller(bool IsLoggedIn, string Name)
{
    public static CountedCaller Of(HttpContext context) => context.User.Identity is { IsAuthenticated: true, Name: var name }
        ? new(true, name ?? "")
        : new(false, FailedLoginLimiter.BlockOf(context.Connection.RemoteIpAddress));
}
