using System.Net;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.Authentication;

namespace FilmService.Api.Access.Authorization;

/// <summary>
/// Lets a request through if its credentials, if any, are valid and its caller has the access that <see
/// cref="AuthorizationTable"/> requires. Invalid credentials are answered with 401 everywhere, even on routes that need none.
/// </summary>
internal sealed class AuthorizationMiddleware(RequestDelegate next, AccessSettings settings, FailedLoginLimiter failures, LoginAudit audit)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var need = AuthorizationTable.Of(context);
        if (need is RequiredAccess.Client or RequiredAccess.Session)
        {
            // An OAuth client's credentials (RFC 6749 §2.3.1, and the endpoint's errors have another form), or those of a session.
            await next(context);
            return;
        }

        var credential = Credential.Of(context.Request);
        if (credential.Kind is not CredentialKind.None && !IsLoggedIn(context))
        {
            await RefuseAsync(context, credential.Kind);
            return;
        }

        KeepPrivate(context.Response, need);
        await (ScopeFor(need, context) is { } scope && !context.User.Has(scope) ? RefuseAsync(context, credential.Kind, scope)
            : need is RequiredAccess.LogIn && !IsLoggedIn(context) ? Challenges.RefuseAsync(context, credential.Kind)
            : need is RequiredAccess.Nobody ? new Problem(ProblemTypes.InsufficientScope, "Access to this address is not configured, so it is closed to everyone.").WriteAsync(context)
            : next(context));
    }

    // A failed key or token is counted here; a password was counted before it was hashed.
    private async Task RefuseAsync(HttpContext context, CredentialKind kind)
    {
        failures.NoteRejection();
        var problem = (await context.AuthenticateAsync()).Failure is ProblemException { Problem: var own } ? own
            : kind is not CredentialKind.Basic && CountFailure(context.Connection.RemoteIpAddress) is { } wait ? FailedLoginLimiter.TooMany(wait)
            : null;
        await (problem?.WriteAsync(context) ?? Challenges.RefuseAsync(context, kind));
    }

    private TimeSpan? CountFailure(IPAddress? address)
    {
        var wait = failures.Count(address);
        if (wait is null)
        {
            audit.AddFailed(address);
        }

        return wait;
    }

    private Scope? ScopeFor(RequiredAccess need, HttpContext context) => need switch
    {
        RequiredAccess.Read => settings.AnonymousRead ? null : Scope.Read,
        RequiredAccess.Write => settings.AnonymousWrite ? null : Scope.Write,
        RequiredAccess.Admin => Scope.Admin,
        RequiredAccess.OwnKeys => context.User is Caller { IsStoredUser: true } ? null : Scope.Admin,
        _ => null,
    };

    private static void KeepPrivate(HttpResponse response, RequiredAccess need)
    {
        if (need is RequiredAccess.LogIn or RequiredAccess.Admin or RequiredAccess.OwnKeys)
        {
            response.Headers.CacheControl = "no-store";
        }
    }

    private static bool IsLoggedIn(HttpContext context) => context.User.Identity?.IsAuthenticated is true;

    private static Task RefuseAsync(HttpContext context, CredentialKind kind, Scope scope) => IsLoggedIn(context)
        ? Challenges.ForbidAsync(context, kind, scope)
        : Challenges.RefuseAsync(context, kind);
}
