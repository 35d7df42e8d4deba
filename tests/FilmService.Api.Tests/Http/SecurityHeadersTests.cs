using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Http;

public sealed class SecurityHeadersTests : ServiceTest
{
    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    [TestCase("GET", "/", 200)]
    [TestCase("GET", "/films", 200)]
    [TestCase("HEAD", "/films/1", 200)]
    [TestCase("GET", "/openapi.json", 200)]
    [TestCase("GET", "/health/live", 200)]
    [TestCase("GET", "/health/ready", 200)]
    [TestCase("PUT", "/films/3?name=Up&year=2009", 201)]
    [TestCase("DELETE", "/films/1", 204)]
    [TestCase("OPTIONS", "/films", 204)]
    [TestCase("GET", "/films/1", 304, "If-None-Match: *")]
    [TestCase("GET", "/films?x=1", 400)]
    [TestCase("GET", "/films/%2F", 400)]
    [TestCase("GET", "/hello_world", 401)]
    [TestCase("PUT", "/films/3", 403, "Origin: https://evil.example")]
    [TestCase("GET", "/films/3", 404)]
    [TestCase("GET", "/nothing", 404)]
    [TestCase("GET", "/problems/nothing", 404)]
    [TestCase("PUT", "/films", 405)]
    [TestCase("GET", "/films", 406, "Accept: text/html")]
    [TestCase("DELETE", "/films/1", 412, "If-Match: \"k3f9-1\"")]
    public async Task Request_OfAnyKind_IsAnsweredWithThem(string method, string address, int status, string field = "X: 1")
    {
        var answer = await Client.SendAsync(method, address, null, field);

        Assert.That(answer.Status, Is.EqualTo(status));
        AssertFields(answer);
        Assert.That(answer.Field("Content-Security-Policy"), Is.EqualTo(ApiPolicy));
    }

    [Test]
    public async Task Request_TooLargeOrOfAnotherType_IsAnsweredWithThem()
    {
        var answers = new[] { await PutAsync("3", new string(' ', 1_000_001)), await PutAsync("3", new StringContent("{}")) };

        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 413, 415 }));
        Assert.That(answers.Select(answer => answer.Field("Content-Security-Policy")), Has.All.EqualTo(ApiPolicy));
        Array.ForEach(answers, AssertFields);
    }

    [TestCase("/problems", "default-src 'none'; style-src 'sha256-")]
    [TestCase("/problems/validation", "default-src 'none'; style-src 'sha256-")]
    [TestCase("/docs/index.html", "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-")]
    public async Task Get_Page_HasAStrictPolicyOfItsOwn(string address, string begin)
    {
        var answer = await GetAsync(address, "Accept: text/html");

        Assert.That(answer.Status, Is.EqualTo(200));
        AssertFields(answer);
        Assert.That(answer.Field("Content-Security-Policy"), Does.StartWith(begin).And.EndWith("; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"));
        Assert.That(answer.Field("Content-Security-Policy"), Does.Not.Contain("unsafe"));
    }

    private static void AssertFields(HttpAnswer answer)
    {
        Assert.That(answer.Field("X-Content-Type-Options"), Is.EqualTo("nosniff"));
        Assert.That(answer.Field("Referrer-Policy"), Is.EqualTo("no-referrer"));
        Assert.That(answer.Field("Trace-Id"), Is.Not.Empty);
        Assert.That(answer.Field("Server"), Is.Null);
        Assert.That(answer.Field("X-Powered-By"), Is.Null);
    }
}
