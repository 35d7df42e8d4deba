using System.Net;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.HttpOverrides;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Keeps passwords off plain HTTP, except on the machine itself and behind a configured proxy. The forwarded fields
/// (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>) are believed from configured proxies only.
/// </summary>
internal static class SecureTransport
{
    /// <summary>Takes the client's address and scheme from configured proxies, and asks browsers to stay with HTTPS (RFC 6797).</summary>
    public static void UseSecureTransport(this WebApplication app, ProxySettings proxies)
    {
        if (proxies.Networks.Count > 0)
        {
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            proxies.Networks.ToList().ForEach(options.KnownIPNetworks.Add);
            app.Use((context, next) =>
            {
                context.Features.Set(new Peer(proxies.Contains(context.Connection.RemoteIpAddress) && !context.Request.Headers.ContainsKey("X-Forwarded-Proto")));
                return next(context);
            });
            app.UseForwardedHeaders(options);
        }

        app.UseHsts();
    }

    /// <summary>The problem of a secret that came in the clear.</summary>
    public static Problem Insecure => new(AccessProblems.InsecureLogIn, "Passwords and secrets are accepted only over HTTPS.");

    /// <summary>True when nobody on the way can read what the request carries.</summary>
    public static bool IsPrivate(HttpContext context) =>
        context.Request.IsHttps
        || (context.Connection is { RemoteIpAddress: var remote, LocalIpAddress: var local } && IsLoopback(remote) && IsLoopback(local))
        || context.Features.Get<Peer>() is { IsSilentProxy: true };

    /// <summary>True for an address that only this machine has. Without one it is a Unix socket, which is on this machine too.</summary>
    public static bool IsLoopback(IPAddress? address) =>
        // By itself IPAddress.IsLoopback knows ::ffff:127.0.0.1, and none of the other loopback addresses of IPv4 as a listener on [::] sees them.
        address is null || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>Who the connection comes from.</summary>
    /// <param name="IsSilentProxy">True for a configured proxy that does not say how its client came.</param>
    private sealed record Peer(bool IsSilentProxy);
}
