using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>API keys that users make for themselves.</summary>
public sealed class OwnKeysTests : ServiceTest
{
    private static readonly string Ann = AccessRequests.Basic("ann", "tops3cret");

    protected override string[] Settings => AccessRequests.Scoped;

    [Test]
    public async Task Create_ByAUserOrSession_GivesAKeyThatOnlyTheUserAndAdministratorsSee()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        await Client.PutUserAsync("bob", "tops3cret", "films:write");
        var cookie = await Client.LogInAsync("ann", "tops3cret");
        var (first, second) = (await CreateAsync(Client, Ann, "films:write"), await CreateAsync(Client, cookie, "films:read"));
        var (service, _) = await Client.CreateKeyAsync("films:read");

        Assert.That(await IdsAsync(Ann), Is.EquivalentTo(new[] { first.Id, second.Id }));
        Assert.That(await IdsAsync(cookie), Is.EquivalentTo(new[] { first.Id, second.Id }));
        Assert.That(await IdsAsync(AccessRequests.Basic("bob", "tops3cret")), Is.Empty);
        Assert.That(await IdsAsync(AccessRequests.Root), Is.EquivalentTo(new[] { first.Id, second.Id, service }));
        foreach (var id in new[] { first.Id, service })
        {
            Assert.That((await Client.SendAsync("GET", "/api-keys/" + id, null, AccessRequests.Basic("bob", "tops3cret"))).Status, Is.EqualTo(404));
            Assert.That((await Client.SendAsync("DELETE", "/api-keys/" + id, null, AccessRequests.Basic("bob", "tops3cret"))).Status, Is.EqualTo(404));
        }

        Assert.That((await Client.SendAsync("DELETE", "/api-keys/" + first.Id, null, Ann)).Status, Is.EqualTo(204));
        Assert.That((await Client.SendAsync("DELETE", "/api-keys/" + second.Id, null, AccessRequests.Root)).Status, Is.EqualTo(204));
        Assert.That((await Client.SendAsync("GET", "/films", null, "X-API-Key: " + first.Text)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Create_WithMoreThanOnesScopes_Returns400()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");

        foreach (var scopes in new[] { "\"films:write\"", "\"films:read\",\"films:write\"", "\"admin\"" })
        {
            var answer = await Client.SendAsync("POST", "/api-keys", HttpRequests.Json($$"""{"name":"mine","scopes":[{{scopes}}]}"""), Ann);

            Assert.That((answer.Status, answer.Json["errors"]!["scopes"]![0]!.GetValue<string>()),
                Is.EqualTo((400, "A key of your own cannot have more than your scopes: films:read.")));
        }
    }

    [Test]
    public async Task Create_MoreThanOnesShare_Returns409AndLeavesRoomForOthers()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        await Client.PutUserAsync("bob", "tops3cret", "films:read");
        var cookie = await Client.LogInAsync("ann", "tops3cret");
        var answers = await Task.WhenAll(Enumerable.Range(0, 110).Select(_ =>
            Client.SendAsync("POST", "/api-keys", HttpRequests.Json("""{"name":"mine","scopes":["films:read"]}"""), cookie, SessionRequests.SamePage)));

        Assert.That(answers.Count(answer => answer.Status == 201), Is.EqualTo(100));
        var refused = answers.First(answer => answer.Status != 201);
        Assert.That((refused.Status, refused.Json["detail"]!.GetValue<string>()), Is.EqualTo((409, "You have 100 API keys already. Delete those that are no longer used.")));
        await CreateAsync(Client, AccessRequests.Basic("bob", "tops3cret"), "films:read");

        await Client.SendAsync("DELETE", "/api-keys/" + (await IdsAsync(Ann))[0], null, Ann);
        await CreateAsync(Client, Ann, "films:read");
    }

    [Test]
    public async Task Key_WhoseOwnerLosesAScope_HasItNoLonger()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        var (_, key) = await CreateAsync(Client, Ann, "films:write");
        await Client.PutUserAsync("ann", "tops3cret", "films:read");

        Assert.That((await Client.SendAsync("GET", "/me", null, "X-API-Key: " + key)).Json["scopes"]!.ToJsonString(), Is.EqualTo("""["films:read"]"""));
        Assert.That((await Client.SendAsync("DELETE", "/films/1", null, "X-API-Key: " + key)).Status, Is.EqualTo(403));

