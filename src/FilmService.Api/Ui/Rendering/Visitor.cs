using FilmService.Api.Access;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.Authorization;

namespace FilmService.Api.Ui.Rendering;

/// <summary>Who looks at a page: what they may not do is not offered.</summary>
/// <param name="Name">The caller's name; null without a login.</param>
/// <param name="MayHaveKeys">True for administrators, and for users who may make API keys of their own.</param>
public sealed record Visitor(string? Name, bool MayRead, bool MayWrite, bool MayAdminister, bool MayHaveKeys)
{
    internal static Visitor Of(HttpContext context)
    {
        var (caller, settings) = (context.User, context.RequestServices.GetRequiredService<AccessSettings>());
        return new Visitor(
            caller.Identity is { IsAuthenticated: true, Name: var name } ? name : null,
            settings.AnonymousRead || caller.Has(Scope.Read),
            settings.AnonymousWrite || caller.Has(Scope.Write),
            caller.Has(Scope.Admin),
            caller is Caller { IsStoredUser: true } || caller.Has(Scope.Admin));
    }
}
