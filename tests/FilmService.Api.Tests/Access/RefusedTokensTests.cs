using FilmService.Api.Access.OAuth;
using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Access;

/// <summary>Correctly signed tokens that are invalid for other reasons (RFC 7515, RFC 7519, RFC 9068).</summary>
public sealed class RefusedTokensTests
{
    private const string Issuer = "https://films.example";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
    private FilmServiceHost _host = null!;
    private HttpClient _client = null!;
    private RawToken _token = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _host = await FilmServiceHost.StartAsync(_clock, [.. AccessRequests.Scoped, $"Authentication:OAuth:Issuer={Issuer}"]);
        _client = _host.CreateClient();
        _token = await RawToken.CreateAsync(_host, _client, _clock.GetUtcNow(), Issuer);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task Token_MadeAsItShouldBe_GetsIn() => Assert.That(await StatusAsync($"{_token}"), Is.EqualTo(200));

    [TestCase("""{"alg":"ES256","typ":"at+jwt","kid":"KID","crit":["exp"]}""", TestName = "Token_WithACriticalExtension_IsRefused")]
    [TestCase("""{"alg":"ES256","typ":"at+jwt","kid":"KID","crit":["b64"],"b64":false}""", TestName = "Token_WithAPayloadThatIsNotEncoded_IsRefused")]
    [TestCase("""{"alg":"ES256","typ":"at+jwt","kid":"KID","crit":[]}""", TestName = "Token_WithNoExtensionThatIsCritical_IsRefused")]
    [TestCase("""{"alg":"es256","typ":"at+jwt","kid":"KID"}""", TestName = "Token_WithAnAlgorithmInOtherLetterCase_IsRefused")]
    [TestCase("""{"alg":"ES384","typ":"at+jwt","kid":"KID"}""", TestName = "Token_WithAnAlgorithmOfALongerKey_IsRefused")]
    [TestCase("""{"alg":["ES256"],"typ":"at+jwt","kid":"KID"}""", TestName = "Token_WithSeveralAlgorithms_IsRefused")]
    [TestCase("""{"typ":"at+jwt","kid":"KID"}""", TestName = "Token_WithoutAnAlgorithm_IsRefused")]
    [TestCase("""{"alg":"ES256","typ":"at+jwt"}""", TestName = "Token_WithoutAKeysName_IsRefused")]
    [TestCase("""{"alg":"ES256","typ":"at+jwt","kid":"../films.db"}""", TestName = "Token_WithAKeysNameThatIsAPath_IsRefused")]
    [TestCase("""{"alg":"ES256","typ":"at+jwt","kid":7}""", TestName = "Token_WithAKeysNameThatIsANumber_IsRefused")]
    [TestCase("""{"alg":"ES256","typ":"at+jwt","kid":"other","jwk":{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}}""", TestName = "Token_WithAKeyOfItsOwn_IsRefused")]
    [TestCase("""{"alg":"ES256","typ":"JWT","kid":"KID"}""", TestName = "Token_OfTheTypeOfIdTokens_IsRefused")]
    [TestCase("""{"alg":"ES256","typ":"secevent+jwt","kid":"KID"}""", TestName = "Token_OfAnotherType_IsRefused")]
    [TestCase("""{"alg":"ES256","typ":7,"kid":"KID"}""", TestName = "Token_OfATypeThatIsANumber_IsRefused")]
    [TestCase("""["ES256"]""", TestName = "Token_WithAHeaderThatIsNoObject_IsRefused")]
    [TestCase("ES256", TestName = "Token_WithAHeaderThatIsNoJson_IsRefused")]
    [TestCase("", TestName = "Token_WithoutAHeader_IsRefused")]
    public async Task Token_WithAHeader_IsRefused(string header)
    {
        _token.Header = header;

        await AssertRefusedAsync($"{_token}");
    }

    [Test]
    public async Task Token_WithAPayloadThatIsNone_IsRefused([Values("", "null", "[]", "7", "{", "nested")] string payload)
    {
        _token.Payload = payload == "nested" ? $"{_token}" : payload;

        await AssertRefusedAsync($"{_token}");
    }

    [Test]
    public async Task Token_WithADeepPayload_IsRefused()
    {
        _token.Payload = $"{{\"a\":{new string('[', 1500)}{new string(']', 1500)},{_token.Payload[1..]}";

        await AssertRefusedAsync($"{_token}");
    }

    [TestCase("exp", "\"soon\"")]
    [TestCase("exp", "-1")]
    [TestCase("exp", "null")]
    [TestCase("exp", "[1]")]
    [TestCase("nbf", "9223372036854775807")]
    [TestCase("iat", "9223372036854775807")]
    [TestCase("iat", "1e300")]
    [TestCase("aud", "[]")]
    [TestCase("aud", "null")]
    [TestCase("aud", "\"https://films.example/\"")]
    [TestCase("iss", "null")]
    [TestCase("iss", "[\"https://films.example\"]")]
    [TestCase("iss", "\"HTTPS://films.example\"")]
    [TestCase("client_id", "7")]
    [TestCase("client_id", "\"\"")]
    public async Task Token_WithAClaimThatIsNone_IsRefused(string member, string value) => await AssertRefusedAsync($"{_token.With(member, value)}");

