using FilmService.Api.Tests.Audit;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>Users who change their own password.</summary>
public sealed class OwnPasswordTests : ServiceTest
{
    private const string Change = """{"current":"tops3cret","new":"a better one"}""";

    protected override string[] Settings => AccessRequests.Scoped;

    [Test]
    public async Task Change_BySession_EndsTheOtherLoginsAndKeepsThisOne()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        var (here, elsewhere) = (await Client.LogInAsync("ann", "tops3cret"), await Client.LogInAsync("ann", "tops3cret"));

        var answer = await PutAsync(Change, here, SessionRequests.SamePage);

        Assert.That((answer.Status, answer.Field("Cache-Control")), Is.EqualTo((204, "no-store")), answer.Body);
        Assert.That((await Client.WhoAmIAsync(here), await Client.WhoAmIAsync(elsewhere)), Is.EqualTo(("ann", (string?)null)));
        Assert.That((await Client.SendAsync("GET", "/films", null, AccessRequests.Basic("ann", "tops3cret"))).Status, Is.EqualTo(401));
        Assert.That((await Client.SendAsync("GET", "/films", null, AccessRequests.Basic("ann", "a better one"))).Status, Is.EqualTo(200));
        Assert.That(Host.Query("SELECT count(*) FROM sessions"), Is.EqualTo(1));
        Assert.That(await Client.ReadAuditAsync(), Does.Contain("ann session user.password-changed ann"));
    }

    [Test]
    public async Task Change_ThenARestart_KeepsTheSession()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        var cookie = await Client.LogInAsync("ann", "tops3cret");
        await PutAsync(Change, cookie, SessionRequests.SamePage);

        await Host.RestartAsync();
        Client = Host.CreateClient();

        Assert.That(await Client.WhoAmIAsync($"Cookie: films-{Host.Address.Port}={cookie.Split('=')[1]}"), Is.EqualTo("ann"));
    }

    [Test]
    public async Task Change_WithBasic_EndsAllSessionsAndKeepsScopesAndKeys()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        var cookie = await Client.LogInAsync("ann", "tops3cret");
        var key = await OwnKeysTests.CreateAsync(Client, AccessRequests.Basic("ann", "tops3cret"), "films:write");

        Assert.That((await PutAsync(Change, AccessRequests.Basic("ann", "tops3cret"))).Status, Is.EqualTo(204));

        Assert.That(await Client.WhoAmIAsync(cookie), Is.Null);
        Assert.That((await Client.SendAsync("DELETE", "/films/1", null, AccessRequests.Basic("ann", "a better one"))).Status, Is.EqualTo(204));
        Assert.That((await Client.SendAsync("DELETE", "/films/2", null, "X-API-Key: " + key.Text)).Status, Is.EqualTo(204));
    }

    [TestCase("""{"current":"wrong one","new":"a better one"}""", 400)]
    [TestCase("""{"current":"","new":"a better one"}""", 400)]
    [TestCase("""{"current":"tops3cret","new":"short"}""", 400)]
    [TestCase("""{"current":"tops3cret","new":"atCh_5K}?g"}""", 400)]
    [TestCase("""{"current":"tops3cret","new":"line\nbreak"}""", 400)]
    [TestCase("""{"current":"tops3cret"}""", 400)]
    [TestCase("""{"current":"tops3cret","new":"a better one","new":"a better one"}""", 400)]
    [TestCase("""{"current":"tops3cret","new":["a better one"]}""", 400)]
    [TestCase("null", 400)]
    public async Task Change_ThatIsInvalid_ChangesNothing(string body, int status)
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        var cookie = await Client.LogInAsync("ann", "tops3cret");

        Assert.That((await PutAsync(body, cookie, SessionRequests.SamePage)).Status, Is.EqualTo(status));

        Assert.That(await Client.WhoAmIAsync(cookie), Is.EqualTo("ann"));
        Assert.That((await Client.SendAsync("GET", "/films", null, AccessRequests.Basic("ann", "tops3cret"))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Change_GuessedTooOften_IsLimitedLikeALogin()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        var cookie = await Client.LogInAsync("ann", "tops3cret");
        for (var i = 0; i < 10; i++)
        {
            Assert.That((await PutAsync($$"""{"current":"guess {{i}}","new":"a better one"}""", cookie, SessionRequests.SamePage)).Status, Is.EqualTo(400));
        }

        Assert.That((await PutAsync("""{"current":"guess","new":"a better one"}""", cookie, SessionRequests.SamePage)).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task Change_ByOthers_IsRefused()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        var cookie = await Client.LogInAsync("ann", "tops3cret");
        var (_, key) = await Client.CreateKeyAsync("admin");

        Assert.That((await PutAsync(Change)).Status, Is.EqualTo(401));
        Assert.That((await PutAsync(Change, "X-API-Key: " + key)).Status, Is.EqualTo(403));
        Assert.That((await PutAsync(Change, cookie)).Status, Is.EqualTo(403), "It must come from a page of the service.");
        Assert.That((await PutAsync("""{"current":"correct horse","new":"a better one"}""", AccessRequests.Root)).Status, Is.EqualTo(409));
    }

    [Test]
    public async Task Change_ManyAtOnce_LeavesOnePasswordThatWorks()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        var cookies = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            cookies.Add(await Client.LogInAsync("ann", "tops3cret"));
        }

        var answers = await Task.WhenAll(cookies.Select((cookie, i) => PutAsync($$"""{"current":"tops3cret","new":"a better one {{i}}"}""", cookie, SessionRequests.SamePage)));

        var done = answers.Index().Where(answer => answer.Item.Status == 204).ToList();
        Assert.That(done, Has.Count.EqualTo(1), string.Join(' ', answers.Select(answer => answer.Status)));
        Assert.That(answers.Select(answer => answer.Status), Is.All.AnyOf(204, 400, 401, 409));
        Assert.That((await Client.SendAsync("GET", "/films", null, AccessRequests.Basic("ann", $"a better one {done[0].Index}"))).Status, Is.EqualTo(200));
        Assert.That(await Client.WhoAmIAsync(cookies[done[0].Index]), Is.EqualTo("ann"));
    }

    private Task<HttpAnswer> PutAsync(string body, params string[] fields) => Client.SendAsync("PUT", "/me/password", HttpRequests.Json(body), fields);
}
