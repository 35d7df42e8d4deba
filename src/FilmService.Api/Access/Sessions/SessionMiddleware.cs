using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Authorization;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Access.Sessions;

/// <summary>
/// Authenticates requests that carry a session's cookie and no other credential. A cookie that does not hold counts as none, and the
/// response deletes it.
/// </summary>
internal sealed class SessionMiddleware(RequestDelegate next, SessionAuthentication sessions)
{
    public Task InvokeAsync(HttpContext context) =>
        SessionCookie.MayBeIn(context.Request) && !Credential.IsIn(context.Request) && AuthorizationTable.Of(context) is not RequiredAccess.Session
            && SessionCookie.Read(context.Request) is { } token
            ? AuthenticateAsync(context, token)
            : next(context);

    private Task AuthenticateAsync(HttpContext context, string token)
    {
        if (!SecureTransport.IsPrivate(context) || sessions.Find(token) is not { } caller)
        {
            // When the response starts, because one that turns into a problem loses its fields.
            context.Response.OnStarting(Forget, context.Response);
            return next(context);
        }

        RefuseOtherPages(context.Request);
        context.User = caller;
        return next(context);
    }

    /// <summary>A write that the browser may have been tricked into is refused: it must say that it comes from a page of this service.</summary>
    /// <exception cref="ProblemException">403: it is a write, and does not say so.</exception>
    public static void RefuseOtherPages(HttpRequest request)
    {
        if (CrossSiteRequestMiddleware.IsWrite(request.Method) && !CrossSiteRequestMiddleware.IsFromThisService(request))
        {
            throw new ProblemException(new Problem(
                AccessProblems.CrossSite, "A session can write only from the service's own pages: the request needs 'Sec-Fetch-Site: same-origin' or the service's own Origin."));
        }
    }

    private static Task Forget(object response)
    {
        SessionCookie.Delete((HttpResponse)response);
        return Task.CompletedTask;
    }
}
