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

        var networks = new List<IPNetwork>();
        foreach (var text in reader.List("ForwardedHeaders:KnownProxies"))
        {
            networks.Add(Network(reader, text));
        }

        return new ProxySettings(networks);
    }

    private static IPNetwork Network(SettingsReader reader, string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : reader.Fault("ForwardedHeaders:KnownProxies", text, "addresses such as 10.0.0.7, or networks such as 10.0.0.0/24", network);
    }
}
