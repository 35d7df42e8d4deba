using FilmService.Api.Errors;
using FilmService.Api.Settings;
using Microsoft.AspNetCore.Authentication;

namespace FilmService.Api.Access;

/// <summary>
/// Lets a request through when its credentials, if it has any, are valid, and its caller has what the
/// <see cref="AccessTable"/> asks for. Credentials that fail are 401 everywhere, also where none are needed.
/// </summary>
internal sealed class AccessControl(RequestDelegate next, AccessSettings settings)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0 && !await LogInAsync(context))
        {
            await ChallengeAsync(context);
            return;
        }

        if (context.GetEndpoint() is RouteEndpoint endpoint && ScopeFor(context.Request.Method, endpoint) is { } scope && !context.User.Has(scope))
        {
            await RefuseAsync(context, scope);
            return;
        }

        await next(context);
    }

    private static async Task<bool> LogInAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 1)
        {
            throw new ProblemException(Problem.OfParameter("Authorization", "There are two Authorization fields; send one."));
        }

        var result = await context.AuthenticateAsync(BasicLogIn.Scheme);
        if (result.Succeeded)
        {
            context.User = result.Principal;
        }

        return result.Succeeded;
    }

    private Scope? ScopeFor(string method, RouteEndpoint endpoint) => AccessTable.Of(method, endpoint.RoutePattern.RawText) switch
    {
        Need.Nothing => null,
        Need.LogIn => Scope.Read,
        Need.Read => settings.AnonymousRead ? null : Scope.Read,
        Need.Write => settings.AnonymousWrite ? null : Scope.Write,
        _ => Scope.Admin,
    };

    private static Task RefuseAsync(HttpContext context, Scope scope)
    {
        if (context.User.Identity?.IsAuthenticated is not true)
        {
            return ChallengeAsync(context);
        }

        return new Problem(ProblemTypes.InsufficientScope, $"This needs the scope '{scope.ToName()}' (insufficient_scope).").WriteAsync(context);
    }

    private static Task ChallengeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.ChallengeAsync(BasicLogIn.Scheme);
    }
}
