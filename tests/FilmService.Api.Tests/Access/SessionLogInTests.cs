using System.Text;
using FilmService.Api.Tests.Audit;
using FilmService.Api.Tests.Hosting;
using FilmService.Domain.Access;

namespace FilmService.Api.Tests.Access;

/// <summary>How sessions begin, by logging in, and end, by logging out.</summary>
public sealed class SessionLogInTests : SessionTest
{
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

    [Test]
    public async Task LogIn_WithAnOldSession_ReplacesIt()
    {
        var old = await Client.LogInAsync("root", "correct horse");

        var cookie = await Client.LogInAsync("root", "correct horse", old);

        Assert.That((await Client.WhoAmIAsync(old), await Client.WhoAmIAsync(cookie)), Is.EqualTo(((string?)null, "root")));
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
}
