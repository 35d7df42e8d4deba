using FilmService.Api.Access.Authentication;
using FilmService.Api.Audit;
using FilmService.Api.Http.Problems;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;

namespace FilmService.Api.Access.Sessions;

/// <summary>Starts and ends sessions, for the API and for the pages.</summary>
public sealed class SessionLogIn(SessionDirectory sessions, IServiceProvider services)
{
    /// <summary>Checks a name and password, and starts a session, whose cookie is added to the response.</summary>
    /// <returns>The problem if there is no session: the password is wrong or not sent securely, or too many were; null if there is one.</returns>
    public async Task<Problem?> StartAsync(HttpContext context, LogInRequest request)
    {
        context.Response.Headers.CacheControl = "no-store";
        RefuseOtherCredentials(context.Request);
        if (!SecureTransport.IsPrivate(context))
        {
            return SecureTransport.Insecure;
        }

        var result = await services.GetRequiredService<PasswordAuthentication>()
            .LogInAsync(context.Connection.RemoteIpAddress, request.Credentials, request.Name.Text, request.Password.Text);
        if (result.Caller?.Account?.Record is not { } user)
        {
            return result.Wait is { } wait ? FailedLoginLimiter.TooMany(wait) : Challenges.WrongPassword;
        }

        SessionCookie.Set(context.Response, await sessions.StartAsync(user, Find(context), AuditOf(context, AuditActions.LogIn, user.Name, LogInMethods.Session)));
        return null;
    }

    /// <summary>Starts a session of a person that an external issuer has authenticated.</summary>
    public async Task StartAsync(HttpContext context, ExternalPerson person) => SessionCookie.Set(
        context.Response, await sessions.StartAsync(person, Find(context), AuditOf(context, AuditActions.LogIn, person.Name, LogInMethods.OpenIdConnect)));

    /// <summary>Ends the session of the request's cookie, if there is one.</summary>
    public async Task EndAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        RefuseOtherCredentials(context.Request);
        if (Find(context) is { } session)
        {
            SessionMiddleware.RefuseOtherPages(context.Request);
            var method = session.Record.IsExternal ? LogInMethods.OpenIdConnect : LogInMethods.Session;
            await sessions.EndAsync(session, AuditOf(context, AuditActions.LogOut, session.Record.Name, method));
        }

        SessionCookie.Delete(context.Response);
    }

    private InMemoryEntry<Session>? Find(HttpContext context) =>
        SessionCookie.Read(context.Request) is { } token && SecureTransport.IsPrivate(context) ? sessions.Find(token) : null;

    private static AuditEvent AuditOf(HttpContext context, string action, string name, string method) => context.Audit(action) with { By = name, Method = method };

    private static void RefuseOtherCredentials(HttpRequest request)
    {
        if (Credential.IsIn(request))
        {
            throw new ProblemException(Problem.OfParameter(
                request.Headers.Authorization.Count > 0 ? "Authorization" : Credential.ApiKeyField, "A session begins with a password and ends with its cookie; send no other credential."));
        }
    }
}
