using System.Net;
using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Access.Authentication;

/// <summary>The proxies whose forwarded fields are trusted.</summary>
/// <param name="Networks">Their networks; a single address is a network of one.</param>
public sealed record ProxySettings(IReadOnlyList<IPNetwork> Networks)
{
    public bool Contains(IPAddress? address) =>
        address is not null && Networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    internal static ProxySettings Read(SettingsReader reader)
    {
        if (bool.TryParse(reader.Framework("FORWARDEDHEADERS_ENABLED"), out var all) && all)
        {
            reader.Fault("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true", "false; true trusts every client. Name the proxies in ForwardedHeaders:KnownProxies", "");
        }

        return new ProxySettings(reader.Networks("ForwardedHeaders:KnownProxies"));
    }
}
