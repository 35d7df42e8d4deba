using System.Net;
using FilmService.Api.Http;
using FilmService.Infrastructure;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FilmService.Api.Settings;

/// <summary>Where the service listens, and where it must not.</summary>
internal static class ListenAddresses
{
    private const string Default = "http://127.0.0.1:5000";
    private const string AnybodyMayWrite = "anybody may write. Set Access:Write to Scoped";
    private const string PasswordIsPublished = "a user has the password that the documentation shows. Set another in Authentication:Users";

    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports"];

    /// <summary>Listens on the loopback address unless another is configured, by whichever of the framework's settings.</summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        var configured = AddressSettings.Any(name => !string.IsNullOrEmpty(builder.Configuration[name]));
        if (!configured && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Default);
        }
    }

    /// <summary>Sets the server's limits (contract, section 9) and says nothing of the server's make.</summary>
    public static void UseLimits(this KestrelServerOptions kestrel, FilmServiceSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBody.MaxLength;
        kestrel.RefuseOpenAddresses(settings.Access);
        if (settings.Proxies.Networks.Count > 0)
        {
            RefuseIf(settings.Access.AnonymousWrite, "this service through the proxy of ForwardedHeaders:KnownProxies", AnybodyMayWrite);
            RefuseIf(settings.Access.HasPublishedPassword, "this service through the proxy of ForwardedHeaders:KnownProxies", PasswordIsPublished);
        }
    }

    /// <summary>Refuses to be reached by other machines while anybody may write, or while the published password logs in.</summary>
    private static void RefuseOpenAddresses(this KestrelServerOptions kestrel, AccessSettings access) => kestrel.ConfigureEndpointDefaults(endpoint =>
    {
        if (endpoint.EndPoint is IPEndPoint { Address: var address } && !IPAddress.IsLoopback(address))
        {
            RefuseIf(access.AnonymousWrite, address.ToString(), AnybodyMayWrite);
            RefuseIf(access.HasPublishedPassword, address.ToString(), PasswordIsPublished);
        }
    });

    private static void RefuseIf(bool isOpen, string address, string reason)
    {
        if (isOpen)
        {
            throw new StartRefusedException($"Other machines can reach {address}, and {reason}, or listen on {Default}.");
        }
    }
}
