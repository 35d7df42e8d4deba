using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>What another site's web page cannot do through a browser on this machine.</summary>
public sealed class CrossSiteRequestMiddlewareTests : ServiceTest
{
    private const string Configured = "https://films.example";

    private static string CrossSite => Problem(
        "cross-site-write", "Writes from other sites are not allowed", 403, "Web pages of other sites may not write here, unless their origin is configured.", "/films/9");

    protected override string[] Settings => [$"Cors:Origins:0={Configured}"];

    [TestCase("localhost")]
    [TestCase("LOCALHOST:80")]
    [TestCase("127.0.0.1:1234")]
    [TestCase("127.1.2.3")]
    [TestCase("[::1]")]
    [TestCase("[::1]:5000")]
    public async Task Get_LoopbackHost_IsServed(string host) =>
        Assert.That((await Host.SendRawAsync("GET /films/1", "", $"Host: {host}")).Body, Is.EqualTo(Avengers));

    [TestCase("evil.example")]
    [TestCase("evil.example:5000")]
    [TestCase("localhost.evil.example")]
    [TestCase("127.0.0.1.evil.example")]
    [TestCase("192.168.0.1")]
    [TestCase("0.0.0.0")]
    [TestCase("[::ffff:1.2.3.4]")]
    [TestCase("")]
    public async Task Request_OtherHost_IsRefused(string host)
    {
        var answer = await Host.SendRawAsync("DELETE /films/1", "", $"Host: {host}");

        await AssertRefusedAsync(answer, Problem(
            "host-not-allowed", "The host name is not allowed", 400, "On the loopback address, only localhost, 127.0.0.1 and [::1] are accepted as Host.", "/films/1"));
    }

    [Test]
    public async Task Get_OtherHost_IsRefusedForReadsToo() =>
        Assert.That((await Host.SendRawAsync("GET /films", "", "Host: evil.example")).Status, Is.EqualTo(400));

    [Test]
    public async Task Get_ConfiguredHost_IsServed()
    {
        await using var host = await FilmServiceHost.StartAsync("AllowedHosts=films.example;127.0.0.1");

        Assert.That((await host.SendRawAsync("GET /films/1", "", "Host: films.example")).Body, Is.EqualTo(Avengers));
    }

    [TestCase("127.0.0.1")]
    [TestCase("localhost:5000")]
    [TestCase("films.example:443")]
    [TestCase("a.films.org")]
    public async Task Get_LoopbackNamesBesideConfiguredOnes_AreServed(string name)
    {
        await using var host = await FilmServiceHost.StartAsync("AllowedHosts=films.example;*.films.org");

        Assert.That((await host.SendRawAsync("GET /films/1", "", $"Host: {name}")).Body, Is.EqualTo(Avengers));
    }

    [TestCase("films.example", "evil.example")]
    [TestCase("*", "evil.example")]
    [TestCase("*.films.example", "evilfilms.example")]
    public async Task Get_OtherHostThanTheConfiguredOnes_IsAProblem(string allowed, string name)
    {
        await using var host = await FilmServiceHost.StartAsync($"AllowedHosts={allowed}");

        var answer = await host.SendRawAsync("GET /films/1", "", $"Host: {name}");

        AssertProblem(answer, Problem(
            "host-not-allowed", "The host name is not allowed", 400, "On the loopback address, only localhost, 127.0.0.1 and [::1] are accepted as Host.", "/films/1"));
    }

    [TestCase("Origin: https://evil.example")]
    [TestCase("Origin: null")]
    [TestCase("Origin: http://localhost")]
    [TestCase("Origin: https://films.example.evil.example")]
    [TestCase("Origin: http://films.example")]
    [TestCase("Origin: https://films.example:8443")]
    [TestCase("Sec-Fetch-Site: cross-site")]
    [TestCase("Sec-Fetch-Site: same-site")]
    [TestCase("Sec-Fetch-Site: nonsense")]
    public async Task Put_FromAnotherSite_Returns403(string field) => await AssertRefusedAsync(await PutAsync("9", UpArguments, field), CrossSite);

    [TestCase("DELETE", "/films/1")]
    [TestCase("POST", "/films")]
    [TestCase("PATCH", "/films/1")]
    [TestCase("DELETE", "/nothing")]
    public async Task Write_FromAnotherSite_Returns403WhereverItGoes(string method, string address)
    {
        var answer = await Client.SendAsync(method, address, null, "Origin: https://evil.example");

        Assert.That((answer.Status, (string?)answer.Json["type"]), Is.EqualTo((403, "/problems/cross-site-write")));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Put_OriginInTwoFields_Returns403()
    {
        var answer = await Host.SendRawJsonAsync("PUT /films/9", UpArguments, $"Origin: {Configured}", "Origin: https://evil.example");

        await AssertRefusedAsync(answer, CrossSite);
    }

    [TestCase("Origin: https://films.example")]
    [TestCase("Sec-Fetch-Site: same-origin")]
    [TestCase("Sec-Fetch-Site: none")]
    public async Task Put_FromAPageThatMay_IsServed(string field) => Assert.That((await PutAsync("9", UpArguments, field)).Status, Is.EqualTo(201));

    [Test]
    public async Task Put_ConfiguredOriginThatIsAnotherSite_IsServed() =>
        Assert.That((await PutAsync("9", UpArguments, $"Origin: {Configured}", "Sec-Fetch-Site: cross-site")).Status, Is.EqualTo(201));

    [Test]
    public async Task Put_FromTheServicesOwnPage_IsServed() =>
        Assert.That((await PutAsync("9", UpArguments, $"Origin: {Host.Address.GetLeftPart(UriPartial.Authority)}", "Sec-Fetch-Site: same-origin")).Status, Is.EqualTo(201));

    [TestCase("Origin: https://evil.example")]
    [TestCase("Sec-Fetch-Site: cross-site")]
    public async Task Get_FromAnotherSite_IsServedButNotShared(string field)
    {
        var answer = await GetAsync("/films/1", field);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Avengers)));
        Assert.That(answer.Field("Access-Control-Allow-Origin"), Is.Null);
    }
}
