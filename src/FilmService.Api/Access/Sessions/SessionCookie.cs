namespace FilmService.Api.Access.Sessions;

/// <summary>
/// The cookie with a session's token (RFC 6265bis): for this host alone, hidden from scripts, and not sent with requests from other
/// sites. It ends with the browser; the service knows how long the session lasts.
/// </summary>
internal static class SessionCookie
{
    private const string SecureName = "__Host-films";

    /// <summary>True if the request has cookies, of this service or others on the same machine.</summary>
    public static bool MayBeIn(HttpRequest request) => request.Headers.Cookie.Count > 0;

    /// <summary>The token; null if there is none, empty if there are several.</summary>
    public static string? Read(HttpRequest request)
    {
        var (name, found) = (NameFor(request) + "=", (string?)null);
        foreach (var pair in request.Headers.Cookie.SelectMany(field => field?.Split(';') ?? []).Select(pair => pair.Trim(' ')))
        {
            if (pair.StartsWith(name, StringComparison.Ordinal))
            {
                found = found is null ? pair[name.Length..] : "";
            }
        }

        return found;
    }

    public static void Set(HttpResponse response, string token) => Append(response, token, "");

    /// <summary>Tells the browser to forget the cookie. No cache may give that answer to others.</summary>
    public static void Delete(HttpResponse response)
    {
        Append(response, "", "; Max-Age=0");
        response.Headers.CacheControl = "no-store";
    }

    // Browsers accept the prefix over HTTPS only. Cookies are shared by all ports of a host, so the name has the port.
    private static string NameFor(HttpRequest request) =>
        request.IsHttps ? SecureName : $"films-{request.Host.Port ?? request.HttpContext.Connection.LocalPort}";

    private static void Append(HttpResponse response, string value, string more) => response.Headers.Append(
        "Set-Cookie", $"{NameFor(response.HttpContext.Request)}={value}; Path=/; HttpOnly; SameSite=Strict{(response.HttpContext.Request.IsHttps ? "; Secure" : "")}{more}");
}