    [TestCase("\"FILMS:READ\"")]
    [TestCase("[\"films:read\"]")]
    [TestCase("\"films:read,admin\"")]
    [TestCase("\"films:read\\u0000\"")]
    [TestCase("7")]
    [TestCase("\"\"")]
    public async Task Token_WithScopesThatAreNone_MayNothing(string scope) => Assert.That(await StatusAsync($"{_token.With("scope", scope)}"), Is.EqualTo(403));

    [Test]
    public async Task Token_InAnotherSpelling_IsRefused()
    {
        var token = $"{_token}";
        var parts = token.Split('.');

        await AssertRefusedAsync(token + "=");
        await AssertRefusedAsync(token + "==");
        await AssertRefusedAsync(token + ".");
        await AssertRefusedAsync("." + token);
        await AssertRefusedAsync($"{parts[0]}.{parts[1]}");
        await AssertRefusedAsync($"{token}.{parts[2]}");
        await AssertRefusedAsync($"{token}.{parts[2]}.{parts[2]}");
        await AssertRefusedAsync(token.Insert(token.Length - 5, " "));
        await AssertRefusedAsync(token.Insert(5, "%20"));
        await AssertRefusedAsync(parts[0] + "." + parts[1] + "." + parts[2].Replace('-', '+').Replace('_', '/') + "=");
        await AssertRefusedAsync(_token.ToTextWithAsn1());
    }

    [Test]
    public async Task Token_LongerThan8Kilobytes_IsRefused()
    {
        _token.Payload = $"{{\"a\":\"{new string('x', 8000)}\",{_token.Payload[1..]}";

        await AssertRefusedAsync($"{_token}");
    }

    /// <summary>RFC 7519 §4.1.4: a token is not valid on or after its expiry, cached or not.</summary>
    [Test]
    public async Task Token_AtItsEnd_IsRefusedToTheSecond()
    {
        var (remembered, fresh) = ($"{_token}", $"{_token.With("nbf", "0")}");
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.That(await StatusAsync(remembered), Is.EqualTo(200));

        _clock.Advance(TimeSpan.FromSeconds(1));

        await AssertRefusedAsync(remembered);
        await AssertRefusedAsync(fresh);
    }

    /// <summary>An issuer's clock may be half a minute ahead, but not more.</summary>
    [TestCase("nbf")]
    [TestCase("iat")]
    public async Task Token_OfAClockThatIsAhead_IsTakenForHalfAMinute(string member)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();

        Assert.That(await StatusAsync($"{_token.With(member, $"{now + 30}")}"), Is.EqualTo(200));
        await AssertRefusedAsync($"{_token.With(member, $"{now + 31}")}");
    }

    [Test]
    public async Task Key_AtItsEnd_IsRefusedToTheMillisecond()
    {
        var key = await _client.CreateKeyUntilAsync(_clock.GetUtcNow().AddMilliseconds(1500));
        _clock.Advance(TimeSpan.FromMilliseconds(1499));
        Assert.That((await _client.SendAsync("GET", "/films", null, "X-API-Key: " + key)).Status, Is.EqualTo(200));

        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That((await _client.SendAsync("GET", "/films", null, "X-API-Key: " + key)).Status, Is.EqualTo(401));
    }

    /// <summary>A cached token is checked again after a minute; its key may be gone.</summary>
    [Test]
    public async Task Token_OfTheServicesOwn_LivesAQuarterOfAnHour()
    {
        var (id, secret) = await _client.CreateOAuthClientAsync("films:read");
        var token = await TokensTests.GetTokenAsync(_client, id, secret);
        for (var minute = 0; minute < BuiltInIssuer.Lifetime.TotalMinutes; minute++)
        {
            Assert.That(await StatusAsync(token), Is.EqualTo(200), $"after {minute} minutes");
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        await AssertRefusedAsync(token);
    }

    private async Task<int> StatusAsync(string token) => (await _client.SendAsync("GET", "/films", null, AccessRequests.Bearer(token))).Status;

    private async Task AssertRefusedAsync(string token)
    {
        var answer = await _client.SendAsync("GET", "/films", null, AccessRequests.Bearer(token));
        Assert.That((answer.Status, answer.Field("WWW-Authenticate")), Is.EqualTo(
            (401, "Basic realm=\"FilmService\", charset=\"UTF-8\", Bearer realm=\"FilmService\", error=\"invalid_token\"")), token);
    }
}
