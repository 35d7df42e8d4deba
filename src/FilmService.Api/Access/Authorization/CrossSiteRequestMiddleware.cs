using System.Net;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Http;
using FilmService.Api.Http.Problems;

namespace FilmService.Api.Access.Authorization;

/// <summary>
/// Keeps other sites' web pages from using a browser to attack a service on this machine: a page cannot reach it under a name of
/// its own (DNS rebinding), and cannot write from its own origin (cross-site request forgery).
/// </summary>
internal sealed class CrossSiteRequestMiddleware(RequestDelegate next, AccessSettings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var isLoopback = context.Connection.LocalIpAddress is { } local && SecureTransport.IsLoopback(local);
        if ((isLoopback || settings.AllowedHosts.Count > 0) && !IsAllowedHost(request.Host.Host, isLoopback))
        {
            throw new ProblemException(new Problem(AccessProblems.HostNotAllowed, isLoopback
                ? "On the loopback address, only localhost, 127.0.0.1 and [::1] are accepted as Host."
                : "This Host is not among those of the setting AllowedHosts."));
        }

        if (IsWrite(request.Method) && IsFromAnotherSite(request))
        {
            throw new ProblemException(new Problem(
                AccessProblems.CrossSite, "Web pages of other sites may not write here, unless their origin is configured."));
        }

        return next(context);
    }

    private bool IsAllowedHost(string host, bool isLoopback) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
        || settings.AllowedHosts.Any(allowed => Matches(host, allowed, isLoopback));

    // A pattern for every name would let pages in that point a name of their own at the loopback address.
    private static bool Matches(string host, string allowed, bool isLoopback) =>
        allowed is "*" ? !isLoopback
        : allowed is ['*', '.', ..] ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(allowed, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for a method that may change something.</summary>
    public static bool IsWrite(string method) =>
        !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && method != Methods.Query;

    /// <summary>
    /// True if the browser says that the request comes from a page of this service. It does so by Sec-Fetch-Site, also where its Origin
    /// is 'null' because the page sends no referrer.
    /// </summary>
    public static bool IsFromThisService(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "same-origin" || request.Headers.Origin == $"{request.Scheme}://{request.Host}";

    // Sec-Fetch-Site and Origin are set by the browser, and pages cannot change them (Fetch Metadata, RFC 6454).
    private bool IsFromAnotherSite(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (origin.Length > 0 && !(origin == "null" && site == "same-origin"))
        {
            return origin != $"{request.Scheme}://{request.Host}" && !settings.Origins.Contains(origin);
        }

        return site is not ("" or "same-origin" or "none");
    }
}
