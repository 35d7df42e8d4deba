using System.Net;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Hosting.Settings;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FilmService.Api.Access;

/// <summary>
/// Refuses addresses that other machines can reach while anybody may write, or while the published password is in use.
/// </summary>
internal static class OpenAddresses
{
    /// <exception cref="InvalidConfigurationException">It is such an address.</exception>
    public static void RefuseOpenAddress(this ListenOptions endpoint)
    {
        if (endpoint.EndPoint is IPEndPoint { Address: var address } && !IPAddress.IsLoopback(address))
        {
            Refuse(endpoint.ApplicationServices.GetRequiredService<AccessSettings>(), address.ToString());
        }
    }

    /// <exception cref="InvalidConfigurationException">A proxy is configured.</exception>
    public static void RefuseOpenProxy(this IServiceProvider services)
    {
        if (services.GetRequiredService<ProxySettings>().Networks.Count > 0)
        {
            Refuse(services.GetRequiredService<AccessSettings>(), "this service through the proxy of ForwardedHeaders:KnownProxies");
        }
    }

    private static void Refuse(AccessSettings access, string address)
    {
        var reason = access.AnonymousWrite ? "anyone may write. Set Access:Write to Scoped"
            : access.HasPublishedPassword ? "a user has the password published in the documentation. Set another in Authentication:Users"
            : null;
        if (reason is not null)
        {
            throw new InvalidConfigurationException($"Other machines can reach {address}, and {reason}, or listen on {ListenAddresses.Default}.");
        }
    }
}
