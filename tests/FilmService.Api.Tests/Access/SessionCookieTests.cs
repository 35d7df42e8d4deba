using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>What a cookie allows, and what becomes of one without a session.</summary>
public sealed class SessionCookieTests : SessionTest
{
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
}
