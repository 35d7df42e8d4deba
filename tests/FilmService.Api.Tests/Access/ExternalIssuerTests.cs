using FilmService.Api.Access.OAuth;
using FilmService.Api.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Access;

/// <summary>An external issuer that rotates its keys, fails, or lies. <see cref="RealClientsTests"/> uses a real one.</summary>
public sealed class ExternalIssuerTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
    private FakeIssuer _issuer = null!;
    private FilmServiceHost _host = null!;
    private HttpClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _issuer = await FakeIssuer.StartAsync(_clock);
        _host = await FilmServiceHost.StartAsync(
            _clock, [.. AccessRequests.Scoped, $"Authentication:OAuth:Authority={_issuer.Name}", "Authentication:OAuth:Audience=films-api"]);
        _client = _host.CreateClient();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [TestCase("/tenant/.well-known/openid-configuration", TestName = "Issuer_FoundByOpenIdDiscovery_IsBelieved")]
    [TestCase("/.well-known/oauth-authorization-server/tenant", TestName = "Issuer_FoundByRfc8414_IsBelieved")]
    public async Task Issuer_FoundByDiscovery_IsBelieved(string document)
    {
        _issuer.Document = document;

        Assert.That(await StatusAsync(_issuer.Token()), Is.EqualTo(200));
        await _client.SendAsync("PUT", "/films/9", HttpRequests.Json("""{"name":"Up","year":2009}"""), AccessRequests.Bearer(_issuer.Token(token => token.Claims["scope"] = "films:write")));
        Assert.That(_host.Query("SELECT \"by\" FROM changes WHERE revision = 3"), Is.EqualTo("subject:ann"));
    }

    /// <summary>All callers that arrive with the new key at once are accepted, and a single request fetches it.</summary>
    [Test]
    public async Task Rotation_FailsNoValidTokenAndAsksOnce()
    {
        Assert.That(await StatusAsync(_issuer.Token()), Is.EqualTo(200));
        _issuer.Rotate();

        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync(_issuer.Token())));

        Assert.That(statuses, Is.All.EqualTo(200));
        Assert.That(_issuer.Asked, Is.EqualTo(2));
    }

    /// <summary>Anybody can invent a key id.</summary>
    [Test]
    public async Task InventedKeys_AskTheIssuerOnceAMinute()
    {
        Assert.That(await StatusAsync(_issuer.Token()), Is.EqualTo(200));
        for (var i = 0; i < 20; i++)
        {
            Assert.That(await StatusAsync(_issuer.Token(token => token.SigningCredentials.Key.KeyId = $"invented-{i}")), Is.EqualTo(401));
        }

        Assert.That(_issuer.Asked, Is.EqualTo(2));
        _issuer.Rotate();
        Assert.That(await StatusAsync(_issuer.Token()), Is.EqualTo(401));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await StatusAsync(_issuer.Token()), Is.EqualTo(200));
        Assert.That(_issuer.Asked, Is.EqualTo(3));
    }

    [Test]
    public async Task Key_ThatTheIssuerHasTakenAway_IsRefusedWithinTheHour()
    {
        var old = _issuer.Token();
        Assert.That(await StatusAsync(old), Is.EqualTo(200));
        _issuer.Rotate();

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.That(await StatusAsync(old), Is.EqualTo(401));
    }

    /// <summary>Known keys stay in use; an unreadable document changes nothing.</summary>
    [TestCase("500")]
    [TestCase("no JSON")]
    [TestCase("redirect")]
    [TestCase("too much")]
    [TestCase("another issuer")]
    public async Task Issuer_ThatFails_ChangesNothingUntilItIsBack(string fault)
    {
        var known = _issuer.Token();
        Assert.That(await StatusAsync(known), Is.EqualTo(200));
        _issuer.Rotate();
        Break(fault);

        Assert.That(await StatusAsync(_issuer.Token()), Is.EqualTo(503));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await StatusAsync(known), Is.EqualTo(200));
        Break("nothing");
        Assert.That(await StatusAsync(_issuer.Token()), Is.EqualTo(200));
    }

    [TestCase("500")]
    [TestCase("redirect")]
    [TestCase("another issuer")]
    public async Task Issuer_ThatWasNeverThere_LetsNobodyIn(string fault)
    {
        Break(fault);

        Assert.That(await StatusAsync(_issuer.Token()), Is.EqualTo(503));
        Assert.That((await _client.SendAsync("GET", "/films", null, AccessRequests.Root)).Status, Is.EqualTo(200), "Others log in as before.");
    }

    /// <summary>
    /// A token that cannot be checked is neither accepted nor rejected but answered with 503 (RFC 9110 §15.6.4); tokens that can
    /// be checked work as before.
    /// </summary>
    [Test]
    public async Task Issuer_ThatIsDown_LeavesNewKeysToBeToldLater()
    {
        var known = _issuer.Token();
        Assert.That(await StatusAsync(known), Is.EqualTo(200));
        _issuer.Rotate();
        await _issuer.StopAsync();

        var answer = await GetAsync(_issuer.Token());

        Assert.That((answer.Status, answer.Json["type"]!.GetValue<string>()), Is.EqualTo((503, "/problems/issuer-unavailable")));
        Assert.That((answer.Field("Retry-After"), answer.Field("WWW-Authenticate"), answer.Field("Cache-Control")), Is.EqualTo(("60", (string?)null, "no-store")));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.That((await GetAsync(_issuer.Token())).Field("Retry-After"), Is.EqualTo("40"));
        Assert.That(await StatusAsync(known), Is.EqualTo(200));
        Assert.That(await StatusAsync(_issuer.Token(token => token.Expires = _clock.GetUtcNow().UtcDateTime)), Is.EqualTo(401));
        Assert.That(await StatusAsync(_issuer.Token(token => token.Issuer = "https://issuer.example")), Is.EqualTo(401));
        Assert.That(await StatusAsync(known[..^1] + (known[^1] == 'A' ? 'Q' : 'A')), Is.EqualTo(401));
        Assert.That(await StatusAsync("a.b.c"), Is.EqualTo(401));
    }

    [TestCase("RS256", 200)]
    [TestCase("PS256", 200)]
    [TestCase("RS384", 401)]
    [TestCase("RS512", 401)]
    [TestCase("PS384", 401)]
    [TestCase("PS512", 401)]
    public async Task Token_OfAnAlgorithm_IsTakenWhenItIsOneOfTheFixed(string algorithm, int status) =>
        Assert.That(await StatusAsync(_issuer.RsaToken(algorithm)), Is.EqualTo(status));

    [Test]
    public async Task Token_ThatIsNotForThisService_IsRefused()
    {
        string[] tokens =
        [
            _issuer.Token(token => token.Audience = "other"),
            _issuer.Token(token => token.Issuer = "https://issuer.example"),
            _issuer.Token(token => token.TokenType = "JWT"),
            _issuer.Token(token => token.Claims.Remove("client_id")),
            _issuer.Token(token => token.Claims["client_id"] = ""),
            _issuer.Token(token => token.Claims.Remove("sub")),
            _issuer.Token(token => token.SigningCredentials = _issuer.SharedSecret()),
            _issuer.Token(token => token.Expires = _clock.GetUtcNow().UtcDateTime),
        ];

        foreach (var token in tokens)
        {
            Assert.That(await StatusAsync(token), Is.EqualTo(401), token);
        }
    }

    /// <summary>Keys may be fetched over plain HTTP only on a developer's machine.</summary>
    [TestCase("https://issuer.example", true, "https://issuer.example/.well-known/openid-configuration", "https://issuer.example/.well-known/oauth-authorization-server")]
    [TestCase("https://issuer.example/a/b/", true, "https://issuer.example/a/b/.well-known/openid-configuration", "https://issuer.example/.well-known/oauth-authorization-server/a/b")]
    [TestCase("http://127.0.0.1:5800", false, "http://127.0.0.1:5800/.well-known/openid-configuration", "http://127.0.0.1:5800/.well-known/oauth-authorization-server")]
    public void Addresses_OfAnIssuer_AreThoseOfTheStandards(string authority, bool https, string openId, string oauth)
    {
        var addresses = new IssuerAddresses(authority);

        Assert.That((addresses.AreHttps, addresses.OpenId, addresses.OAuth), Is.EqualTo((https, openId, oauth)));
    }

    private void Break(string fault)
    {
        _issuer.Names = fault == "another issuer" ? "https://issuer.example" : null;
        _issuer.HasMoved = fault == "redirect";
        _issuer.Padding = fault == "too much" ? 1_000_000 : 0;
        _issuer.Instead = fault switch
        {
            "500" => context => { context.Response.StatusCode = 500; return Task.CompletedTask; }
            ,
            "no JSON" => context => context.Response.WriteAsync("<html>"),
            _ => null,
        };
    }

    private async Task<int> StatusAsync(string token) => (await GetAsync(token)).Status;

    private Task<HttpAnswer> GetAsync(string token) => _client.SendAsync("GET", "/films", null, AccessRequests.Bearer(token));
}
