using System.Net;
using FilmService.Api.Webhooks;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>The first and last address of each range in the IANA special-purpose registries, and the neighbours outside.</summary>
public sealed class GlobalAddressesTests
{
    private static readonly WebhookSettings Production = new([], AllowsHttp: false);

    [TestCase("0.0.0.0", "0.255.255.255", null, "1.0.0.0")]
    [TestCase("10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0")]
    [TestCase("100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0")]
    [TestCase("127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0")]
    [TestCase("169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0")]
    [TestCase("172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0")]
    [TestCase("192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0")]
    [TestCase("192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0")]
    [TestCase("192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0")]
    [TestCase("192.52.193.0", "192.52.193.255", "192.52.192.255", "192.52.194.0")]
    [TestCase("192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0")]
    [TestCase("192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0")]
    [TestCase("192.175.48.0", "192.175.48.255", "192.175.47.255", "192.175.49.0")]
    [TestCase("198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0")]
    [TestCase("198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0")]
    [TestCase("203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0")]
    [TestCase("224.0.0.0", "255.255.255.255", "223.255.255.255", null)]
    [TestCase("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, "2000::")]
    [TestCase("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:200::")]
    [TestCase("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::")]
    [TestCase("2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff", "2620:4f:8001::")]
    [TestCase("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:1000::")]
    [TestCase("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null)]
    public void Allows_Range_FromItsFirstToItsLastAddressNot(string first, string last, string? before, string? after)
    {
        Assert.That(new[] { first, last }.Where(address => Production.Allows(IPAddress.Parse(address))), Is.Empty);
        Assert.That(new[] { before, after }.OfType<string>().Where(address => !Production.Allows(IPAddress.Parse(address))), Is.Empty);
    }

    [TestCase("::1", Description = "Loopback")]
    [TestCase("::ffff:127.0.0.1", Description = "Mapped")]
    [TestCase("::ffff:a9fe:a9fe", Description = "Mapped, in hexadecimal")]
    [TestCase("0:0:0:0:0:ffff:10.0.0.1", Description = "Mapped, written out")]
    [TestCase("::127.0.0.1", Description = "IPv4-compatible")]
    [TestCase("::ffff:0:127.0.0.1", Description = "IPv4-translated")]
    [TestCase("64:ff9b::10.0.0.1", Description = "NAT64")]
    [TestCase("64:ff9b::a9fe:a9fe", Description = "NAT64, in hexadecimal")]
    [TestCase("64:ff9b:1::8.8.8.8", Description = "Local-use NAT64")]
    [TestCase("2002:7f00:1::", Description = "6to4 of loopback")]
    [TestCase("2002:c0a8:101::1", Description = "6to4 of a private address")]
    [TestCase("2001:0:4136:e378:8000:63bf:3fff:fdd2", Description = "Teredo")]
    [TestCase("2001:2::1", Description = "Benchmarking")]
    [TestCase("2001:20::1", Description = "ORCHIDv2")]
    [TestCase("100::1", Description = "Discard only")]
    [TestCase("100:0:0:1::1", Description = "Dummy")]
    [TestCase("5f00::1", Description = "SRv6 SIDs")]
    [TestCase("fc00::1", Description = "Unique local")]
    [TestCase("fd12:3456::1", Description = "Unique local")]
    [TestCase("fe80::1", Description = "Link local")]
    [TestCase("fe80::1%1", Description = "Link local with a zone")]
    [TestCase("fec0::1", Description = "Site local")]
    [TestCase("ff02::1", Description = "Multicast")]
    public void Allows_SpecialAddressInIPv6_Not(string address) => Assert.That(Production.Allows(IPAddress.Parse(address)), Is.False);

    [TestCase("8.8.8.8")]
    [TestCase("2606:4700::1111")]
    [TestCase("::ffff:8.8.8.8")]
    [TestCase("64:ff9b::8.8.8.8")]
    [TestCase("2002:808:808::1")]
    public void Allows_GlobalAddress(string address) => Assert.That(Production.Allows(IPAddress.Parse(address)), Is.True);

    [TestCase("10.1.2.3", true)]
    [TestCase("::ffff:10.1.2.3", true)]
    [TestCase("64:ff9b::10.1.2.3", true)]
    [TestCase("10.2.0.0", false)]
    [TestCase("fd00::7", true)]
    [TestCase("fd00::8", false)]
    public void Allows_ConfiguredNetwork(string address, bool isAllowed)
    {
        var settings = new WebhookSettings([IPNetwork.Parse("10.1.0.0/16"), IPNetwork.Parse("fd00::7/128")], AllowsHttp: false);

        Assert.That(settings.Allows(IPAddress.Parse(address)), Is.EqualTo(isAllowed));
    }
}
