using FilmService.Api.Access;
using FilmService.Api.Tests.Hosting;
using FilmService.Infrastructure;

namespace FilmService.Api.Tests.Access;

/// <summary><c>Cors:Origins</c>: what is not written as browsers write it is rewritten or refused, since it would match no request.</summary>
public sealed class WebOriginTests
{
    [TestCase("https://films.example", "https://films.example")]
    [TestCase("https://films.example/", "https://films.example")]
    [TestCase("https://films.example:443", "https://films.example")]
    [TestCase("http://films.example:80/", "http://films.example")]
    [TestCase("http://films.example:443", "http://films.example:443")]
    [TestCase("HTTPS://Films.EXAMPLE:8443", "https://films.example:8443")]
    [TestCase("https://b\u00fccher.example", "https://xn--bcher-kva.example")]
    [TestCase("http://[0:0:0:0:0:0:0:1]:3000", "http://[::1]:3000")]
    [TestCase("http://localhost:5173", "http://localhost:5173")]
    [TestCase("capacitor://localhost", "capacitor://localhost")]
    [TestCase("chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb", "chrome-extension://aapbdbdomjkkjkaonfhkkikfgjllcleb")]
    [TestCase("films.example", null)]
    [TestCase("films.example:8080", null)]
    [TestCase("localhost:3000", null)]
    [TestCase("//films.example", null)]
    [TestCase("https://films.example/app", null)]
    [TestCase("https://films.example?", null)]
    [TestCase("https://films.example#", null)]
    [TestCase("https://me@films.example", null)]
    [TestCase("https://a.example,https://b.example", null)]
    [TestCase("https://a.example;https://b.example", null)]
    [TestCase("https://a.example https://b.example", null)]
    [TestCase("https://*.films.example", null)]
    [TestCase("https://films.example:*", null)]
    [TestCase("https://films.example:99999", null)]
    [TestCase("https://", null)]
    [TestCase("https:films.example", null)]
    [TestCase("*", null)]
    [TestCase("null", null)]
    [TestCase("file:///films", null)]
    [TestCase("wss://films.example", null)]
    public void Parse_Origin_IsAsABrowserWritesItOrNull(string text, string? expected) => Assert.That(WebOrigin.Parse(text), Is.EqualTo(expected));

    [Test]
    public async Task Request_OfAnOriginWrittenDifferently_MayReadAndWrite()
    {
        await using var host = await FilmServiceHost.StartAsync("Cors:Origins:0= HTTPS://Films.example:443/ ", "Cors:Origins:1=", "Cors:Origins:2=https://films.example");

        var answer = await host.CreateClient().SendAsync("DELETE", "/films/1", null, "Origin: https://films.example");

        Assert.That((answer.Status, answer.Field("Access-Control-Allow-Origin")), Is.EqualTo((204, "https://films.example")));
    }

    [TestCase("Cors:Origins:0=*")]
    [TestCase("Cors:Origins:0=null")]
    [TestCase("Cors:Origins:0=https://a.example,https://b.example")]
    [TestCase("Cors:Origins:0=films.example")]
    public void Start_OriginThatMatchesNoRequest_IsRefused(string setting) => Assert.That(
        async () => await FilmServiceHost.StartAsync(setting),
        Throws.TypeOf<InvalidConfigurationException>().With.Message.Contains($"The setting Cors:Origins is '{setting.Split('=')[1]}'. Allowed: for each origin one setting Cors:Origins:0"));

    [TestCase("Cors:Origins=https://films.example", "The setting Cors:Origins is 'https://films.example'. Allowed: a list, with one setting for each value: Cors:Origins:0, Cors:Origins:1 and so on, in the environment Cors__Origins__0.")]
    [TestCase("ForwardedHeaders:KnownProxies=10.0.0.1", "The setting ForwardedHeaders:KnownProxies is '10.0.0.1'. Allowed: a list")]
    [TestCase("Authentication:Users=me:correct horse", "The setting Authentication:Users is '(not shown)'. Allowed: a list")]
    public void Start_ListWithoutAnIndex_IsRefused(string setting, string message) => Assert.That(
        async () => await FilmServiceHost.StartAsync(setting), Throws.TypeOf<InvalidConfigurationException>().With.Message.Contains(message));
}
