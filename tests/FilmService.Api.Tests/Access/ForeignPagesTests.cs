using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>Another site's web page, in a browser on a machine that runs the service with default settings.</summary>
public sealed class ForeignPagesTests
{
    private static readonly string[] Writes = ["PUT /films/1", "DELETE /films/1", "PUT /users/ann", "POST /api-keys", "DELETE /api-keys/x", "POST /oauth/clients", "POST /oauth/token"];

    [Test]
    public async Task Write_OfAForeignPage_IsForbiddenAndChangesNothing(
        [Values("Origin: https://evil.example", "Origin: null", "Origin: http://127.0.0.1:1", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site")] string field)
    {
        await using var host = await FilmServiceHost.StartAsync();
        var client = host.CreateClient();

        foreach (var write in Writes)
        {
            // As an HTML form sends it, with the browser's remembered login.
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Evil", ["year"] = "2000" });
            var parts = write.Split(' ');
            var answer = await client.SendAsync(parts[0], parts[1], form, field, AccessRequests.Basic("admin", "atCh_5K}?g"));
            Assert.That((answer.Status, answer.Json["type"]!.GetValue<string>()), Is.EqualTo((403, "/problems/cross-site-write")), write);
        }

        Assert.That(host.Query("SELECT number FROM revision"), Is.EqualTo(2));
    }

    [TestCase("evil.example")]
    [TestCase("localhost.evil.example")]
    [TestCase("127.0.0.1.evil.example")]
    public async Task Request_UnderAReboundName_IsRefused(string host)
    {
        await using var service = await FilmServiceHost.StartAsync();

        var answer = await service.CreateClient().SendAsync("GET", "/films", null, "Host: " + host);

        Assert.That((answer.Status, answer.Json["type"]!.GetValue<string>()), Is.EqualTo((400, "/problems/host-not-allowed")));
    }

    /// <summary>A listener on all addresses sees IPv4 addresses mapped into IPv6.</summary>
    [Test]
    public async Task Request_UnderAReboundName_IsRefusedAtEachLoopbackAddress([Values("127.0.0.1", "127.0.0.2", "[::1]")] string address)
    {
        await using var service = await FilmServiceHost.StartAsync([.. AccessRequests.Scoped, "urls=http://[::]:0"]);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{address}:{service.Address.Port}/");
        request.Headers.Host = "evil.example";

        Assert.That((int)(await client.SendAsync(request)).StatusCode, Is.EqualTo(400));
    }
}
