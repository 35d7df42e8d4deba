using System.Net;
using System.Net.Sockets;

namespace FilmService.Api.Webhooks;

/// <summary>
/// The globally reachable unicast addresses: all except those of the IANA Special-Purpose Address Registries
/// (https://www.iana.org/assignments/iana-ipv4-special-registry and .../iana-ipv6-special-registry), multicast and unallocated ones.
/// </summary>
internal static class GlobalAddresses
{
    private static readonly IPNetwork[] NotGlobal4 =
    [
        IPNetwork.Parse("0.0.0.0/8"),       // This network (RFC 791)
        IPNetwork.Parse("10.0.0.0/8"),      // Private use (RFC 1918)
        IPNetwork.Parse("100.64.0.0/10"),   // Shared address space (RFC 6598)
        IPNetwork.Parse("127.0.0.0/8"),     // Loopback (RFC 1122)
        IPNetwork.Parse("169.254.0.0/16"),  // Link local (RFC 3927), metadata services
        IPNetwork.Parse("172.16.0.0/12"),   // Private use (RFC 1918)
        IPNetwork.Parse("192.0.0.0/24"),    // IETF protocol assignments (RFC 6890)
        IPNetwork.Parse("192.0.2.0/24"),    // Documentation (RFC 5737)
        IPNetwork.Parse("192.31.196.0/24"), // AS112 (RFC 7535)
        IPNetwork.Parse("192.52.193.0/24"), // AMT (RFC 7450)
        IPNetwork.Parse("192.88.99.0/24"),  // 6to4 relays (RFC 7526)
        IPNetwork.Parse("192.168.0.0/16"),  // Private use (RFC 1918)
        IPNetwork.Parse("192.175.48.0/24"), // AS112 (RFC 7534)
        IPNetwork.Parse("198.18.0.0/15"),   // Benchmarking (RFC 2544)
        IPNetwork.Parse("198.51.100.0/24"), // Documentation (RFC 5737)
        IPNetwork.Parse("203.0.113.0/24"),  // Documentation (RFC 5737)
        IPNetwork.Parse("224.0.0.0/4"),     // Multicast (RFC 5771)
        IPNetwork.Parse("240.0.0.0/4"),     // Reserved and broadcast (RFC 1112, RFC 919)
    ];

    // The only allocated unicast addresses (RFC 4291): outside are loopback, link local, unique local, multicast, discard-only,
    // SRv6 SIDs, local-use NAT64, and IPv4 in forms that are not unmapped.
    private static readonly IPNetwork Unicast6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotGlobal6 =
    [
        IPNetwork.Parse("2001::/23"),         // IETF protocol assignments (RFC 2928), Teredo, benchmarking, ORCHID
        IPNetwork.Parse("2001:db8::/32"),     // Documentation (RFC 3849)
        IPNetwork.Parse("2002::/16"),         // 6to4 (RFC 3056)
        IPNetwork.Parse("2620:4f:8000::/48"), // AS112 (RFC 7534)
        IPNetwork.Parse("3fff::/20"),         // Documentation (RFC 9637)
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    public static bool Contains(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? !NotGlobal4.Any(network => network.Contains(address))
        : Unicast6.Contains(address) && !NotGlobal6.Any(network => network.Contains(address));

    /// <summary>The address where a connection ends: the IPv4 address in a mapped, NAT64 (RFC 6052) or 6to4 (RFC 3056) one.</summary>
    public static IPAddress Unmap(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : Nat64.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(12, 4))
        : SixToFour.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(2, 4))
        : address;
}
