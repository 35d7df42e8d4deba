using System.ComponentModel;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Audit;
using FilmService.Api.Http.Binding;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;
using Microsoft.AspNetCore.Mvc;

namespace FilmService.Api.Access.Sessions;

/// <summary>The login of a browser, with a cookie.</summary>
[ApiController]
[Description("The login of a browser, with a cookie.")]
[Route("session")]
public sealed class SessionController(SessionDirectory sessions, IServiceProvider services) : ControllerBase
{
    /// <summary>Logs in with a name and password, and starts a session.</summary>
    /// <remarks>The cookie holds for 12 hours after its last use. Requests with it that write must say that they come from a page of this service, by `Sec-Fetch-Site: same-origin` or `Origin`, as browsers do.</remarks>
    /// <response code="204">The session has started; the cookie identifies it.</response>
    /// <response code="401">The name or the password is wrong.</response>
    [HttpPost(Name = "logIn")]
    [Body(ArgumentReader.JsonType, ArgumentReader.FormType, Arguments = typeof(LogInRequest), IsOnlyPlace = true)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ProblemDetails>(StatusCodes.Status401Unauthorized, "application/problem+json")]
    public async Task<ActionResult> Create(LogInRequest request)
    {
        Response.Headers.CacheControl = "no-store";
        RefuseOtherCredentials();
        if (!SecureTransport.IsPrivate(HttpContext))
        {
            return new ProblemResult(SecureTransport.Insecure);
        }

        var result = await services.GetRequiredService<PasswordAuthentication>()
            .LogInAsync(HttpContext.Connection.RemoteIpAddress, request.Credentials, request.Name.Text, request.Password.Text);
        return result switch
        {
            { Wait: { } wait } => new ProblemResult(FailedLoginLimiter.TooMany(wait)),
            { Caller.Account.Record: { } user } => await StartAsync(user),
            _ => new ProblemResult(Challenges.WrongPassword),
        };
    }

    /// <summary>Logs out: ends the session of the request's cookie.</summary>
    /// <response code="204">There is no session any more.</response>
    [HttpDelete(Name = "logOut")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> Delete()
    {
        Response.Headers.CacheControl = "no-store";
        RefuseOtherCredentials();
        if (Find() is { } session)
        {
            SessionMiddleware.RefuseOtherPages(Request);
            await sessions.EndAsync(session, AuditOf(AuditActions.LogOut, session.Record.Name));
        }

        SessionCookie.Delete(Response);
        return NoContent();
    }

    private async Task<ActionResult> StartAsync(User user)
    {
        SessionCookie.Set(Response, await sessions.StartAsync(user, Find(), AuditOf(AuditActions.LogIn, user.Name)));
        return NoContent();
    }

    private InMemoryEntry<Session>? Find() => SessionCookie.Read(Request) is { } token && SecureTransport.IsPrivate(HttpContext) ? sessions.Find(token) : null;

    private AuditEvent AuditOf(string action, string name) => HttpContext.Audit(action) with { By = name, Method = LogInMethods.Session };

    private void RefuseOtherCredentials()
    {
        if (Credential.IsIn(Request))
        {
            throw new ProblemException(Http.Problems.Problem.OfParameter(
                Request.Headers.Authorization.Count > 0 ? "Authorization" : Credential.ApiKeyField, "A session begins with a password and ends with its cookie; send no other credential."));
        }
    }
}
