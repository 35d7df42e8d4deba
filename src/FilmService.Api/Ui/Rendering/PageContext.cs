using FilmService.Api.Access.OpenIdConnect;
using FilmService.Api.Ui.Assets;

namespace FilmService.Api.Ui.Rendering;

/// <summary>Who looks at a page, and where.</summary>
/// <param name="Visitor">Who looks at it.</param>
/// <param name="Address">The page's path and query.</param>
/// <param name="Assets">The addresses of scripts and styles.</param>
/// <param name="Issuer">The external issuer where people can log in; null if there is none.</param>
/// <param name="IsPart">True if a script has requested a part of the page.</param>
public sealed record PageContext(Visitor Visitor, string Address, UiAssets Assets, string? Issuer, bool IsPart)
{
    internal static PageContext Of(HttpContext context) => new(
        Visitor.Of(context),
        context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent(),
        context.RequestServices.GetRequiredService<UiAssets>(),
        context.RequestServices.GetRequiredService<OpenIdConnectSettings>() is { Authority: not null, DisplayName: var issuer } ? issuer : null,
        IsFromScript(context.Request) && context.Request.Headers["HX-History-Restore-Request"].Count == 0);

    /// <summary>True if htmx has sent the request.</summary>
    public static bool IsFromScript(HttpRequest request) => request.Headers["HX-Request"].Count > 0;
}
