using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>HTTPS through Kestrel's own settings, with a new self-signed certificate.</summary>
public sealed class HttpsTests
{
    private const string Hsts = "Strict-Transport-Security";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("filmservice-");

    [TearDown]
    public void RemoveFolder() => _folder.Delete(recursive: true);

    [TestCase(true)]
    [TestCase(false)]
    public async Task Https_WithACertificateOfAFile_TakesPasswordsFromOtherMachinesAndSendsHsts(bool pem)
    {
        await using var host = await FilmServiceHost.StartAsync([.. ProductionTests.Production, $"Kestrel:Endpoints:Https:Url=https://{ProductionTests.OwnAddress()}:0", .. Certificate(pem)]);
        using var client = CreateClient(host);

        var answer = await client.SendAsync("GET", "/hello_world", null, AccessRequests.Root, "Host: films.example");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, """{"Hello":"World"}""")));
        Assert.That(answer.Field(Hsts), Is.EqualTo("max-age=2592000"));
        Assert.That((await client.SendAsync("GET", "/films/none", null, "Host: films.example")).Field(Hsts), Is.EqualTo("max-age=2592000"), "Errors say so too.");
    }

    /// <summary>HSTS must not be sent over plain HTTP, where anybody could have injected it (RFC 6797 §7.2).</summary>
    [Test]
    public async Task Http_BesideHttps_SendsNoHstsAndTakesNoPasswordFromOtherMachines()
    {
        var address = ProductionTests.OwnAddress();
        await using var host = await FilmServiceHost.StartAsync(
            [.. ProductionTests.Production, $"Kestrel:Endpoints:Http:Url=http://{address}:0", $"Kestrel:Endpoints:Https:Url=https://{address}:0", .. Certificate(pem: false)]);
        using var client = CreateClient(host);
        Assert.That(client.BaseAddress!.Scheme, Is.EqualTo("http"));

        var answer = await client.SendAsync("GET", "/hello_world", null, AccessRequests.Root, "Host: films.example");

        Assert.That((answer.Status, answer.Field(Hsts)), Is.EqualTo((403, (string?)null)));
    }

    /// <summary>A listener on all addresses sees IPv4 addresses mapped into IPv6.</summary>
    [Test]
    public async Task Http_AtEachLoopbackAddress_TakesPasswords([Values("127.0.0.1", "127.0.0.2", "[::1]")] string address)
    {
        await using var host = await FilmServiceHost.StartAsync([.. AccessRequests.Scoped, "urls=http://[::]:0"]);
        using var client = new HttpClient { BaseAddress = new Uri($"http://{address}:{host.Address.Port}") };

        Assert.That((await client.SendAsync("GET", "/hello_world", null, AccessRequests.Root)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Https_BehindAProxyThatIsConfigured_SendsHsts()
    {
        await using var host = await FilmServiceHost.StartAsync([.. ProductionTests.Production, "AllowedHosts=films.example", "ForwardedHeaders:KnownProxies:0=127.0.0.1"]);
        using var client = host.CreateClient();

        Assert.That((await client.SendAsync("GET", "/films", null, "Host: films.example", "X-Forwarded-Proto: https")).Field(Hsts), Is.EqualTo("max-age=2592000"));
        Assert.That((await client.SendAsync("GET", "/films", null, "Host: films.example", "X-Forwarded-Proto: http")).Field(Hsts), Is.Null);
    }

    /// <summary>Only the last entries are the proxy's own; the client wrote those before them.</summary>
    [Test]
    public async Task Forwarded_FieldsThatTheClientHasBegun_AreNotBelieved()
    {
        var address = ProductionTests.OwnAddress();
        await using var host = await FilmServiceHost.StartAsync([.. ProductionTests.Production, $"urls=http://{address}:0", $"ForwardedHeaders:KnownProxies:0={address}"]);
        using var client = host.CreateClient();

        var answer = await client.SendAsync("GET", "/hello_world", null, AccessRequests.Root, "X-Forwarded-For: 127.0.0.1, 203.0.113.7", "X-Forwarded-Proto: https, http");

        Assert.That((answer.Status, answer.Json["type"]!.GetValue<string>()), Is.EqualTo((403, "/problems/insecure-log-in")));
    }

    private string[] Certificate(bool pem)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=films.example", pair, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (path, key) = (Path.Combine(_folder.FullName, "films"), Path.Combine(_folder.FullName, "films.key"));
        if (pem)
        {
            File.WriteAllText(path, certificate.ExportCertificatePem());
            File.WriteAllText(key, pair.ExportPkcs8PrivateKeyPem());
            return [$"Kestrel:Certificates:Default:Path={path}", $"Kestrel:Certificates:Default:KeyPath={key}"];
        }

        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "secret"));
        return [$"Kestrel:Endpoints:Https:Certificate:Path={path}", "Kestrel:Endpoints:Https:Certificate:Password=secret"];
    }

#pragma warning disable CA5359 // The certificate is self-signed.
    private static HttpClient CreateClient(FilmServiceHost host) =>
        new(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } }) { BaseAddress = host.Address };
#pragma warning restore CA5359
}
