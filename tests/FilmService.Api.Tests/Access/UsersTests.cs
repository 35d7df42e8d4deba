using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

public sealed class UsersTests
{
    [Test]
    public async Task Put_NewUser_LogsInUntilDeleted()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();

        var created = await client.SendAsync("PUT", "/users/ann", HttpRequests.Json("""{"password":"tops3cret","scopes":["films:read"]}"""), AccessRequests.Root);

        Assert.That((created.Status, created.Body), Is.EqualTo((201, """{"name":"ann","scopes":["films:read"],"configured":false}""")));
        Assert.That(created.Field("Cache-Control"), Is.EqualTo("no-store"));
        Assert.That(await StatusAsync(client, "ann", "tops3cret"), Is.EqualTo(200));
        Assert.That((await client.SendAsync("DELETE", "/users/ann", null, AccessRequests.Root)).Status, Is.EqualTo(204));
        Assert.That(await StatusAsync(client, "ann", "tops3cret"), Is.EqualTo(401));
    }

    [Test]
    public async Task Put_NewPassword_EndsTheOldOneAtOnce()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        await client.PutUserAsync("ann", "tops3cret", "films:read");
        Assert.That(await StatusAsync(client, "ann", "tops3cret"), Is.EqualTo(200));

        await client.PutUserAsync("ann", "tops3cret2", "films:write");

        Assert.That(await StatusAsync(client, "ann", "tops3cret"), Is.EqualTo(401));
        Assert.That(await StatusAsync(client, "ann", "tops3cret2"), Is.EqualTo(200));
    }

    [Test]
    public async Task Put_LessScope_HoldsFromTheNextRequestOn()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        await client.PutUserAsync("ann", "tops3cret", "films:write");
        Assert.That((await client.SendAsync("DELETE", "/films/1", null, AccessRequests.Basic("ann", "tops3cret"))).Status, Is.EqualTo(204));

        await client.PutUserAsync("ann", "tops3cret", "films:read");

        Assert.That((await client.SendAsync("DELETE", "/films/2", null, AccessRequests.Basic("ann", "tops3cret"))).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Put_ConfiguredUser_Returns409()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();

        var answer = await client.SendAsync("PUT", "/users/root", HttpRequests.Json("""{"password":"tops3cret","scopes":["admin"]}"""), AccessRequests.Root);

        Assert.That((answer.Status, answer.Json["type"]!.GetValue<string>()), Is.EqualTo((409, "/problems/configured-user")));
        Assert.That((await client.SendAsync("DELETE", "/users/root", null, AccessRequests.Root)).Status, Is.EqualTo(409));
    }

    /// <summary>
    /// A name has one spelling, consists of visible characters, and belongs to no other kind of caller in the history.
    /// </summary>
    [TestCase("anonymous")]
    [TestCase("Anonymous")]
    [TestCase("seed")]
    [TestCase("Zoe%CC%88", TestName = "Put_NameThatIsNotComposed_Returns400")]
    [TestCase("an%E2%80%8Bn", TestName = "Put_NameWithAnInvisibleSpace_Returns400")]
    [TestCase("an%E2%80%AEn", TestName = "Put_NameThatTurnsAround_Returns400")]
    [TestCase("%E3%85%A4", TestName = "Put_NameOfAHangulFiller_Returns400")]
    [TestCase("an%E1%85%9Fn", TestName = "Put_NameWithAHangulFiller_Returns400")]
    [TestCase("%E2%A0%80", TestName = "Put_NameOfABlankBraillePattern_Returns400")]
    [TestCase("ann%C2%AD", TestName = "Put_NameWithASoftHyphen_Returns400")]
    [TestCase("ann%EF%B8%8F", TestName = "Put_NameWithAVariationSelector_Returns400")]
    [TestCase("an%C2%A0n", TestName = "Put_NameWithASpaceThatDoesNotBreak_Returns400")]
    [TestCase("ann%20")]
    [TestCase("%20ann")]
    [TestCase("key%3Aann")]
    [TestCase("ann%0A")]
    [TestCase("%FF")]
    public async Task Put_NameThatIsNone_Returns400(string name)
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);

        var answer = await host.CreateClient().SendAsync("PUT", "/users/" + name, HttpRequests.Json("""{"password":"tops3cret","scopes":["films:read"]}"""), AccessRequests.Root);

        Assert.That((answer.Status, answer.Json["errors"]!.AsObject().Select(error => error.Key)), Is.EqualTo((400, new[] { "name" })), answer.Body);
    }

    /// <summary>Earlier versions accepted such names.</summary>
    [Test]
    public async Task Put_ExistingUserWithAnInvisibleName_ChangesIt()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        await client.PutUserAsync("ann", "tops3cret", "films:read");
        await host.RestartAsync(() => host.Query("UPDATE users SET name = char(0x3164)"));
        using var later = host.CreateClient();
        Assert.That(await StatusAsync(later, "\u3164", "tops3cret"), Is.EqualTo(200));

        await later.PutUserAsync("%E3%85%A4", "tops3cret2", "films:read");

        Assert.That(await StatusAsync(later, "\u3164", "tops3cret2"), Is.EqualTo(200));
    }

    [TestCase("Zo%C3%AB")]
    [TestCase("a%20b")]
    [TestCase("a%2Fb")]
    [TestCase("%E5%BC%A0%E4%BC%9F")]
    public async Task Put_NameOfAnyScript_LogsIn(string name)
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();

        await client.PutUserAsync(name, "tops3cret", "films:read");

        Assert.That(await StatusAsync(client, Uri.UnescapeDataString(name), "tops3cret"), Is.EqualTo(200));
    }

    /// <summary>Administrators may delete their own accounts, unless they are defined in settings.</summary>
    [Test]
    public async Task Delete_OfOneself_EndsTheLogInWithIt()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        await client.PutUserAsync("ann", "tops3cret", "admin");

        Assert.That((await client.SendAsync("DELETE", "/users/ann", null, AccessRequests.Basic("ann", "tops3cret"))).Status, Is.EqualTo(204));

        Assert.That((await client.SendAsync("GET", "/users", null, AccessRequests.Basic("ann", "tops3cret"))).Status, Is.EqualTo(401));
        Assert.That((await client.SendAsync("GET", "/users", null, AccessRequests.Root)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task ConfiguredUser_OfTheNameOfAStoredOne_WinsWithPasswordAndScopes()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        await host.CreateClient().PutUserAsync("ann", "tops3cret", "admin");

        await host.RestartAsync("Authentication:Users:1:Name=ann", "Authentication:Users:1:Password=configured", "Authentication:Users:1:Scopes:0=films:read");

        var client = host.CreateClient();
        Assert.That(await StatusAsync(client, "ann", "tops3cret"), Is.EqualTo(401));
        Assert.That(await StatusAsync(client, "ann", "configured"), Is.EqualTo(200));
        Assert.That((await client.SendAsync("GET", "/users", null, AccessRequests.Basic("ann", "configured"))).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task List_Users_ShowsNoPassword()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        await client.PutUserAsync("ann", "tops3cret", "films:read");

        var answer = await client.SendAsync("GET", "/users", null, AccessRequests.Root);

        Assert.That(answer.Body, Is.EqualTo(
            """{"items":[{"name":"ann","scopes":["films:read"],"configured":false},{"name":"root","scopes":["admin"],"configured":true}]}"""));
    }

    [TestCase("""{"password":"short","scopes":["films:read"]}""", "password")]
    [TestCase("""{"password":"atCh_5K}?g","scopes":["films:read"]}""", "password")]
    [TestCase("""{"scopes":["films:read"]}""", "password")]
    [TestCase("""{"password":"tops3cret"}""", "scopes")]
    [TestCase("""{"password":"tops3cret","scopes":["films:read","films:read"]}""", "scopes")]
    [TestCase("""{"password":"tops3cret","scopes":["films:read"],"scope":["admin"]}""", "scope")]
    [TestCase("""{"password":"tops3cret","scopes":["films:read"],"PASSWORD":"tops3cret"}""", "password")]
    public async Task Put_WithAFault_Returns400ThatNamesIt(string body, string name)
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);

        var answer = await host.CreateClient().SendAsync("PUT", "/users/ann", HttpRequests.Json(body), AccessRequests.Root);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(new[] { name }));
        Assert.That(answer.Body, Does.Not.Contain("tops3cret"));
    }

    [Test]
    public async Task Put_PasswordInTheAddress_Returns400()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);

        var answer = await host.CreateClient().SendAsync(
            "PUT", "/users/ann?password=tops3cret", HttpRequests.Json("""{"scopes":["films:read"]}"""), AccessRequests.Root);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json["errors"]!["password"], Is.Not.Null);
    }

    private static async Task<int> StatusAsync(HttpClient client, string name, string password) =>
        (await client.SendAsync("GET", "/films", null, AccessRequests.Basic(name, password))).Status;
}
