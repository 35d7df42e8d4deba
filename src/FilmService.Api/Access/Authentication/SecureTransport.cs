using System.Net;
using FilmService.Api.Http.Problems;
using Microsoft.AspNetCore.HttpOverrides;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// Accepts passwords over plain HTTP only from this machine and behind a configured proxy. The forwarded fields
/// (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>) are trusted from configured proxies only.
/// </summary>
internal static class SecureTransport
{
    /// <summary>
    /// Sets the client's address and scheme from the fields of configured proxies, and sends Strict-Transport-Security (RFC
    /// 6797).
    /// </summary>
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

    /// <summary>The problem for a secret sent over plain HTTP.</summary>
    public static Problem Insecure => new(AccessProblems.InsecureLogIn, "Passwords and secrets are accepted only over HTTPS.");

    /// <summary>True if nobody on the network can read the request.</summary>
    public static bool IsPrivate(HttpContext context) =>
        context.Request.IsHttps
        || (context.Connection is { RemoteIpAddress: var remote, LocalIpAddress: var local } && IsLoopback(remote) && IsLoopback(local))
        || context.Features.Get<Peer>() is { IsSilentProxy: true };

    /// <summary>True for a loopback address. No address means a Unix socket, which is on this machine too.</summary>
    public static bool IsLoopback(IPAddress? address) =>
        // IPAddress.IsLoopback recognises ::ffff:127.0.0.1, but not the other IPv4 loopback addresses in the form that a listener
        // on [::] sees.
        address is null || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>What the connection itself shows, before forwarded fields are applied.</summary>
    /// <param name="IsSilentProxy">True for a configured proxy that does not say which scheme its client used.</param>
    private sealed record Peer(bool IsSilentProxy);
}
