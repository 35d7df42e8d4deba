using System.Net;
using FilmService.Api.Http;

namespace FilmService.Api.Access.OpenIdConnect;

/// <summary>
/// The page after a login. It leads on by itself: a redirect would still count as coming from the issuer's site, and the browser would
/// not send the session's cookie, which is <c>SameSite=Strict</c>.
/// </summary>
internal static class LoggedInPage
{
    public static readonly PageStyle Style = new("body { font: 17px/1.55 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; }");

    public static string Html(string to) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="refresh" content="0;url={WebUtility.HtmlEncode(to)}">
        <title>Logged in · FilmService</title>
        {Style.Element}
        </head>
        <body>
        <main>
        <h1>You are logged in</h1>
        <p><a href="{WebUtility.HtmlEncode(to)}">Continue</a></p>
        </main>
        </body>
        </html>

        """;
}
