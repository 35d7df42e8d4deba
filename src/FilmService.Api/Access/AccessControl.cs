using FilmService.Api.Access.LogIn;
using FilmService.Api.Errors;
using FilmService.Api.Settings;

namespace FilmService.Api.Access;

/// <summary>
/// Lets a request through when its credentials, if it has any, are valid, and its caller has what the
/// <see cref="AccessTable"/> asks for. Credentials that fail are 401 everywhere, also where none are needed.
/// </summary>
internal sealed class AccessControl(RequestDelegate next, AccessSettings settings, LogIns logIns)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var need = context.GetEndpoint() is RouteEndpoint endpoint ? AccessTable.Of(context.Request.Method, endpoint.RoutePattern.RawText) : Need.Nothing;
        if (need is Need.Client)
        {
            // RFC 6749 §2.3.1: here the credentials are a client's, and the answers are of another form.
            await next(context);
            return;
        }

        var credential = Credential.Of(context.Request);
        if (credential.Kind is not CredentialKind.None)
        {
            var result = await logIns.FindCallerAsync(context, credential);
            if (result.Caller is not { } caller)
            {
                await (result.Wait is { } wait ? FailedLogIns.TooMany(wait).WriteAsync(context) : Challenges.RefuseAsync(context, credential.Kind));
                return;
            }

            LetIn(context, caller);
        }

        KeepPrivate(context.Response, need);
        await (ScopeFor(need) is { } scope && !context.User.Has(scope) ? RefuseAsync(context, credential.Kind, scope)
            : need is Need.LogIn && !IsLoggedIn(context) ? Challenges.RefuseAsync(context, credential.Kind)
            : need is Need.Nobody ? new Problem(ProblemTypes.InsufficientScope, "This address is in no list of who may use it, so nobody may.").WriteAsync(context)
            : next(context));
    }

    private static void LetIn(HttpContext context, Caller caller)
    {
        context.User = caller.Principal;
        context.Features.Set(caller);
    }

    private Scope? ScopeFor(Need need) => need switch
    {
        Need.Read => settings.AnonymousRead ? null : Scope.Read,
        Need.Write => settings.AnonymousWrite ? null : Scope.Write,
        Need.Admin => Scope.Admin,
        _ => null,
    };

    private static void KeepPrivate(HttpResponse response, Need need)
    {
        if (need is Need.LogIn or Need.Admin)
        {
            response.Headers.CacheControl = "no-store";
        }
    }

    private static bool IsLoggedIn(HttpContext context) => context.User.Identity?.IsAuthenticated is true;

    private static Task RefuseAsync(HttpContext context, CredentialKind kind, Scope scope) => IsLoggedIn(context)
        ? Challenges.ForbidAsync(context, kind, scope)
        : Challenges.RefuseAsync(context, kind);
}
