using System.Net;
using FilmService.Api.Hosting.Settings;

namespace FilmService.Api.Webhooks;

/// <summary>Where deliveries may go.</summary>
/// <param name="AllowedNetworks">Networks that are allowed besides the globally reachable addresses.</param>
/// <param name="AllowsHttp">True if <c>http</c> is allowed on the loopback address, as in Development.</param>
public sealed record WebhookSettings(IReadOnlyList<IPNetwork> AllowedNetworks, bool AllowsHttp)
{
    private static readonly IPNetwork[] Loopback = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    internal static WebhookSettings Read(SettingsReader reader)
    {
        var (networks, isDevelopment) = (reader.Networks("Webhooks:AllowedNetworks"), reader.Environment.IsDevelopment());
        return new WebhookSettings([.. networks, .. isDevelopment ? Loopback : []], isDevelopment);
    }

    /// <summary>True if a connection to this address is allowed.</summary>
    public bool Allows(IPAddress address)
    {
        var actual = GlobalAddresses.Unmap(address);
        return GlobalAddresses.Contains(actual) || AllowedNetworks.Any(network => network.Contains(actual));
    }
}
