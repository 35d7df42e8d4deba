using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Access;

/// <summary>How people log in with OpenID Connect, and what they may do then.</summary>
public sealed class OpenIdConnectTests : ServiceTest
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private FakeIssuer _issuer = null!;

    internal static string[] SettingsFor(string authority) =>
    [
        .. AccessRequests.Scoped, $"Authentication:OpenIdConnect:Authority={authority}", "Authentication:OpenIdConnect:ClientId=films", "Authentication:OpenIdConnect:ClientSecret=films-secret",
        "Authentication:OpenIdConnect:Roles:0:Value=film-editors", "Authentication:OpenIdConnect:Roles:0:Scopes:0=films:write",
        "Authentication:OpenIdConnect:Roles:1:Value=film-owners", "Authentication:OpenIdConnect:Roles:1:Scopes:0=admin",
    ];

    protected override async Task<FilmServiceHost> StartHostAsync()
    {
        _issuer = await FakeIssuer.StartAsync(_clock);
        return await FilmServiceHost.StartAsync(_clock, SettingsFor(_issuer.Name));
    }

    [TearDown]
    public async Task StopIssuerAsync() => await _issuer.DisposeAsync();

    [Test]
    public async Task LogIn_AtTheIssuer_BeginsASessionWithTheScopesOfTheRoles()
    {
        var begun = await BegunLogIn.BeginAsync(Client, "?return=%2Fui%2Ffilms%3Fq%3Dup%26limit%3D5");

        var answer = await begun.CompleteAsync(Client);

        Assert.That((answer.Status, answer.ContentType, answer.Field("Cache-Control")), Is.EqualTo((200, "text/html; charset=utf-8", "no-store")));
        Assert.That(answer.Body, Does.Contain("""<meta http-equiv="refresh" content="0;url=/ui/films?q=up&amp;limit=5">"""));
        Assert.That(BegunLogIn.CookiesOf(answer).First(cookie => cookie.Contains("fss_")), Does.Match("^films-[0-9]+=fss_[-_0-9A-Za-z]{48}; Path=/; HttpOnly; SameSite=Strict$"));
        var session = BegunLogIn.SessionOf(answer)!;
        Assert.That((await GetAsync("/me", session)).Body,
            Is.EqualTo("""{"name":"oidc:ann@example.com","method":"oidc","scopes":["films:write"],"mayWrite":true,"mayAdminister":false}"""));
        Assert.That((await DeleteAsync("1", session, SessionRequests.SamePage)).Status, Is.EqualTo(204));
        Assert.That((await GetAsync("/changes?since=0", session)).Body, Does.Contain("\"By\":\"oidc:ann@example.com\",\"Id\":\"1\",\"Deleted\":true"));
        Assert.That((await GetAsync("/users", session)).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Begin_Always_RequestsACodeWithPkceForThisServiceAlone()
    {
        var answer = await GetAsync("/session/oidc");

        var begun = await BegunLogIn.BeginAsync(Client);
        Assert.That(begun.Issuer.GetLeftPart(UriPartial.Path), Is.EqualTo(new Uri(_issuer.Name).GetLeftPart(UriPartial.Authority) + "/authorize"));
        Assert.That(new[] { "client_id", "response_type", "scope", "code_challenge_method", "redirect_uri" }.Select(begun.Parameter),
            Is.EqualTo(new[] { "films", "code", "openid profile", "S256", new Uri(Host.Address, "/session/oidc/callback").ToString() }));
        Assert.That(begun.Parameter("response_mode"), Is.AnyOf("", "query"));
        Assert.That(BegunLogIn.CookiesOf(answer), Has.Exactly(2).Items.And.All.Contains("; path=/session/oidc; samesite=lax; httponly"));
        Assert.That(answer.Field("Cache-Control"), Is.EqualTo("no-store"));
        await begun.CompleteAsync(Client);
        Assert.That(_issuer.Redeemed.Single()["code_verifier"].ToString(), Has.Length.GreaterThanOrEqualTo(43));
    }

    [Test]
    public async Task LogIn_InTwoTabsAtOnce_CompletesInBoth()
    {
        var begun = await Task.WhenAll(BegunLogIn.BeginAsync(Client), BegunLogIn.BeginAsync(Client, "?return=/films"));
        var jar = $"Cookie: {begun[0].Cookies[8..]}; {begun[1].Cookies[8..]}";

        var answers = await Task.WhenAll(begun.Select(one => (one with { Cookies = jar }).CompleteAsync(Client)));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200));
        Assert.That(answers.Select(answer => answer.Body.Contains("url=/films\"")), Is.EqualTo(new[] { false, true }));
        foreach (var answer in answers)
        {
            Assert.That(await Client.WhoAmIAsync(BegunLogIn.SessionOf(answer)!), Is.EqualTo("oidc:ann@example.com"));
        }
    }

    [Test]
    public async Task LogIn_DuringARestart_IsCompletedAfterIt()
    {
        var begun = await BegunLogIn.BeginAsync(Client);

        await Host.RestartAsync($"urls={Host.Address}");

        Assert.That(BegunLogIn.SessionOf(await begun.CompleteAsync(Client)), Is.Not.Null);
        Assert.That((long)Host.Query("SELECT count(*) FROM protection_keys")!, Is.EqualTo(1));
    }

    [Test]
    public async Task Keys_InTheDatabase_AreEncrypted()
    {
        await BegunLogIn.BeginAsync(Client);

        Assert.That(Host.Query("SELECT name FROM protection_keys"), Does.StartWith("key-"));
        Assert.That(System.Text.Encoding.Latin1.GetString((byte[])Host.Query("SELECT protected_key FROM protection_keys")!), Does.Not.Contain("masterKey"));
    }

    [Test]
    public async Task LogIn_WithoutTheKeysBesideTheDatabase_FailsOnceAndThenWorks()
    {
        var begun = await BegunLogIn.BeginAsync(Client);

        await Host.RestartAsync(() => Directory.Delete(Host.DatabasePath + "-keys", recursive: true));
        Client = Host.CreateClient();

        Assert.That((await begun.CompleteAsync(Client)).Status, Is.EqualTo(400));
        Assert.That(BegunLogIn.SessionOf(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client)), Is.Not.Null);
    }

    [Test]
    public async Task Session_OfAnIssuer_HasNoPasswordAndNoKeys()
    {
        await Client.PutUserAsync("ann@example.com", "tops3cret", "films:write");
        var session = await LogInAsync();

        var password = await Client.SendAsync("PUT", "/me/password", HttpRequests.Json("""{"current":"tops3cret","new":"tops3cret2"}"""), session, SessionRequests.SamePage);
        var keys = await GetAsync("/api-keys", session);

        Assert.That((password.Status, keys.Status), Is.EqualTo((403, 403)));
        Assert.That(password.Json["detail"]!.GetValue<string>(), Does.EndWith("If you log in elsewhere, change your password there."));
    }

    [Test]
    public async Task Session_OfAnIssuer_OutlivesAUserOfTheSameNameAndItsPassword()
    {
        await Client.PutUserAsync("ann@example.com", "tops3cret", "films:write");
        var session = await LogInAsync();

        await Client.PutUserAsync("ann@example.com", "tops3cret2", "films:read");
        await Client.SendAsync("DELETE", "/users/ann@example.com", null, AccessRequests.Root);

        Assert.That(await Client.WhoAmIAsync(session), Is.EqualTo("oidc:ann@example.com"));
    }

    [Test]
    public async Task Session_OfAnIssuer_EndsAfterTwelveHoursHoweverOftenItIsUsed()
    {
        var session = await LogInAsync();

        for (var hour = 0; hour < 11; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            Assert.That(await Client.WhoAmIAsync(session), Is.Not.Null, $"hour {hour}");
        }

        _clock.Advance(TimeSpan.FromMinutes(61));
        Assert.That(await Client.WhoAmIAsync(session), Is.Null);
    }

    private static readonly string[][] OtherSettings =
    [
        ["Authentication:OpenIdConnect:ClientId=other"],
        ["Authentication:OpenIdConnect:Authority=https://elsewhere.example"],
        ["Authentication:OpenIdConnect:NameClaim=email"],
        ["Authentication:OpenIdConnect:RoleClaim=groups"],
        ["Authentication:OpenIdConnect:Roles:0:Scopes:0=films:read"],
        ["Authentication:OpenIdConnect:Roles:0:Value=editors"],
        ["Authentication:OpenIdConnect:Roles:2:Value=readers", "Authentication:OpenIdConnect:Roles:2:Scopes:0=films:read"],
    ];

    [TestCaseSource(nameof(OtherSettings))]
    public async Task Session_AfterTheSettingsThatGaveItHaveChanged_HasEnded(params string[] settings)
    {
        var session = await LogInAsync();

        await Host.RestartAsync([$"urls={Host.Address}", .. settings]);

        Assert.That(await Client.WhoAmIAsync(session), Is.Null);
        Assert.That((await DeleteAsync("1", session, SessionRequests.SamePage)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Session_AfterOpenIdConnectWasRemoved_HasEnded()
    {
        var session = await LogInAsync();

        await Host.RestartWithAsync([$"urls={Host.Address}", .. AccessRequests.Scoped]);

        Assert.That(await Client.WhoAmIAsync(session), Is.Null);
    }

    [TestCase("Authentication:OpenIdConnect:ClientSecret=renewed")]
    [TestCase("Authentication:OpenIdConnect:DisplayName=Our company")]
    [TestCase("Authentication:OpenIdConnect:RequestedScopes:0=email")]
    public async Task Session_AfterOtherSettingsHaveChanged_StaysValid(string setting)
    {
        var session = await LogInAsync();

        await Host.RestartAsync($"urls={Host.Address}", setting);

        Assert.That(await Client.WhoAmIAsync(session), Is.EqualTo("oidc:ann@example.com"));
    }

    [Test]
    public async Task Session_AfterTheRolesWereListedInAnotherOrder_StaysValid()
    {
        var session = await LogInAsync();

        await Host.RestartWithAsync([$"urls={Host.Address}", .. SettingsFor(_issuer.Name).Select(setting =>
            setting.Contains(":Roles:0:", StringComparison.Ordinal) ? setting.Replace(":Roles:0:", ":Roles:1:", StringComparison.Ordinal) : setting.Replace(":Roles:1:", ":Roles:0:", StringComparison.Ordinal))]);

        Assert.That(await Client.WhoAmIAsync(session), Is.EqualTo("oidc:ann@example.com"));
    }

    [Test]
    public async Task LogIn_WithOtherRolesThanBefore_EndsTheSessionsWithTheOldScopes()
    {
        var (first, same) = (await LogInAsync(), await LogInAsync());
        Assert.That(await Client.WhoAmIAsync(first), Is.Not.Null);

        _issuer.Says = token => token.Claims["roles"] = new[] { "film-owners" };
        var owner = await LogInAsync();

        Assert.That((await Client.WhoAmIAsync(first), await Client.WhoAmIAsync(same)), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That((await GetAsync("/users", owner)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task LogIn_AfterAllRolesWereTakenAway_IsRefusedAndEndsTheSessions()
    {
        var session = await LogInAsync();

        _issuer.Says = token => token.Claims["roles"] = "Film-Editors";
        var answer = await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client);

        AssertProblem(answer, Problem("log-in-refused", "The login was refused", 403,
            "Your account has no access to this service: the claim 'roles' has none of the values in Authentication:OpenIdConnect:Roles. Ask an administrator for access, or log in with another account.", "/session/oidc/callback"));
        Assert.That((BegunLogIn.SessionOf(answer), await Client.WhoAmIAsync(session)), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public async Task LogOut_OfAnIssuersSession_EndsItAndIsRecordedLikeTheLogIn()
    {
        var session = await LogInAsync();

        Assert.That((await Client.SendAsync("DELETE", "/session", null, session, SessionRequests.SamePage)).Status, Is.EqualTo(204));

        Assert.That(await Client.WhoAmIAsync(session), Is.Null);
        var entries = (await GetAsync("/audit", AccessRequests.Root)).Json["items"]!.AsArray().Where(entry => (string?)entry!["method"] == "oidc");
        Assert.That(entries.Select(entry => $"{entry!["by"]} {entry["action"]} {entry["from"]}"),
            Is.EqualTo(new[] { "oidc:ann@example.com login 127.0.0.1", "oidc:ann@example.com logout 127.0.0.1" }));
    }

    [TestCase("https://evil.example/")]
    [TestCase("//evil.example")]
    [TestCase("///evil.example")]
    [TestCase("/\\evil.example")]
    [TestCase("\\/evil.example")]
    [TestCase("/\t/evil.example")]
    [TestCase("\n//evil.example")]
    [TestCase(" //evil.example")]
    [TestCase("/ui\r\nLocation: https://evil.example")]
    [TestCase("javascript:alert(1)")]
    [TestCase("ui/films")]
    [TestCase("/é")]
    [TestCase("")]
    public async Task Begin_WithAnAddressElsewhere_IsRefused(string address)
    {
        var answer = await GetAsync("/session/oidc?return=" + Uri.EscapeDataString(address));

        AssertProblem(answer, InvalidParameters("/session/oidc", ("return", "'return' must be a path of this service that begins with a single '/', of at most 2000 visible ASCII characters and without '\\'.")));
        Assert.That(BegunLogIn.CookiesOf(answer), Is.Empty);
    }

    [TestCase("?return=/ui&return=//evil.example")]
    [TestCase("?to=/ui")]
    [TestCase("?return=%FF")]
    public async Task Begin_WithOtherParameters_IsRefused(string query) => Assert.That((await GetAsync("/session/oidc" + query)).Status, Is.EqualTo(400));

    [Test]
    public async Task Begin_WithTheLongestAddress_StaysBelowTheLimitOfUrls()
    {
        var address = "/" + new string('%', 1999);

        var begun = await BegunLogIn.BeginAsync(Client, "?return=" + Uri.EscapeDataString(address));

        Assert.That((await GetAsync("/session/oidc?return=" + Uri.EscapeDataString(address + "x"))).Status, Is.EqualTo(400));
        Assert.That((await begun.CompleteAsync(Client)).Body, Does.Contain($"url={address}\""));
    }

    [Test]
    public async Task Begin_OverAndOver_KeepsFewCookiesAndNothingHere()
    {
        var jar = new Dictionary<string, string>();
        for (var i = 0; i < 50; i++)
        {
            var answer = await GetAsync("/session/oidc", "Cookie: " + string.Join("; ", jar.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            foreach (var cookie in BegunLogIn.CookiesOf(answer).Select(cookie => cookie.Split(';')))
            {
                var (name, value) = (cookie[0].Split('=')[0], cookie[0].Split('=')[1]);
                _ = value.Length == 0 ? jar.Remove(name) : jar.TryAdd(name, value);
            }

            Assert.That(jar, Has.Count.InRange(2, 20));
        }
    }

    [Test]
    public async Task Key_ThatTheIssuerHasJustMade_IsFetched()
    {
        await LogInAsync();

        _issuer.Rotate();

        Assert.That(await LogInAsync(), Is.Not.Null);
        Assert.That(_issuer.Asked, Is.EqualTo(2), "A known key is not looked up.");
    }

    private async Task<string> LogInAsync()
    {
        var answer = await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client);
        return BegunLogIn.SessionOf(answer) ?? throw new InvalidOperationException(answer.Body);
    }
}
