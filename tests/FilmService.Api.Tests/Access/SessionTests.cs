using System.Text;
using FilmService.Api.Tests.Audit;
using FilmService.Api.Tests.Hosting;
using FilmService.Domain.Access;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Access;

/// <summary>How sessions begin, hold and end.</summary>
public sealed class SessionTests : ServiceTest
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override Task<FilmServiceHost> StartHostAsync() => FilmServiceHost.StartAsync(_clock, AccessRequests.Scoped);

    [Test]
    public async Task LogIn_WithAPassword_GivesACookieForThisHostAlone()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");

        var answer = await Client.PostSessionAsync("ann", "tops3cret");

        Assert.That((answer.Status, answer.Body, answer.Field("Cache-Control")), Is.EqualTo((204, "", "no-store")));
        Assert.That(answer.Field("Set-Cookie"), Does.Match($"^films-{Host.Address.Port}=fss_[-_0-9A-Za-z]{{48}}; Path=/; HttpOnly; SameSite=Strict$"));
        var cookie = "Cookie: " + answer.Field("Set-Cookie")!.Split(';')[0];
        Assert.That((await Client.SendAsync("GET", "/me", null, cookie)).Body,
            Is.EqualTo("""{"name":"ann","method":"session","scopes":["films:write"],"mayWrite":true,"mayAdminister":false}"""));
        Assert.That((await Client.SendAsync("DELETE", "/films/1", null, cookie, SessionRequests.SamePage)).Status, Is.EqualTo(204));
        Assert.That((await Client.SendAsync("GET", "/changes?since=0", null, cookie)).Body, Does.Contain("\"By\":\"ann\",\"Id\":\"1\",\"Deleted\":true"));
    }

    [Test]
    public async Task LogIn_InTheDatabase_LeavesNeitherTokenNorPassword()
    {
        var cookie = await Client.LogInAsync("root", "correct horse");
        var token = cookie.Split('=')[1];

        var row = (string)Host.Query("SELECT concat_ws(' ', id, name, hex(binding)) FROM sessions")!;

        Assert.That(row, Does.StartWith(Session.IdOf(token) + " root ").And.Not.Contain(token[4..]));
        Assert.That(row, Does.Not.Contain("correct").And.Not.Contain(Convert.ToHexString(Encoding.UTF8.GetBytes("correct horse"))));
    }

    [TestCase("ann", "wrong")]
    [TestCase("nobody", "tops3cret")]
    [TestCase("ann\n", "tops3cret")]
    [TestCase("ann:tops3cret", "x")]
    [TestCase("ann", "tops3cret\0")]
    [TestCase("ANN", "tops3cret")]
    public async Task LogIn_WithWrongCredentials_IsRefusedWithoutABrowsersDialog(string name, string password)
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");

        var answer = await Client.PostSessionAsync(name, password, "Sec-Fetch-Mode: navigate", SessionRequests.SamePage);

        Assert.That((answer.Status, answer.Field("WWW-Authenticate"), answer.Field("Set-Cookie")), Is.EqualTo((401, "Bearer realm=\"FilmService\"", (string?)null)));
    }

    [Test]
    public async Task LogIn_TooOftenWrong_CountsWithBasic()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.That((await Client.PostSessionAsync("root", $"guess {i}")).Status, Is.EqualTo(401));
            Assert.That((await Client.SendAsync("GET", "/films", null, AccessRequests.Basic("root", $"guess {i}"))).Status, Is.EqualTo(401));
        }

        var answer = await Client.PostSessionAsync("root", "one more");

        Assert.That((answer.Status, answer.Json["type"]!.GetValue<string>()), Is.EqualTo((429, "/problems/too-many-failed-log-ins")));
        Assert.That(answer.Field("Retry-After"), Is.Not.Null);
    }

    [TestCase("application/json", """{"name":"ann"}""", 400)]
    [TestCase("application/json", """{"name":"ann","password":""}""", 400)]
    [TestCase("application/json", """{"name":["ann"],"password":"tops3cret"}""", 400)]
    [TestCase("application/json", """{"name":"ann","name":"ann","password":"tops3cret"}""", 400)]
    [TestCase("application/json", """{"name":"ann","password":"tops3cret","remember":true}""", 400)]
    [TestCase("application/json", """{"name":"ann","password":"tops3cret""", 400)]
    [TestCase("application/x-www-form-urlencoded", "name=ann&name=bob&password=tops3cret", 400)]
    [TestCase("application/x-www-form-urlencoded", "name=%FF&password=tops3cret", 400)]
    [TestCase("application/x-www-form-urlencoded; charset=latin1", "name=ann&password=tops3cret", 415)]
    [TestCase("text/plain", "name=ann&password=tops3cret", 415)]
    [TestCase("multipart/form-data; boundary=x", "--x--", 415)]
    public async Task LogIn_WithAnOddBody_IsRefused(string type, string body, int status)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.That((await Client.SendAsync("POST", "/session", content)).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task LogIn_InTheUrlOrHuge_IsRefused()
    {
        Assert.That((await Client.SendAsync("POST", "/session?name=root&password=correct%20horse", HttpRequests.Json("{}"))).Status, Is.EqualTo(400));
        Assert.That((await Client.PostSessionAsync("root", new string('x', 900_000))).Status, Is.EqualTo(401));
        Assert.That((await Client.PostSessionAsync("root", new string('x', 1_100_000))).Status, Is.EqualTo(413));
        Assert.That((await Client.PostSessionAsync("root", "correct horse", AccessRequests.Root)).Status, Is.EqualTo(400), "Two credentials.");
        Assert.That((await Client.PostSessionAsync("root", "correct horse", "X-API-Key: x")).Status, Is.EqualTo(400), "Two credentials.");
    }

    [TestCase("Sec-Fetch-Site: cross-site")]
    [TestCase("Origin: https://evil.example")]
    public async Task LogIn_FromAnotherSitesPage_IsRefused(string field) =>
        Assert.That((await Client.PostSessionAsync("root", "correct horse", field)).Status, Is.EqualTo(403));

    [Test]
    public async Task LogOut_EndsTheSessionAtOnce()
    {
        var cookie = await Client.LogInAsync("root", "correct horse");

        var answer = await Client.SendAsync("DELETE", "/session", null, cookie, SessionRequests.SamePage);

        Assert.That((answer.Status, answer.Field("Set-Cookie")), Is.EqualTo((204, $"films-{Host.Address.Port}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")));
        Assert.That((await Client.SendAsync("GET", "/films", null, cookie)).Status, Is.EqualTo(401));
        Assert.That(Host.Query("SELECT count(*) FROM sessions"), Is.EqualTo(0));
        Assert.That((await Client.SendAsync("DELETE", "/session", null, cookie, SessionRequests.SamePage)).Status, Is.EqualTo(204), "Again.");
        Assert.That(await Client.ReadAuditAsync(), Is.EqualTo(new[] { "root session login", "root session logout" }));
    }

    [Test]
    public async Task LogOut_ManyAtOnce_AllSucceedAndOneIsRecorded()
    {
        var cookie = await Client.LogInAsync("root", "correct horse");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Client.SendAsync("DELETE", "/session", null, cookie, SessionRequests.SamePage)));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(204));
        Assert.That(await Client.ReadAuditAsync(), Is.EqualTo(new[] { "root session login", "root session logout" }));
    }

    [Test]
    public async Task LogOut_FromAnotherPageOrWithAnotherCredential_IsRefused()
    {
        var cookie = await Client.LogInAsync("root", "correct horse");

        Assert.That((await Client.SendAsync("DELETE", "/session", null, cookie)).Status, Is.EqualTo(403));
        Assert.That((await Client.SendAsync("DELETE", "/session", null, cookie, SessionRequests.SamePage, AccessRequests.Root)).Status, Is.EqualTo(400));
        Assert.That(await Client.WhoAmIAsync(cookie), Is.EqualTo("root"));
    }

    [TestCase(SessionRequests.SamePage, 204)]
    [TestCase("Origin: {own}", 204)]
    [TestCase("Origin: null|" + SessionRequests.SamePage, 204)]
    [TestCase("", 403)]
    [TestCase("Sec-Fetch-Site: none", 403)]
    [TestCase("Sec-Fetch-Site: same-site", 403)]
    [TestCase("Sec-Fetch-Site: cross-site", 403)]
    [TestCase("Origin: null", 403)]
    [TestCase("Origin: https://evil.example", 403)]
    [TestCase("Origin: https://evil.example|" + SessionRequests.SamePage, 403)]
    [TestCase("Origin: https://friend.example", 403)]
    public async Task Write_BySession_MustComeFromTheServicesOwnPages(string fields, int status)
    {
        await Host.RestartAsync("Cors:Origins:0=https://friend.example");
        Client = Host.CreateClient();
        var cookie = await Client.LogInAsync("root", "correct horse");

        var answer = await Client.SendAsync("DELETE", "/films/1", null,
            [cookie, .. fields.Replace("{own}", Host.Address.ToString().TrimEnd('/'), StringComparison.Ordinal).Split('|', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That((await Client.SendAsync("GET", "/films", null, cookie)).Status, Is.EqualTo(200), "Reading needs nothing more.");
    }

    [Test]
    public async Task Session_AfterARestart_HoldsForEachKindOfUser()
    {
        var hash = Api.Access.Authentication.UserDirectory.Hash("hashed one");
        string[] hashed = ["Authentication:Users:1:Name=hal", $"Authentication:Users:1:PasswordHash={hash}", "Authentication:Users:1:Scopes:0=admin"];
        await Host.RestartAsync(hashed);
        Client = Host.CreateClient();
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        string[] cookies = [await Client.LogInAsync("root", "correct horse"), await Client.LogInAsync("hal", "hashed one"), await Client.LogInAsync("ann", "tops3cret")];
        var port = Host.Address.Port;

        await Host.RestartAsync();
        Client = Host.CreateClient();

        var names = new List<string?>();
        foreach (var cookie in cookies)
        {
            names.Add(await Client.WhoAmIAsync(cookie.Replace($"films-{port}", $"films-{Host.Address.Port}", StringComparison.Ordinal)));
        }

        Assert.That(names, Is.EqualTo(new[] { "root", "hal", "ann" }));
    }

    [Test]
    public async Task Session_AfterTheSettingsPasswordChanged_DoesNotHold()
    {
        var cookie = await Client.LogInAsync("root", "correct horse");
        var port = Host.Address.Port;

        await Host.RestartAsync("Authentication:Users:0:Password=another horse");
        Client = Host.CreateClient();

        Assert.That(await Client.WhoAmIAsync(cookie.Replace($"films-{port}", $"films-{Host.Address.Port}", StringComparison.Ordinal)), Is.Null);
    }

    [TestCase("""{"password":"tops3cret2","scopes":["films:write"]}""")]
    [TestCase("""{"password":"tops3cret","scopes":["films:write"]}""")]
    [TestCase("""{"password":"tops3cret","scopes":["films:read"]}""")]
    public async Task Session_OfAUserWhomAnAdministratorChanged_Ends(string change)
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        var cookie = await Client.LogInAsync("ann", "tops3cret");

        await Client.SendAsync("PUT", "/users/ann", HttpRequests.Json(change), AccessRequests.Root);

        Assert.That(await Client.WhoAmIAsync(cookie), Is.Null);
    }

    [Test]
    public async Task Session_OfADeletedUser_StaysEndedWhenTheNameComesBack()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        var cookie = await Client.LogInAsync("ann", "tops3cret");

        await Client.SendAsync("DELETE", "/users/ann", null, AccessRequests.Root);

        Assert.That((await Client.SendAsync("GET", "/films", null, cookie)).Status, Is.EqualTo(401));
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        Assert.That(await Client.WhoAmIAsync(cookie), Is.Null);
    }

    [Test]
    public async Task Session_Unused_ExpiresAfterTwelveHours()
    {
        var (used, unused) = (await Client.LogInAsync("root", "correct horse"), await Client.LogInAsync("root", "correct horse"));
        for (var hour = 0; hour < 11; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            Assert.That(await Client.WhoAmIAsync(used), Is.EqualTo("root"));
        }

        _clock.Advance(TimeSpan.FromHours(1.5));

        Assert.That((await Client.WhoAmIAsync(used), await Client.WhoAmIAsync(unused)), Is.EqualTo(("root", (string?)null)));
        _clock.Advance(TimeSpan.FromHours(12));
        Assert.That(await Client.WhoAmIAsync(used), Is.Null);
    }

    [Test]
    public async Task Session_Used_IsWrittenAtMostOnceAnHourAndKeptOverARestart()
    {
        var cookie = await Client.LogInAsync("root", "correct horse");
        var before = (long)Host.Query("SELECT expires_at FROM sessions")!;
        _clock.Advance(TimeSpan.FromMinutes(50));
        await Client.WhoAmIAsync(cookie);
        await Host.StopAsync();
        Assert.That(Host.Query("SELECT expires_at FROM sessions"), Is.EqualTo(before), "Not even an hour has passed.");

        await Host.RestartAsync();
        Client = Host.CreateClient();
        cookie = $"Cookie: films-{Host.Address.Port}={cookie.Split('=')[1]}";
        _clock.Advance(TimeSpan.FromMinutes(20));
        Assert.That(await Client.WhoAmIAsync(cookie), Is.EqualTo("root"));
        await Host.RestartAsync();

        Assert.That(Host.Query("SELECT expires_at FROM sessions"), Is.EqualTo(before + (long)TimeSpan.FromMinutes(70).TotalMilliseconds).Within(1));
    }

    [Test]
    public async Task Sessions_ThatHaveExpired_AreRemovedFromTheDatabase()
    {
        for (var i = 0; i < 5; i++)
        {
            await Client.LogInAsync("root", "correct horse");
        }

        Assert.That(() => CountAfter(TimeSpan.FromHours(13)), Is.EqualTo(0).After(30_000, 10));
    }

    [Test]
    public async Task Sessions_OfOneUser_AreBounded()
    {
        var first = await Client.LogInAsync("root", "correct horse");
        for (var i = 0; i < SessionDirectory.MaxPerUser; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Client.LogInAsync("root", "correct horse");
        }

        Assert.That(Host.Query("SELECT count(*) FROM sessions"), Is.EqualTo(SessionDirectory.MaxPerUser));
        Assert.That(await Client.WhoAmIAsync(first), Is.Null, "The oldest has ended.");
    }

    [Test]
    public async Task LogIn_WithAnOldSession_ReplacesIt()
    {
        var old = await Client.LogInAsync("root", "correct horse");

        var cookie = await Client.LogInAsync("root", "correct horse", old);

        Assert.That((await Client.WhoAmIAsync(old), await Client.WhoAmIAsync(cookie)), Is.EqualTo(((string?)null, "root")));
    }

    [Test]
    public async Task Cookie_BesideAnotherCredential_IsIgnored()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        var (cookie, (_, key)) = (await Client.LogInAsync("root", "correct horse"), await Client.CreateKeyAsync("films:read"));

        Assert.That(await Client.WhoAmIAsync(cookie, AccessRequests.Basic("ann", "tops3cret")), Is.EqualTo("ann"));
        Assert.That(await Client.WhoAmIAsync(cookie, "X-API-Key: " + key), Does.StartWith("key:"));
        Assert.That((await Client.SendAsync("GET", "/users", null, cookie, "X-API-Key: " + key)).Status, Is.EqualTo(403));
        Assert.That((await Client.SendAsync("GET", "/films", null, cookie, "X-API-Key: wrong")).Status, Is.EqualTo(401));
        Assert.That((await Client.SendAsync("GET", "/films", null, "Cookie: films-1=x", "X-API-Key: " + key)).Field("Set-Cookie"), Is.Null);
    }

    private static IEnumerable<TestCaseData> OddCookies =>
    [
        new TestCaseData("{0}={1}; {0}={1}").SetArgDisplayNames("twice"),
        new TestCaseData("{0}={1}; {0}=").SetArgDisplayNames("twice, once empty"),
        new TestCaseData("{0}=").SetArgDisplayNames("empty"),
        new TestCaseData("{0}={1}x").SetArgDisplayNames("longer"),
        new TestCaseData("{0}=\"{1}\"").SetArgDisplayNames("quoted"),
        new TestCaseData("{0}=fss_" + new string('A', 48)).SetArgDisplayNames("forged"),
        new TestCaseData("{0}=fsk_{2}").SetArgDisplayNames("of another kind"),
        new TestCaseData("{0}=" + new string('x', 8_000)).SetArgDisplayNames("8 KB"),
        new TestCaseData("{0}=%F0%9F%8E%AC").SetArgDisplayNames("encoded"),
    ];

    [TestCaseSource(nameof(OddCookies))]
    public async Task Cookie_ThatDoesNotHold_CountsAsNoneAndIsDeleted(string form)
    {
        await Host.RestartAsync("Access:Read=Anonymous");
        Client = Host.CreateClient();
        var (name, token) = ($"films-{Host.Address.Port}", (await Client.LogInAsync("root", "correct horse")).Split('=')[1]);

        var answer = await Client.SendAsync("GET", "/films/1", null, "Cookie: other=1; " + string.Format(null, form, name, token, token[4..]));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Avengers)));
        Assert.That(answer.Field("Set-Cookie"), Is.EqualTo($"{name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0"));
        Assert.That(answer.Field("Cache-Control"), Is.EqualTo("no-store"), "No cache may delete the cookies of others.");
    }

    [TestCase("other=1")]
    [TestCase("xfilms-1=1")]
    [TestCase("__Host-films=fss_x")]
    [TestCase("; ;=;")]
    public async Task Cookie_OfSomethingElse_IsLeftAlone(string cookies)
    {
        var answer = await Client.SendAsync("GET", "/me", null, "Cookie: " + cookies);

        Assert.That((answer.Status, answer.Field("Set-Cookie")), Is.EqualTo((200, (string?)null)));
    }

    [Test]
    public async Task Cookie_FromAnotherDatabase_DoesNotHold()
    {
        await using var other = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        using var client = other.CreateClient();
        var token = (await client.LogInAsync("root", "correct horse")).Split('=')[1];

        Assert.That(await Client.WhoAmIAsync($"Cookie: films-{Host.Address.Port}={token}"), Is.Null);
    }

    [Test]
    public async Task Scope_ThatTheUserLacks_Is403WithoutAChallenge()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        var cookie = await Client.LogInAsync("ann", "tops3cret");

        var answer = await Client.SendAsync("GET", "/users", null, cookie);

        Assert.That((answer.Status, answer.Field("WWW-Authenticate")), Is.EqualTo((403, (string?)null)));
    }

    [Test]
    public async Task LogIn_AtTheMomentOfTheUsersDeletion_LeavesNoSessionThatHolds()
    {
        for (var i = 0; i < 10; i++)
        {
            await Client.PutUserAsync("ann", "tops3cret", "films:read");
            var logIns = Enumerable.Range(0, 4).Select(_ => Client.PostSessionAsync("ann", "tops3cret")).ToList();
            var deletion = Client.SendAsync("DELETE", "/users/ann", null, AccessRequests.Root);
            await deletion;

            foreach (var answer in (await Task.WhenAll(logIns)).Where(answer => answer.Status == 204))
            {
                Assert.That(await Client.WhoAmIAsync("Cookie: " + answer.Field("Set-Cookie")!.Split(';')[0]), Is.Null);
            }
        }
    }

    // The timer that removes them may not have been started yet.
    private object? CountAfter(TimeSpan time)
    {
        _clock.Advance(time);
        return Host.Query("SELECT count(*) FROM sessions");
    }
}
