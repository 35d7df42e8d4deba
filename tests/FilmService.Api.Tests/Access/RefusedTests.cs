using System.Security.Cryptography;
using System.Text;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Tests.Access;

/// <summary>Credentials that must be rejected.</summary>
public sealed class RefusedTests
{
    private const string Issuer = "https://films.example";

    private FilmServiceHost _host = null!;
    private HttpClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _host = await FilmServiceHost.StartAsync([.. AccessRequests.Scoped, $"Authentication:OAuth:Issuer={Issuer}"]);
        _client = _host.CreateClient();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task NoField_Returns401WithBothChallenges()
    {
        var answer = await GetAsync();

        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((401, "application/problem+json")));
        Assert.That(answer.Message.Headers.WwwAuthenticate.Select(challenge => challenge.ToString()), Is.EqualTo(
            new[] { "Basic realm=\"FilmService\", charset=\"UTF-8\"", "Bearer realm=\"FilmService\"" }));
    }

    [TestCase("navigate", true)]
    [TestCase("cors", false)]
    [TestCase("no-cors", false)]
    [TestCase("same-origin", false)]
    [TestCase("websocket", false)]
    public async Task NoField_FromABrowser_IsChallengedWithBasicOnlyInANavigation(string mode, bool isBasic)
    {
        var answer = await GetAsync($"Sec-Fetch-Mode: {mode}");

        Assert.That((answer.Status, answer.Field("Cache-Control")), Is.EqualTo((401, "no-store")));
        Assert.That(answer.Message.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme), Is.EqualTo(isBasic ? ["Basic", "Bearer"] : new[] { "Bearer" }));
    }

    [Test]
    public async Task WrongCredentials_OfAScript_AreNotChallengedWithBasic()
    {
        foreach (var credentials in new[] { AccessRequests.Basic("root", "wrong"), AccessRequests.Bearer("a.b.c"), "Authorization: Digest x" })
        {
            var answer = await GetAsync("Sec-Fetch-Mode: cors", credentials);
            Assert.That((answer.Status, answer.Field("WWW-Authenticate")), Is.EqualTo(
                (401, credentials.Contains("Bearer", StringComparison.Ordinal) ? "Bearer realm=\"FilmService\", error=\"invalid_token\"" : "Bearer realm=\"FilmService\"")));
        }

        var token = await _client.SendAsync("POST", "/oauth/token", new StringContent("grant_type=client_credentials&client_id=x&client_secret=y", null, "application/x-www-form-urlencoded"), "Sec-Fetch-Mode: cors");
        Assert.That((token.Status, token.Field("WWW-Authenticate")), Is.EqualTo((401, "Bearer realm=\"FilmService\"")));
    }

    [Test]
    public async Task TwoCredentials_Return400()
    {
        var (_, key) = await _client.CreateKeyAsync("films:read");

        Assert.That((await GetAsync(AccessRequests.Root, AccessRequests.Root)).Status, Is.EqualTo(400));
        Assert.That(await RawStatusAsync(AccessRequests.Root, AccessRequests.Root), Is.EqualTo("HTTP/1.1 400 Bad Request"));
        Assert.That(await RawStatusAsync(AccessRequests.Root, AccessRequests.Bearer(key)), Is.EqualTo("HTTP/1.1 400 Bad Request"));
        Assert.That(await RawStatusAsync("X-API-Key: " + key, "X-API-Key: " + key), Is.EqualTo("HTTP/1.1 400 Bad Request"));
        Assert.That(await RawStatusAsync($"X-API-Key: {key}, {key}"), Is.EqualTo("HTTP/1.1 400 Bad Request"));
        Assert.That(await RawStatusAsync($"{AccessRequests.Root}, {AccessRequests.Root["Authorization: ".Length..]}"), Is.EqualTo("HTTP/1.1 400 Bad Request"));
        Assert.That(await RawStatusAsync("Authorization:", AccessRequests.Root), Is.EqualTo("HTTP/1.1 400 Bad Request"));
        Assert.That((await GetAsync(AccessRequests.Root, "X-API-Key: " + key)).Status, Is.EqualTo(400));
        Assert.That((await GetAsync(AccessRequests.Bearer(key), "X-API-Key: " + key)).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task RightSecret_UnderTheWrongScheme_IsRefused()
    {
        var (_, key) = await _client.CreateKeyAsync("films:read");
        var basic = AccessRequests.Root["Authorization: Basic ".Length..];

        await AssertRefusedAsync("Authorization: Digest " + basic);
        await AssertRefusedAsync("Authorization: Bearer " + basic);
        await AssertRefusedAsync("Authorization: " + basic);
        await AssertRefusedAsync("Authorization: ApiKey " + key);
        await AssertRefusedAsync(AccessRequests.Basic("root", key));
        await AssertRefusedAsync(AccessRequests.Basic(key, ""));
        await AssertRefusedAsync("X-API-Key: correct horse");
    }

    [TestCase("root:correct horse\0")]
    [TestCase("root\0:correct horse")]
    [TestCase("root::correct horse")]
    [TestCase("ro:ot:correct horse")]
    [TestCase("root")]
    [TestCase(":")]
    [TestCase("")]
    [TestCase("ROOT:correct horse")]
    [TestCase("root:Correct horse")]
    [TestCase("root:correct horse ")]
    public async Task Basic_ThatIsNotRight_IsRefused(string credentials) =>
        await AssertRefusedAsync("Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

    // Decoders accept white space and other endings, which would give one password any number of spellings, each cached
    // separately.
    [TestCase("cm9v dDpjb3JyZWN0IGhvcnNl")]
    [TestCase("cm9v\tdDpjb3JyZWN0IGhvcnNl")]
    [TestCase("cm9vdDpjb3JyZWN0IGhvcnNl====")]
    [TestCase("cm9vdA==%")]
    [TestCase("/////w==")]
    [TestCase("cm9vdDrD")]
    public async Task Basic_ThatIsNoUtf8OrNoBase64_IsRefused(string encoded) => await AssertRefusedAsync("Authorization: Basic " + encoded);

    // The byte is é in ISO 8859-1, and a careless UTF-8 decoder turns it into U+FFFD.
    [TestCase("é")]
    [TestCase("\uFFFD")]
    public async Task Basic_OfARightPasswordThatIsNotSentAsUtf8_IsRefused(string last)
    {
        await _client.PutUserAsync("ann", "tops3cret" + last, "films:read");
        Assert.That((await GetAsync(AccessRequests.Basic("ann", "tops3cret" + last))).Status, Is.EqualTo(200));

        await AssertRefusedAsync("Authorization: Basic " + Convert.ToBase64String([.. "ann:tops3cret"u8, 0xE9]));
    }

    [Test]
    public async Task Key_ThatIsNotRight_IsRefused()
    {
        var (_, key) = await _client.CreateKeyAsync("films:read");

        await AssertRefusedAsync("X-API-Key: " + key[..^1]);
        await AssertRefusedAsync("X-API-Key: " + key[..12]);
        await AssertRefusedAsync("X-API-Key: fsk_");
        await AssertRefusedAsync("X-API-Key: " + key[4..]);
        await AssertRefusedAsync("X-API-Key: " + key + "A");
        await AssertRefusedAsync("X-API-Key: " + key.ToUpperInvariant());
        await AssertRefusedAsync("X-API-Key: " + Domain.Access.Secret.Create("fsk_"));
        await AssertRefusedAsync("X-API-Key:");
        await AssertRefusedAsync(AccessRequests.Bearer(key[..^1]));
        await AssertRefusedAsync(AccessRequests.Bearer(key + "="));
    }

    [TestCase("/films?access_token=")]
    [TestCase("/films?api_key=")]
    [TestCase("/films?key=")]
    public async Task Credential_InTheAddress_Returns400AndIsNotRepeated(string address)
    {
        var (_, key) = await _client.CreateKeyAsync("films:read");

        var answer = await _client.SendAsync("GET", address + key, null, AccessRequests.Root);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Body, Does.Not.Contain(key));
    }

    /// <summary>After too many failures, a signature is verified only for a token that was valid recently.</summary>
    [Test]
    public async Task Token_AfterTooManyFailures_IsNotVerified()
    {
        var (known, fresh) = (AccessRequests.Bearer(await ForgeAsync()), AccessRequests.Bearer(await ForgeAsync()));
        var (_, key) = await _client.CreateKeyAsync("films:read");
        Assert.That((await GetAsync(known)).Status, Is.EqualTo(200));
        for (var i = 0; i < FailedLoginLimiter.PerAddress; i++)
        {
            Assert.That((await GetAsync(AccessRequests.Bearer($"{i}.b.c"))).Status, Is.EqualTo(401));
        }

        var refused = await GetAsync(fresh);

        Assert.That((refused.Status, (string?)refused.Json["type"]), Is.EqualTo((429, "/problems/too-many-failed-log-ins")), "A valid token too: its signature was not verified.");
        Assert.That(refused.Field("Retry-After"), Does.Match("^[0-9]+$"));
        Assert.That((await GetAsync(known)).Status, Is.EqualTo(200), "It was valid before.");
        Assert.That((await GetAsync("X-API-Key: " + key)).Status, Is.EqualTo(200), "A key is cheap to check.");
    }

    [Test]
    public async Task Token_MadeAsItShouldBe_GetsIn() => Assert.That((await GetAsync(AccessRequests.Bearer(await ForgeAsync()))).Status, Is.EqualTo(200));

    [TestCase("expired")]
    [TestCase("not yet")]
    [TestCase("issued in the future")]
    [TestCase("no end")]
    [TestCase("other audience")]
    [TestCase("no audience")]
    [TestCase("other issuer")]
    [TestCase("no issuer")]
    [TestCase("ID token")]
    [TestCase("no type")]
    [TestCase("no client")]
    [TestCase("unknown client")]
    public async Task Token_SignedRightButWrong_IsRefused(string fault) => await AssertRefusedAsync(AccessRequests.Bearer(await ForgeAsync(fault)));

    [Test]
    public async Task Token_SignedByAnother_IsRefused()
    {
        var right = await ForgeAsync();
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = _host.Services.GetRequiredService<SigningKeys>();
        var known = (await keys.GetPublishedAsync())[0];

        await AssertRefusedAsync(AccessRequests.Bearer(await ForgeAsync(with: new SigningCredentials(new ECDsaSecurityKey(stranger) { KeyId = known.KeyId }, "ES256"))));
        await AssertRefusedAsync(AccessRequests.Bearer(await ForgeAsync(with: new SigningCredentials(new ECDsaSecurityKey(stranger) { KeyId = "unknown" }, "ES256"))));
        await AssertRefusedAsync(AccessRequests.Bearer(await ForgeAsync(with: new SigningCredentials(
            new SymmetricSecurityKey(known.ECDsa.ExportSubjectPublicKeyInfo()) { KeyId = known.KeyId }, "HS256"))));
        await AssertRefusedAsync(AccessRequests.Bearer(await ForgeAsync(with: new SigningCredentials(
            new SymmetricSecurityKey(Encoding.UTF8.GetBytes(known.ECDsa.ExportSubjectPublicKeyInfoPem())) { KeyId = known.KeyId }, "HS256"))));
        var parts = right.Split('.');
        foreach (var alg in new[] { "none", "None", "nOnE" })
        {
            var header = System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{alg}}","typ":"at+jwt"}"""));
            await AssertRefusedAsync(AccessRequests.Bearer($"{header}.{parts[1]}."));
            await AssertRefusedAsync(AccessRequests.Bearer($"{header}.{parts[1]}.{parts[2]}"));
        }

        await AssertRefusedAsync(AccessRequests.Bearer($"{parts[0]}.{parts[1]}."));
        await AssertRefusedAsync(AccessRequests.Bearer($"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA"));
        await AssertRefusedAsync(AccessRequests.Bearer("a.b.c"));
        await AssertRefusedAsync(AccessRequests.Bearer(new string('a', 20_000)));
        await AssertRefusedAsync("Authorization: Bearer ");
    }

    [Test]
    public async Task Token_WithScopesInOtherLetterCase_MayNothing()
    {
        var answer = await GetAsync(AccessRequests.Bearer(await ForgeAsync(scope: "Films:Read FILMS:WRITE Admin")));

        Assert.That(answer.Status, Is.EqualTo(403));
    }

    private async Task<string> ForgeAsync(string? fault = null, SigningCredentials? with = null, string scope = "films:read")
    {
        var (id, _) = await _client.CreateOAuthClientAsync("films:read");
        var now = DateTimeOffset.UtcNow;
        var claims = new Dictionary<string, object> { ["sub"] = id, ["client_id"] = id, ["scope"] = scope, ["iss"] = Issuer, ["aud"] = Issuer };
        claims["iat"] = now.AddMinutes(fault == "issued in the future" ? 5 : -1).ToUnixTimeSeconds();
        claims["nbf"] = now.AddMinutes(fault == "not yet" ? 5 : -1).ToUnixTimeSeconds();
        claims["exp"] = now.AddMinutes(fault == "expired" ? -0.5 : 10).ToUnixTimeSeconds();
        claims["iss"] = fault == "other issuer" ? "https://films.example.evil" : Issuer;
        claims["aud"] = fault == "other audience" ? "other" : Issuer;
        var without = fault switch { "no end" => "exp", "no audience" => "aud", "no issuer" => "iss", "no client" => "client_id", _ => "" };
        claims.Remove(without);
        if (fault == "unknown client")
        {
            claims["client_id"] = "nobody";
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = fault switch { "ID token" => "JWT", "no type" => null, _ => "at+jwt" },
            SigningCredentials = with ?? await _host.Services.GetRequiredService<SigningKeys>().GetSignerAsync(),
            Claims = claims,
        });
    }

    // HttpClient would join two fields into one.
    private async Task<string?> RawStatusAsync(params string[] fields)
    {
        using var connection = new System.Net.Sockets.TcpClient(_host.Address.Host, _host.Address.Port);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /films HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{string.Join("\r\n", fields)}\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync();
    }

    private Task<HttpAnswer> GetAsync(params string[] fields) => _client.SendAsync("GET", "/films", null, fields);

    private async Task AssertRefusedAsync(string field)
    {
        // Including URLs that need no login.
        foreach (var address in new[] { "/films", "/", "/health/live" })
        {
            var answer = await _client.SendAsync("GET", address, null, field);
            Assert.That((answer.Status, answer.ContentType), Is.EqualTo((401, "application/problem+json")), $"{field} at {address}");
            Assert.That(answer.Field("WWW-Authenticate"), Does.StartWith("Basic realm=\"FilmService\", charset=\"UTF-8\", Bearer realm=\"FilmService\""));
        }
    }
}
