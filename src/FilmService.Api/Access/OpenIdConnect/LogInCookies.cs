using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>
/// The cookies that bind a login to the browser where it began, two for each, for 15 minutes. Unlike the session's, they must be sent
/// when the issuer leads back, so they are <c>Lax</c>.
/// </summary>
internal static class LogInCookies
{
    private const string Prefix = "films-login-";

    // A browser that begins more logins than this has abandoned the earlier ones. With hundreds of cookies its requests would be too
    // large to be accepted.
    private const int Most = 20;

    public static void Name(OpenIdConnectOptions options)
    {
        (options.CorrelationCookie.Name, options.NonceCookie.Name) = (Prefix, Prefix + "nonce-");
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            (cookie.Path, cookie.SameSite, cookie.SecurePolicy) = (OpenIdConnectSettings.Path, SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        }
    }

    /// <summary>Deletes the cookies of logins that were begun and not completed, if there are many.</summary>
    public static void DeleteMany(HttpContext context)
    {
        var names = context.Request.Cookies.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        if (names.Count >= Most)
        {
            names.ForEach(name => context.Response.Cookies.Delete(name, new CookieOptions { Path = OpenIdConnectSettings.Path }));
        }
    }
}
