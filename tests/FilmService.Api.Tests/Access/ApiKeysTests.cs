using System.Text.RegularExpressions;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

public sealed class ApiKeysTests
{
    [Test]
    public async Task Create_ByAnAdministrator_ShowsTheKeyOnceAndStoresOnlyItsHash()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();

        var answer = await client.SendAsync(
            "POST", "/api-keys", HttpRequests.Json("""{"name":"ci","scopes":["films:write"],"expiresAt":"2127-01-01T00:00:00Z"}"""), AccessRequests.Root);

        var (id, text) = (answer.Json["id"]!.GetValue<string>(), answer.Json["key"]!.GetValue<string>());
        Assert.That(answer.Status, Is.EqualTo(201));
        Assert.That(answer.Field("Cache-Control"), Is.EqualTo("no-store"));
        Assert.That(answer.Field("Location"), Is.EqualTo($"/api-keys/{id}"));
        Assert.That(text, Does.Match("^fsk_[A-Za-z0-9_-]{48}$"));
        Assert.That(Regex.Replace(answer.Body, "\"createdAt\":\"[^\"]+\"", "\"createdAt\":\"T\""), Is.EqualTo(
            $$"""{"id":"{{id}}","name":"ci","scopes":["films:write"],"key":"{{text}}","createdAt":"T","expiresAt":"2127-01-01T00:00:00Z","createdBy":"root","lastUsedAt":null}"""));
        Assert.That(host.Query("SELECT hex(hash) FROM api_keys"), Is.EqualTo(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))));
        var listed = await client.SendAsync("GET", "/api-keys", null, AccessRequests.Root);
        Assert.That(listed.Body, Does.StartWith("{\"items\":[{").And.Not.Contain(text).And.Not.Contain("\"key\""));
    }

    [Test]
    public async Task Key_InEitherField_LogsInWithItsScopesAlsoAfterARestart()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var (_, text) = await host.CreateClient().CreateKeyAsync("films:read");
        await host.RestartAsync();
        var client = host.CreateClient();

        Assert.That((await client.SendAsync("GET", "/films", null, "X-API-Key: " + text)).Status, Is.EqualTo(200));
        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Bearer(text))).Status, Is.EqualTo(200));
        var write = await client.SendAsync("DELETE", "/films/1", null, "X-API-Key: " + text);
        Assert.That(write.Status, Is.EqualTo(403));
        Assert.That(write.Field("WWW-Authenticate"), Is.EqualTo("Bearer realm=\"FilmService\", error=\"insufficient_scope\", scope=\"films:write\""));
        Assert.That(write.Json["detail"]!.GetValue<string>(), Does.Contain("films:write").And.Contain("insufficient_scope"));
    }

    [Test]
    public async Task Use_OfAKey_IsNotedToTheHour()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var (id, text) = await client.CreateKeyAsync("films:read");

        await client.SendAsync("GET", "/films", null, "X-API-Key: " + text);

        var key = await client.SendAsync("GET", $"/api-keys/{id}", null, AccessRequests.Root);
        Assert.That(key.Json["lastUsedAt"]!.GetValue<string>(), Does.EndWith(":00:00Z"));
        await host.RestartAsync();
        key = await host.CreateClient().SendAsync("GET", $"/api-keys/{id}", null, AccessRequests.Root);
        Assert.That(key.Json["lastUsedAt"]!.GetValue<string>(), Does.EndWith(":00:00Z"));
    }

    [Test]
    public async Task Delete_Key_HoldsFromTheNextRequestOn()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var (id, text) = await client.CreateKeyAsync("films:write");
        Assert.That((await client.SendAsync("GET", "/films", null, "X-API-Key: " + text)).Status, Is.EqualTo(200));

        Assert.That((await client.SendAsync("DELETE", $"/api-keys/{id}", null, AccessRequests.Root)).Status, Is.EqualTo(204));

        var refused = await client.SendAsync("GET", "/films", null, "X-API-Key: " + text);
        Assert.That(refused.Status, Is.EqualTo(401));
        Assert.That(refused.Field("WWW-Authenticate"), Does.Contain("Bearer realm=\"FilmService\", error=\"invalid_token\""));
        Assert.That((await client.SendAsync("DELETE", $"/api-keys/{id}", null, AccessRequests.Root)).Status, Is.EqualTo(404));
    }

    [TestCase("""{"name":"ci","scopes":["FILMS:READ"]}""", "scopes")]
    [TestCase("""{"name":"ci","scopes":[]}""", "scopes")]
    [TestCase("""{"name":"ci","scopes":"films:read"}""", "scopes")]
    [TestCase("""{"name":"ci","scopes":["films:read",7]}""", "scopes")]
    [TestCase("""{"name":"","scopes":["films:read"]}""", "name")]
    [TestCase("""{"name":"ci","scopes":["films:read"],"expiresAt":"2001-01-01T00:00:00Z"}""", "expiresAt")]
    [TestCase("""{"name":"ci","scopes":["films:read"],"expiresAt":"2127-01-01T00:00:00"}""", "expiresAt")]
    [TestCase("""{"name":"ci","scopes":["films:read"],"expiresat":"2127-01-01T00:00:00Z","ExpiresAt":null}""", "expiresAt")]
    [TestCase("""{"name":"ci","scopes":["films:read"],"expires":"2127-01-01T00:00:00Z"}""", "expires")]
    public async Task Create_WithAFault_Returns400ThatNamesIt(string body, string name)
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);

        var answer = await host.CreateClient().SendAsync("POST", "/api-keys", HttpRequests.Json(body), AccessRequests.Root);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(new[] { name }));
    }
}
