using System.Text;
using FilmService.Api.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Tests.Access;

/// <summary>Logins with OpenID Connect that must not begin a session: the issuer lies or fails, or the browser comes back with something else.</summary>
public sealed class LyingIssuerTests : ServiceTest
{
    private const string InvalidAnswer = "log-in-invalid";
    private const string Again = "log-in-not-completed";
    private const string Refused = "log-in-refused";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private FakeIssuer _issuer = null!;

    protected override async Task<FilmServiceHost> StartHostAsync()
    {
        _issuer = await FakeIssuer.StartAsync(_clock);
        return await FilmServiceHost.StartAsync(_clock, OpenIdConnectTests.SettingsFor(_issuer.Name));
    }

    [TearDown]
    public async Task StopIssuerAsync() => await _issuer.DisposeAsync();

    private static readonly Dictionary<string, Action<FakeIssuer, SecurityTokenDescriptor>> Lies = new()
    {
        ["another issuer"] = (_, token) => token.Issuer = "https://elsewhere.example",
        ["another audience"] = (_, token) => token.Audience = "other-films",
        ["another audience by a slash"] = (_, token) => token.Audience = "films/",
        ["no audience"] = (_, token) => token.Audience = null,
        ["another nonce"] = (_, token) => token.Claims["nonce"] = "stolen",
        ["no nonce"] = (_, token) => token.Claims.Remove("nonce"),
        ["expired"] = (_, token) => (token.IssuedAt, token.Expires) = (token.IssuedAt!.Value.AddHours(-3), token.IssuedAt.Value.AddSeconds(-1)),
        ["not yet valid"] = (_, token) => token.NotBefore = token.IssuedAt!.Value.AddMinutes(5),
        ["no signature"] = (_, token) => token.SigningCredentials = null,
        ["another key under the same name"] = (_, token) =>
            token.SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256)) { KeyId = "key-1" }, "ES256"),
        ["an unknown key"] = (_, token) =>
            token.SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256)) { KeyId = "key-x" }, "ES256"),
        ["no key named, though there are several"] = (_, token) => token.SigningCredentials.Key.KeyId = null,
        ["a right key under another name"] = (_, token) => token.SigningCredentials.Key.KeyId = "key-x",
        ["the name of another key"] = (_, token) => token.SigningCredentials.Key.KeyId = "rsa",
        ["a shared secret"] = (issuer, token) => token.SigningCredentials = issuer.SharedSecret(),
        ["another client's party"] = (_, token) => (token.Audience, token.Claims["aud"], token.Claims["azp"]) = (null, new[] { "films", "other" }, "other"),
    };

    private static IEnumerable<string> NamesOfLies => Lies.Keys;

    [TestCaseSource(nameof(NamesOfLies))]
    public async Task Token_ThatLies_BeginsNoSession(string lie)
    {
        _issuer.Says = token => Lies[lie](_issuer, token);

        AssertNoSession(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client), 502, InvalidAnswer);
    }

    [TestCase("{}")]
    [TestCase("""{"id_token":""}""")]
    [TestCase("""{"id_token":"a.b.c"}""")]
    [TestCase("""{"id_token":42}""")]
    [TestCase("""[1]""")]
    [TestCase("""{"id_token":""")]
    [TestCase("")]
    [TestCase("<html>")]
    public async Task TokenEndpoint_ThatAnswersNonsense_BeginsNoSession(string body)
    {
        _issuer.InsteadOfTokens = context => WriteAsync(context, 200, body);

        AssertNoSession(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client), 502, InvalidAnswer);
    }

    [TestCase(400, """{"error":"invalid_grant"}""", 400, Again)]
    [TestCase(401, """{"error":"invalid_client"}""", 502, InvalidAnswer)]
    [TestCase(500, """{"error":"server_error"}""", 502, InvalidAnswer)]
    [TestCase(500, "<html>", 502, InvalidAnswer)]
    [TestCase(302, "", 502, InvalidAnswer)]
    public async Task TokenEndpoint_ThatRefuses_BeginsNoSession(int status, string body, int expected, string type)
    {
        _issuer.InsteadOfTokens = context => WriteAsync(context, status, body);

        AssertNoSession(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client), expected, type);
    }

    [Test]
    public async Task TokenEndpoint_WithAHugeAnswer_BeginsNoSession()
    {
        _issuer.InsteadOfTokens = context => WriteAsync(context, 200, "{\"id_token\":\"" + new string('a', 2_000_000) + "\"}");

        AssertNoSession(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client), 503, "log-in-unavailable");
    }

    [Test]
    public async Task TokenEndpoint_ThatIsDown_BeginsNoSession()
    {
        var begun = await BegunLogIn.BeginAsync(Client);
        await _issuer.StopAsync();

        var answer = await begun.CompleteAsync(Client);

        AssertNoSession(answer, 503, "log-in-unavailable");
        Assert.That(answer.Field("Retry-After"), Is.EqualTo("10"));
    }

    [Test]
    public async Task Callback_AfterARestartWhileTheIssuerIsDown_SaysWhenToTryAgain()
    {
        var begun = await BegunLogIn.BeginAsync(Client);
        await _issuer.StopAsync();
        await Host.RestartAsync($"urls={Host.Address}");

        var answer = await begun.CompleteAsync(Client);

        AssertNoSession(answer, 503, "log-in-unavailable");
        Assert.That(answer.Field("Retry-After"), Is.EqualTo("60"));
    }

    [Test]
    public async Task Name_ThatIsMissing_IsSaid()
    {
        _issuer.Says = token => token.Claims.Remove("preferred_username");

        var answer = await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client);

        AssertNoSession(answer, 403, Refused);
        Assert.That(answer.Json["detail"]!.GetValue<string>(), Does.StartWith("The ID token has no claim 'preferred_username', so the service does not know your name."));
    }

    private static readonly object[] Names = ["", " ", "a\nb", "a\0", " ann", "ann\u200b", "e\u0301", "oidc:ann", "key:abc", "seed", new string('a', 101), new string('a', 10_000), new[] { "ann", "bob" }, true, 1.5, 12345678901234567890123m, new Dictionary<string, object>(), new Dictionary<string, object> { ["name"] = "ann" }, new object[] { new[] { "ann" } }];

    [TestCaseSource(nameof(Names))]
    public async Task Name_ThatIsNoName_BeginsNoSession(object name)
    {
        _issuer.Says = token => token.Claims["preferred_username"] = name;

        AssertNoSession(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client), 403, Refused);
    }

    [Test]
    public async Task Name_ThatIsAWholeNumber_IsItsDigits()
    {
        _issuer.Says = token => token.Claims["preferred_username"] = 9007199254740993;

        var session = BegunLogIn.SessionOf(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client));

        Assert.That(await Client.WhoAmIAsync(session!), Is.EqualTo("oidc:9007199254740993"));
    }

    [Test]
    public async Task Callback_WithoutTheCookies_IsRefused()
    {
        var begun = await BegunLogIn.BeginAsync(Client);

        AssertNoSession(await (begun with { Cookies = "Accept: */*" }).CompleteAsync(Client), 400, Again);
        AssertNoSession(await (begun with { Cookies = (await BegunLogIn.BeginAsync(Client)).Cookies }).CompleteAsync(Client), 400, Again);
        Assert.That(_issuer.Redeemed, Is.Empty, "Nobody else's code is sent to the issuer.");
    }

    [Test]
    public async Task Callback_WithoutTheNonceCookie_IsRefused()
    {
        var begun = await BegunLogIn.BeginAsync(Client);
        var correlation = begun.Cookies[8..].Split("; ").Single(cookie => !cookie.StartsWith("films-login-nonce-", StringComparison.Ordinal));

        AssertNoSession(await (begun with { Cookies = "Cookie: " + correlation }).CompleteAsync(Client), 502, InvalidAnswer);
    }

    [TestCase("")]
    [TestCase("code=abc")]
    [TestCase("code=abc&state=")]
    [TestCase("code=abc&state=CfDJ8forged")]
    [TestCase("code=abc&state=a&state=b")]
    [TestCase("state=%FF%00")]
    [TestCase("error=access_denied")]
    [TestCase("error=access_denied&state=x&error_description=%3Cscript%3E")]
    [TestCase("id_token=eyJhbGciOiJub25lIn0.e30.&state=x")]
    public async Task Callback_WithAnInventedState_IsRefused(string query) =>
        AssertNoSession(await BegunLogIn.ReturnAsync(Client, query, (await BegunLogIn.BeginAsync(Client)).Cookies), 400, Again);

    [Test]
    public async Task Callback_WithAStateOfSevenKilobytes_IsRefused() =>
        AssertNoSession(await BegunLogIn.ReturnAsync(Client, "code=abc&state=" + new string('a', 7000)), 400, Again);

    [Test]
    public async Task Callback_AfterALogInThatWasCancelled_SaysSo()
    {
        var begun = await BegunLogIn.BeginAsync(Client);

        var answer = await BegunLogIn.ReturnAsync(Client, "error=access_denied&error_description=%3Cscript%3E&state=" + Uri.EscapeDataString(begun.State), begun.Cookies);

        AssertNoSession(answer, 403, Refused);
        Assert.That(answer.Json["detail"]!.GetValue<string>(), Is.EqualTo("The login was cancelled or denied at the identity provider. Log in again, or with another account."));
    }

    [TestCase("error=server_error")]
    [TestCase("error=login_required&error_uri=https://evil.example")]
    [TestCase("error=%3Cscript%3E&code=abc")]
    public async Task Callback_WithAnotherErrorOfTheIssuer_RepeatsNothingOfIt(string error)
    {
        var begun = await BegunLogIn.BeginAsync(Client);

        var answer = await BegunLogIn.ReturnAsync(Client, error + "&state=" + Uri.EscapeDataString(begun.State), begun.Cookies);

        AssertNoSession(answer, 502, InvalidAnswer);
        Assert.That(answer.Body, Does.Not.Contain("evil").And.Not.Contain("script").And.Not.Contain("login_required"));
    }

    [Test]
    public async Task Callback_ForTheSecondTime_IsRefusedByItsCookie()
    {
        var begun = await BegunLogIn.BeginAsync(Client);
        var first = await begun.CompleteAsync(Client);

        var deleted = BegunLogIn.CookiesOf(first).Where(cookie => cookie.Contains("=; ", StringComparison.Ordinal)).Select(cookie => cookie.Split('=')[0]).ToList();

        Assert.That(deleted, Is.EquivalentTo(begun.Cookies[8..].Split("; ").Select(cookie => cookie.Split('=')[0])), "The browser has neither of the cookies any more.");
        AssertNoSession(await (begun with { Cookies = "Accept: */*" }).CompleteAsync(Client), 400, Again, sessions: 1);
    }

    [Test]
    public async Task Begin_WhileTheIssuerIsDown_SaysWhenToTryAgain()
    {
        await _issuer.StopAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => GetAsync("/session/oidc")));

        foreach (var answer in answers)
        {
            AssertNoSession(answer, 503, "log-in-unavailable");
            Assert.That(answer.Field("Retry-After"), Is.EqualTo("60"));
        }

        Assert.That((await Client.PostSessionAsync("root", "correct horse")).Status, Is.EqualTo(204), "Passwords still work.");
    }

    [TestCase("nonsense")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("")]
    [TestCase("""{"issuer":"https://elsewhere.example","authorization_endpoint":"https://elsewhere.example/a","token_endpoint":"https://elsewhere.example/t"}""")]
    [TestCase("""{"issuer":"{issuer}"}""")]
    [TestCase("""{"issuer":"{issuer}","authorization_endpoint":"javascript:alert(1)","token_endpoint":"{issuer}"}""")]
    [TestCase("""{"issuer":"{issuer}","authorization_endpoint":"/authorize","token_endpoint":"/token"}""")]
    [TestCase("""{"issuer":"{issuer}","authorization_endpoint":"{issuer}/\u00fc","token_endpoint":"{issuer}/token"}""")]
    [TestCase("""{"issuer":"{issuer}","authorization_endpoint":"{issuer}/\r\nSet-Cookie:x","token_endpoint":"{issuer}/token"}""")]
    [TestCase("""{"issuer":"{issuer}","authorization_endpoint":"{issuer}/authorize","token_endpoint":"http://elsewhere.example/token"}""")]
    [TestCase("""{"issuer":"{issuer}","authorization_endpoint":"http://elsewhere.example/authorize","token_endpoint":"{issuer}/token"}""")]
    public async Task Begin_WithMetadataThatCannotBeUsed_SaysWhenToTryAgain(string document)
    {
        _issuer.Describes = _ => document.Replace("{issuer}", _issuer.Name, StringComparison.Ordinal);

        AssertNoSession(await GetAsync("/session/oidc"), 503, "log-in-unavailable");

        _issuer.Describes = right => right;
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await GetAsync("/session/oidc")).Status, Is.EqualTo(302), "It is read again after a minute.");
    }

    [Test]
    public async Task Begin_WithHugeMetadata_SaysWhenToTryAgain()
    {
        _issuer.Padding = 2_000_000;

        AssertNoSession(await GetAsync("/session/oidc"), 503, "log-in-unavailable");
    }

    [Test]
    public async Task Begin_OnceTheIssuerIsBack_Works()
    {
        _issuer.Padding = 2_000_000;
        await GetAsync("/session/oidc");
        _issuer.Padding = 0;

        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.That(BegunLogIn.SessionOf(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client)), Is.Not.Null);
    }

    /// <summary>The service's other requests, and other ways to log in, do not wait for the issuer.</summary>
    [TestCase("/openid-configuration", false)]
    [TestCase("/openid-configuration", true)]
    [TestCase("/keys", false)]
    public async Task Begin_IssuerHangs_EndsInTimeAndHoldsUpNobodyElse(string document, bool halfway)
    {
        var (asked, over) = (new TaskCompletionSource(), new TaskCompletionSource());
        _issuer.Before = async context =>
        {
            if (context.Request.Path.Value!.EndsWith(document, StringComparison.Ordinal))
            {
                await (halfway ? context.Response.WriteAsync("{\"issuer\":") : Task.CompletedTask);
                asked.TrySetResult();
                await over.Task;
            }
        };
        var begun = Enumerable.Range(0, 20).Select(_ => GetAsync("/session/oidc")).ToArray();
        await asked.Task;

        Assert.That((await Client.PostSessionAsync("root", "correct horse")).Status, Is.EqualTo(204));
        Assert.That((await GetAsync("/films/1", AccessRequests.Root)).Status, Is.EqualTo(200));
        _clock.Advance(TimeSpan.FromSeconds(10));

        foreach (var answer in await Task.WhenAll(begun))
        {
            AssertNoSession(answer, 503, "log-in-unavailable");
            Assert.That((string?)answer.Json["detail"], Does.Match("^The identity provider is not responding. Try again in [0-9]+ seconds.$"));
        }

        over.SetResult();
        _issuer.Before = _ => Task.CompletedTask;
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(BegunLogIn.SessionOf(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client)), Is.Not.Null, "It is back.");
    }

    [Test]
    public async Task Begin_EachDocumentIsSlow_EndsInTime()
    {
        _issuer.Before = _ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(6));
            return Task.CompletedTask;
        };

        AssertNoSession(await GetAsync("/session/oidc"), 503, "log-in-unavailable");
    }

    [Test]
    public async Task TokenEndpoint_ThatHangs_BeginsNoSessionAndHoldsUpNobodyElse()
    {
        var (asked, over) = (new TaskCompletionSource(), new TaskCompletionSource());
        _issuer.InsteadOfTokens = _ =>
        {
            asked.TrySetResult();
            return over.Task;
        };
        var completed = (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client);
        await asked.Task;

        Assert.That((await GetAsync("/films/1", AccessRequests.Root)).Status, Is.EqualTo(200));

        AssertNoSession(await completed, 503, "log-in-unavailable");
        over.SetResult();
        _issuer.InsteadOfTokens = null;
        Assert.That(BegunLogIn.SessionOf(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client)), Is.Not.Null, "It is back.");
    }

    /// <summary>A token that cannot be checked is neither accepted nor called invalid.</summary>
    [Test]
    public async Task Key_ThatIsNewAndCannotBeFetched_IsLookedUpLater()
    {
        var begun = await BegunLogIn.BeginAsync(Client);
        _issuer.Rotate();
        _issuer.Before = context => context.Request.Path == "/keys" ? throw new InvalidOperationException() : Task.CompletedTask;

        var answer = await begun.CompleteAsync(Client);

        AssertNoSession(answer, 503, "log-in-unavailable");
        Assert.That(answer.Field("Retry-After"), Is.EqualTo("60"));
        _issuer.Before = _ => Task.CompletedTask;
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(BegunLogIn.SessionOf(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client)), Is.Not.Null);
    }


    private void AssertNoSession(HttpAnswer answer, int status, string type, int sessions = 0)
    {
        Assert.That((answer.Status, answer.Json["type"]!.GetValue<string>()), Is.EqualTo((status, "/problems/" + type)), answer.Body);
        Assert.That(BegunLogIn.SessionOf(answer), Is.Null);
        Assert.That((long)Host.Query("SELECT count(*) FROM sessions WHERE scopes IS NOT NULL")!, Is.EqualTo(sessions));
        Assert.That(answer.Field("Cache-Control"), Is.EqualTo("no-store"));
    }

    private static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = body.StartsWith('<') ? "text/html" : "application/json";
        return context.Response.WriteAsync(body, Encoding.UTF8);
    }
}