        await Client.PutUserAsync("ann", "tops3cret", "admin");

        Assert.That((await Client.SendAsync("GET", "/users", null, "X-API-Key: " + key)).Status, Is.EqualTo(403), "It never has more than it was made with.");
        Assert.That((await Client.SendAsync("DELETE", "/films/1", null, "X-API-Key: " + key)).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task Key_OfADeletedUser_StaysDeadWhenTheNameComesBackAndAfterARestart()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        var (_, key) = await CreateAsync(Client, Ann, "films:write");
        var (service, text) = await Client.CreateKeyAsync("films:read");

        await Client.SendAsync("DELETE", "/users/ann", null, AccessRequests.Root);

        Assert.That((await Client.SendAsync("GET", "/films", null, "X-API-Key: " + key)).Status, Is.EqualTo(401));
        Assert.That(await IdsAsync(AccessRequests.Root), Is.EqualTo(new[] { service }));
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        Assert.That((await Client.SendAsync("GET", "/films", null, "X-API-Key: " + key)).Status, Is.EqualTo(401));
        await Host.RestartAsync();
        Client = Host.CreateClient();
        Assert.That((await Client.SendAsync("GET", "/films", null, "X-API-Key: " + key)).Status, Is.EqualTo(401));
        Assert.That((await Client.SendAsync("GET", "/films", null, "X-API-Key: " + text)).Status, Is.EqualTo(200));
    }

    /// <summary>The row of a deleted user's key may be put back from a copy.</summary>
    [Test]
    public async Task Key_OfAnotherUserOfTheSameName_IsDead()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        var (_, key) = await CreateAsync(Client, Ann, "films:write");

        await Host.RestartAsync(() => Host.Query("UPDATE users SET id = 'another'"));
        Client = Host.CreateClient();

        Assert.That((await Client.SendAsync("GET", "/films", null, "X-API-Key: " + key)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Key_WhileTheSettingsDefineAUserOfTheName_IsDead()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        var (_, key) = await CreateAsync(Client, Ann, "films:write");

        await Host.RestartAsync("Authentication:Users:1:Name=ann", "Authentication:Users:1:Password=another one", "Authentication:Users:1:Scopes:0=admin");
        Client = Host.CreateClient();

        Assert.That((await Client.SendAsync("GET", "/films", null, "X-API-Key: " + key)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Create_ByAKeyATokenOrAUserFromTheSettings_Returns403()
    {
        await Host.RestartAsync("Authentication:Users:1:Name=set", "Authentication:Users:1:Password=tops3cret", "Authentication:Users:1:Scopes:0=films:write");
        Client = Host.CreateClient();
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        var (_, own) = await CreateAsync(Client, Ann, "films:write");
        var (_, service) = await Client.CreateKeyAsync("films:write");
        var (id, secret) = await Client.CreateOAuthClientAsync("films:write");
        var token = AccessRequests.Bearer(await TokensTests.GetTokenAsync(Client, id, secret));

        foreach (var field in new[] { "X-API-Key: " + own, "X-API-Key: " + service, token, AccessRequests.Basic("set", "tops3cret") })
        {
            Assert.That((await Client.SendAsync("POST", "/api-keys", HttpRequests.Json("""{"name":"more","scopes":["films:read"]}"""), field)).Status, Is.EqualTo(403));
            Assert.That((await Client.SendAsync("GET", "/api-keys", null, field)).Status, Is.EqualTo(403));
        }
    }

    /// <summary>Creates a key; returns its id and its text.</summary>
    internal static async Task<(string Id, string Text)> CreateAsync(HttpClient client, string credentials, string scope)
    {
        var answer = await client.SendAsync("POST", "/api-keys", HttpRequests.Json($$"""{"name":"mine","scopes":["{{scope}}"]}"""), credentials, SessionRequests.SamePage);
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        return (answer.Json["id"]!.GetValue<string>(), answer.Json["key"]!.GetValue<string>());
    }

    private async Task<List<string>> IdsAsync(string credentials) =>
        (await Client.SendAsync("GET", "/api-keys", null, credentials)).Json["items"]!.AsArray().Select(key => key!["id"]!.GetValue<string>()).ToList();
}
