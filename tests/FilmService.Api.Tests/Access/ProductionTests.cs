using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Commands;
using FilmService.Api.Tests.Hosting;
using FilmService.Infrastructure;

namespace FilmService.Api.Tests.Access;

public sealed class ProductionTests
{
    internal static readonly string[] Production =
        ["environment=Production", "Authentication:Users:0:Name=root", "Authentication:Users:0:Password=correct horse", "Authentication:Users:0:Scopes:0=admin"];

    [Test]
    public async Task Production_HasNoBuiltInUserAndNoAnonymousWrites()
    {
        await using var host = await FilmServiceHost.StartAsync("environment=Production");
        var client = host.CreateClient();

        Assert.That((await client.SendAsync("DELETE", "/films/1")).Status, Is.EqualTo(401));
        Assert.That((await client.SendAsync("GET", "/hello_world", null, AccessRequests.Basic("admin", "atCh_5K}?g"))).Status, Is.EqualTo(401));
    }

    [TestCase("environment=Development")]
    [TestCase("environment=Production", "Access:Write=Anonymous")]
    [TestCase("environment=Production", "Authentication:Users:0:Name=a", "Authentication:Users:0:Password=atCh_5K}?g")]
    public void Start_OpenToOtherMachines_IsRefused(params string[] settings)
    {
        Assert.That(async () => await FilmServiceHost.StartAsync([.. settings, "urls=http://0.0.0.0:0"]), Throws.TypeOf<InvalidConfigurationException>());
        Assert.That(async () => await FilmServiceHost.StartAsync([.. settings, "ForwardedHeaders:KnownProxies:0=10.0.0.1"]), Throws.TypeOf<InvalidConfigurationException>());
    }

    [Test]
    public void Start_WithTheHashOfThePublishedPassword_IsRefusedToo() => Assert.That(
        async () => await FilmServiceHost.StartAsync(
            "environment=Production", "urls=http://0.0.0.0:0", "Authentication:Users:0:Name=a", "Authentication:Users:0:PasswordHash=" + UserDirectory.Hash("atCh_5K}?g")),
        Throws.TypeOf<InvalidConfigurationException>());

    [TestCase("Authentication:OAuth:Authority=http://issuer.example", "Authentication:OAuth:Authority")]
    [TestCase("Authentication:OAuth:Authority=https://issuer.example", "Authentication:OAuth:Audience")]
    [TestCase("Authentication:OAuth:Issuer=films", "Authentication:OAuth:Issuer")]
    [TestCase("Authentication:OAuth:Isuer=https://films.example", "Authentication:OAuth:Isuer")]
    [TestCase("ForwardedHeaders:KnownProxies:0=proxy", "ForwardedHeaders:KnownProxies")]
    [TestCase("FORWARDEDHEADERS_ENABLED=true", "ForwardedHeaders:KnownProxies")]
    [TestCase("Authentication:Schemes:Bearer:ValidAudience=films", "Authentication:Schemes")]
    [TestCase("Authentication:Users:0:Name=anonymous", "Authentication:Users:0:Name")]
    [TestCase("Authentication:Users:0:Name=Zoe\u0308", "Authentication:Users:0:Name")]
    [TestCase("Authentication:Users:0:Password=short", "Authentication:Users:0:Password")]
    [TestCase("Authentication:Users:0:PasswordHash=aGVsbG8gd29ybGQ=", "Authentication:Users:0:PasswordHash")]
    [TestCase("Authentication:Users:0:PasswordHash=AQAAAAIAAYag", "PBKDF2 with HMAC-SHA512 and 100,000 iterations", Description = "nothing but its parameters")]
    public void Start_WithAWrongSetting_IsRefusedWithItsName(string setting, string name) => Assert.That(
        async () => await FilmServiceHost.StartAsync(setting), Throws.TypeOf<InvalidConfigurationException>().With.Message.Contains(name));

