using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Http;

/// <summary>Which web pages may read responses (WHATWG Fetch).</summary>
public sealed class CorsTests : ServiceTest
{
    private const string Origin = "https://films.example";

    protected override string[] Settings => [$"Cors:Origins:0={Origin}"];

    [TestCase("/films")]
    [TestCase("/films/1")]
    [TestCase("/films/3")]
    [TestCase("/nothing")]
    [TestCase("/hello_world")]
    public async Task Get_ConfiguredOrigin_MayReadTheAnswerAndItsFields(string address)
    {
        var answer = await GetAsync(address, $"Origin: {Origin}");

        Assert.That(answer.Field("Access-Control-Allow-Origin"), Is.EqualTo(Origin));
        Assert.That(answer.Field("Access-Control-Expose-Headers")!.Split(','), Is.SupersetOf(new[] { "Accept-Patch", "Allow", "Content-Disposition", "ETag", "Films-Dry-Run", "Films-Revision", "Idempotency-Replayed", "Link", "Location", "Trace-Id", "WWW-Authenticate" }));
        Assert.That(answer.Field("Vary"), Does.EndWith("Origin"));
    }

    [TestCase("https://evil.example")]
    [TestCase("http://films.example")]
    [TestCase("https://films.example:8443")]
    [TestCase("null")]
    public async Task Get_OtherOrigin_MayNotReadTheAnswer(string origin)
    {
        var answer = await GetAsync("/films/1", $"Origin: {origin}");

        Assert.That(answer.Field("Access-Control-Allow-Origin"), Is.Null);
        Assert.That(answer.Field("Vary"), Is.EqualTo("Origin"));
    }

    [Test]
    public async Task Preflight_ConfiguredOrigin_IsAllowed()
    {
        var answer = await PreflightAsync(Client, Origin);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((204, "")));
        Assert.That(answer.Field("Access-Control-Allow-Origin"), Is.EqualTo(Origin));
        Assert.That(answer.Field("Access-Control-Allow-Methods"), Is.EqualTo("PUT"));
        Assert.That(answer.Field("Access-Control-Allow-Headers"), Is.EqualTo("content-type,if-match"));
        Assert.That(answer.Field("Access-Control-Max-Age"), Is.EqualTo("7200"));
        Assert.That(answer.Field("Access-Control-Allow-Credentials"), Is.Null);
    }

    [Test]
    public async Task Preflight_OtherOrigin_IsNotAllowed() =>
        Assert.That((await PreflightAsync(Client, "https://evil.example")).Field("Access-Control-Allow-Origin"), Is.Null);

    [Test]
    public async Task Request_WithoutConfiguration_IsNeverShared()
    {
        await using var host = await FilmServiceHost.StartAsync();
        var client = host.CreateClient();

        foreach (var answer in new[] { await client.SendAsync("GET", "/films", null, $"Origin: {Origin}"), await PreflightAsync(client, Origin) })
        {
            Assert.That(answer.Message.Headers.Where(field => field.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)), Is.Empty);
        }
    }

    private static Task<HttpAnswer> PreflightAsync(HttpClient client, string origin) => client.SendAsync(
        "OPTIONS", "/films/1", null, $"Origin: {origin}", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type,if-match");
}