    /// <summary>
    /// A hash that takes another time to check would reveal that its user exists, and one with too many iterations would keep the
    /// service from starting.
    /// </summary>
    [TestCase(2, 99_999)]
    [TestCase(2, 100_001)]
    [TestCase(2, 1)]
    [TestCase(2, int.MaxValue)]
    [TestCase(2, uint.MaxValue)]
    [TestCase(1, 100_000)]
    [TestCase(0, 100_000)]
    public void Start_WithAHashOfOtherWork_IsRefused(int function, long iterations)
    {
        var hash = Convert.FromBase64String(UserDirectory.Hash("correct horse"));
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(1), function);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), (uint)iterations);

        Assert.That(
            async () => await FilmServiceHost.StartAsync("Authentication:Users:0:Name=ann", "Authentication:Users:0:PasswordHash=" + Convert.ToBase64String(hash)),
            Throws.TypeOf<InvalidConfigurationException>().With.Message.EqualTo(
                "The setting Authentication:Users:0:PasswordHash is '(not shown)'. Allowed: a hash printed by hash-password: PBKDF2 with HMAC-SHA512 and 100,000 iterations."));
    }

    [TestCase(0)]
    [TestCase(15)]
    [TestCase(17)]
    public void Start_WithAHashOfAnotherSalt_IsRefused(int saltLength)
    {
        var hash = Convert.FromBase64String(UserDirectory.Hash("correct horse"));
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(9), saltLength);

        Assert.That(
            async () => await FilmServiceHost.StartAsync("Authentication:Users:0:Name=ann", "Authentication:Users:0:PasswordHash=" + Convert.ToBase64String(hash)),
            Throws.TypeOf<InvalidConfigurationException>());
    }

    [Test]
    public async Task Basic_OverPlainHttpFromAnotherMachine_IsRefused()
    {
        var address = OwnAddress();
        await using var host = await FilmServiceHost.StartAsync([.. Production, $"urls=http://{address}:0"]);
        var client = host.CreateClient();

        var answer = await client.SendAsync("GET", "/hello_world", null, AccessRequests.Root);
        Assert.That((answer.Status, answer.Json["type"]!.GetValue<string>()), Is.EqualTo((403, "/problems/insecure-log-in")));
        Assert.That((await client.SendAsync("GET", "/hello_world", null, AccessRequests.Root, "X-Forwarded-Proto: https")).Status, Is.EqualTo(403), "Nobody is believed who is not configured.");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials" });
        var token = await client.SendAsync("POST", "/oauth/token", form, AccessRequests.Basic("a", "b"));
        Assert.That((token.Status, token.Body), Is.EqualTo((400, """{"error":"invalid_request","error_description":"A client secret is accepted only over HTTPS."}""")));
    }

    [Test]
    public async Task Basic_BehindAConfiguredProxy_IsTakenUnlessTheProxySaysPlainHttp()
    {
        var address = OwnAddress();
        await using var host = await FilmServiceHost.StartAsync([.. Production, $"urls=http://{address}:0", $"ForwardedHeaders:KnownProxies:0={address}"]);
        var client = host.CreateClient();

        Task<HttpAnswer> Get(params string[] fields) => client.SendAsync("GET", "/hello_world", null, [AccessRequests.Root, .. fields]);
        Assert.That((await Get("X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https")).Status, Is.EqualTo(200));
        Assert.That((await Get()).Status, Is.EqualTo(200));
        Assert.That((await Get("X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: http")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Guesses_BehindAConfiguredProxy_CountByTheClientsAddress()
    {
        await using var host = await FilmServiceHost.StartAsync([.. Production, "ForwardedHeaders:KnownProxies:0=127.0.0.0/8"]);
        var client = host.CreateClient();

        for (var i = 0; i < 11; i++)
        {
            await client.SendAsync("GET", "/films", null, AccessRequests.Basic("root", $"guess {i}"), "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https");
        }

        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Basic("root", "x"), "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https")).Status, Is.EqualTo(429));
        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Basic("root", "x"), "X-Forwarded-For: 203.0.113.8", "X-Forwarded-Proto: https")).Status, Is.EqualTo(401));
    }

    [TestCase("correct horse", 0)]
    [TestCase("short", 1)]
    [TestCase("", 1)]
    public async Task HashPassword_FromTheStandardInput_PrintsAHashForTheSettings(string password, int code)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        Assert.That(await HashPasswordCommand.RunAsync(new StringReader(password + "\n"), output, error), Is.EqualTo(code));

        var hash = output.ToString().Trim();
        Assert.That(code == 0 ? UserDirectory.IsHashOf(hash, password) : hash.Length == 0, Is.True);
        Assert.That(output.ToString() + error, Does.Not.Contain("correct horse"));
    }

    // A non-loopback address of this machine, as other machines see it.
    internal static IPAddress OwnAddress()
    {
        var address = Dns.GetHostAddresses(Dns.GetHostName()).FirstOrDefault(address => address.AddressFamily is AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        if (address is null)
        {
            Assert.Ignore("This machine has no address but the loopback one.");
        }

        return address!;
    }
}
