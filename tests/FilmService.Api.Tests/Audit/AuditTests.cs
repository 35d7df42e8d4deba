using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;
using FilmService.Domain.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Audit;

/// <summary>What the audit log records, and how it is read.</summary>
public sealed class AuditTests : ServiceTest
{
    private const string NoAudit = "CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no'); END";

    protected override string[] Settings => AccessRequests.Scoped;

    [Test]
    public async Task Administration_OfEachKind_IsRecordedOnceWithItsTarget()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read", "films:write");
        await SendAsync("DELETE", "/users/ann");
        await SendAsync("DELETE", "/users/ann");
        var (key, _) = await Client.CreateKeyAsync("films:read");
        await SendAsync("DELETE", $"/api-keys/{key}");
        var (oauth, _) = await Client.CreateOAuthClientAsync("admin");
        await SendAsync("DELETE", $"/oauth/clients/{oauth}");
        var webhook = (await SendAsync("POST", "/webhooks", """{"url":"https://hooks.example:8443/in?token=abc"}""")).Json["id"]!.GetValue<string>();
        await SendAsync("PATCH", $"/webhooks/{webhook}", """{"enabled":false}""");
        await SendAsync("PATCH", $"/webhooks/{webhook}", """{"enabled":false}""");
        await SendAsync("POST", $"/webhooks/{webhook}/rotate-secret");
        var revision = (await SendAsync("GET", "/films/1")).Field("ETag")!.Trim('"');
        await SendAsync("POST", $"/webhooks/{webhook}/replay", $$"""{"since":"{{revision}}"}""");
        await SendAsync("DELETE", $"/webhooks/{webhook}");

        Assert.That(await Client.ReadAuditAsync(), Is.EqualTo(new[]
        {
            "root basic user.saved ann films:read films:write", "root basic user.deleted ann",
            $"root basic api-key.created {key} ci: films:read", $"root basic api-key.deleted {key}",
            $"root basic client.created {oauth} nightly: admin", $"root basic client.deleted {oauth}",
            $"root basic webhook.created {webhook} hooks.example:8443", $"root basic webhook.changed {webhook} enabled false",
            $"root basic webhook.secret-rotated {webhook}", $"root basic webhook.replayed {webhook} {revision}", $"root basic webhook.deleted {webhook}",
        }));
    }

    [Test]
    public async Task Administration_ThatCannotBeRecorded_DoesNotHappen()
    {
        var (key, text) = await Client.CreateKeyAsync("films:read");
        Host.Query(NoAudit);

        var put = await SendAsync("PUT", "/users/ann", """{"password":"tops3cret","scopes":["admin"]}""");
        var delete = await SendAsync("DELETE", $"/api-keys/{key}");
        var webhook = await SendAsync("POST", "/webhooks", """{"url":"https://hooks.example/in"}""");

        Assert.That(new[] { put.Status, delete.Status, webhook.Status }, Is.All.EqualTo(503));
        Assert.That((await SendAsync("GET", "/users/ann")).Status, Is.EqualTo(404));
        Assert.That((await Client.SendAsync("GET", "/films/1", null, "X-API-Key: " + text)).Status, Is.EqualTo(200));
        Assert.That((await SendAsync("GET", "/webhooks")).Body, Is.EqualTo("""{"items":[]}"""));
        Assert.That(Host.Query("SELECT count(*) FROM users"), Is.EqualTo(0));
    }

    [Test]
    public async Task Import_ThatIsDone_IsRecordedWithItsRevisionAndChanges()
    {
        const string Lines = "{\"Id\":\"7\",\"Name\":\"Up\",\"Year\":2009}\n{\"Id\":\"1\",\"Deleted\":true}\n{\"Id\":\"404\",\"Deleted\":true}\n";

        await ImportAsync("?dryRun=true", Lines);
        await ImportAsync("", Lines + "{\"Name\":\"\"}");
        var done = await ImportAsync("", Lines, "Idempotency-Key: one");
        var replayed = await ImportAsync("", Lines, "Idempotency-Key: one");

        Assert.That((done.Status, replayed.Status, replayed.Field("Idempotency-Replayed")), Is.EqualTo((200, 200, "true")));
        Assert.That(await Client.ReadAuditAsync(), Is.EqualTo(new[] { $"root basic import {done.Json["revision"]} 2" }));
    }

    [Test]
    public async Task Import_ThatCannotBeRecorded_ChangesNothing()
    {
        Host.Query(NoAudit);

        var answer = await ImportAsync("", "{\"Id\":\"7\",\"Name\":\"Up\",\"Year\":2009}\n");

        Assert.That(answer.Status, Is.EqualTo(503));
        Assert.That((await SendAsync("GET", "/films/7")).Status, Is.EqualTo(404));
        Assert.That((await SendAsync("GET", "/films")).Body, Is.EqualTo(NewCatalogue));
    }

    [Test]
    public async Task Log_Always_HasNoSecret()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        var (_, text) = await Client.CreateKeyAsync("films:read");
        var (_, secret) = await Client.CreateOAuthClientAsync("films:read");
        await SendAsync("POST", "/webhooks", """{"url":"https://hooks.example/pa55word?token=t0ken","description":"t0ken"}""");
        await Client.SendAsync("GET", "/films", null, AccessRequests.Basic("my-passw0rd", "x"));
        await Client.SendAsync("GET", "/films", null, "X-API-Key: " + text[..^1]);
        await Host.StopAsync();

        var log = (string)Host.Query("SELECT group_concat(concat_ws(' ', by, method, address, action, target, detail), ' ') FROM audit")!;

        Assert.That(log, Does.Contain("webhook.created").And.Contain("login.failed"));
        foreach (var word in new[] { "tops3cret", text[4..20], secret[4..20], "pa55word", "t0ken", "my-passw0rd", "correct horse" })
        {
            Assert.That(log, Does.Not.Contain(word));
        }
    }

    [Test]
    public async Task Request_ThroughAProxy_IsRecordedWithTheClientsAddress()
    {
        await using var host = await FilmServiceHost.StartAsync([.. Settings, "ForwardedHeaders:KnownProxies:0=127.0.0.1"]);
        using var client = host.CreateClient();

        await client.SendAsync("PUT", "/users/ann", HttpRequests.Json("""{"password":"tops3cret","scopes":["admin"]}"""),
            AccessRequests.Root, "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Proto: https");

        Assert.That(host.Query("SELECT address FROM audit WHERE action = 'user.saved'"), Is.EqualTo("203.0.113.7"));
    }

    [Test]
    public async Task Read_PageByPage_SeesEveryEntryOnce()
    {
        await FillAsync(2500);

        var (ids, next) = (new List<long>(), "/audit?limit=400");
        for (var page = await SendAsync("GET", next); page.Json["items"]!.AsArray() is { Count: > 0 } items; page = await SendAsync("GET", next))
        {
            ids.AddRange(items.Select(entry => entry!["id"]!.GetValue<long>()));
            next = page.Json["next"]!.GetValue<string>();
        }

        Assert.That(ids, Is.EqualTo(Enumerable.Range(1, ids.Count).Select(number => (long)number)));
        Assert.That(ids, Has.Count.GreaterThanOrEqualTo(2500));
        Assert.That((await SendAsync("GET", "/audit")).Json["items"]!.AsArray(), Has.Count.EqualTo(1000));
    }

    [Test]
    public async Task Read_AsLinesWithoutALimit_GivesAll()
    {
        await FillAsync(2500);

        var answer = await Client.SendAsync("GET", "/audit?since=10", null, AccessRequests.Root, "Accept: application/x-ndjson");

        Assert.That(answer.Field("Content-Type"), Is.EqualTo("application/x-ndjson"));
        Assert.That(answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.GreaterThanOrEqualTo(2490).And.All.StartsWith("{\"id\":"));
    }

    [TestCase("?since=99", 410)]
    [TestCase("?since=9223372036854775807", 410)]
    [TestCase("?since=9223372036854775808", 400)]
    [TestCase("?since=-1", 400)]
    [TestCase("?since=k3f9-1", 400)]
    [TestCase("?since=", 400)]
    [TestCase("?since=0&since=1", 400)]
    [TestCase("?limit=0", 400)]
    [TestCase("?limit=1001", 400)]
    [TestCase("?before=3", 400)]
    [TestCase("?since=0", 200)]
    public async Task Read_OddPosition_IsAnswered(string query, int status) => Assert.That((await SendAsync("GET", "/audit" + query)).Status, Is.EqualTo(status));

    [Test]
    public async Task Read_WithoutAdmin_IsRefused()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");

        Assert.That((await Client.SendAsync("GET", "/audit")).Status, Is.EqualTo(401));
        Assert.That((await Client.SendAsync("GET", "/audit", null, AccessRequests.Basic("ann", "tops3cret"))).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Entries_OlderThanKeepDays_AreRemovedAndTheNumbersGoOn()
    {
        await FillAsync(1200, DateTimeOffset.UtcNow.AddDays(-500));
        await Host.RestartAsync();
        Client = Host.CreateClient();
        await WaitUntilAsync(() => Host.Query("SELECT count(*) FROM audit WHERE at < (unixepoch() - 86400) * 1000") is 0L or 1L);

        await Client.PutUserAsync("ann", "tops3cret", "films:read");

        Assert.That((await SendAsync("GET", "/audit?since=3")).Status, Is.EqualTo(410));
        var items = (await SendAsync("GET", "/audit")).Json["items"]!.AsArray();
        Assert.That(items.Select(entry => entry!["id"]!.GetValue<long>()), Has.All.GreaterThanOrEqualTo(1200));
        Assert.That(items.Single(entry => entry!["action"]!.GetValue<string>() == "user.saved")!["id"]!.GetValue<long>(), Is.GreaterThan(1200));
    }

    private Task FillAsync(int count, DateTimeOffset? at = null) => Host.Services.GetRequiredService<IAuditLog>().RecordAsync(
        [.. Enumerable.Range(0, count).Select(i => new AuditEvent(at ?? DateTimeOffset.UtcNow, "root", "basic", null, AuditActions.UserDeleted) { Target = $"{i}" })],
        CancellationToken.None);

    private Task<HttpAnswer> SendAsync(string method, string path, string? body = null) =>
        Client.SendAsync(method, path, body is null ? null : HttpRequests.Json(body), AccessRequests.Root);

    private Task<HttpAnswer> ImportAsync(string query, string lines, params string[] fields) =>
        Client.SendAsync("POST", "/imports" + query, new StringContent(lines, null, "application/x-ndjson"), [AccessRequests.Root, .. fields]);

    private static async Task WaitUntilAsync(Func<bool> isSo)
    {
        for (var end = DateTime.UtcNow.AddSeconds(30); !isSo() && DateTime.UtcNow < end;)
        {
            await Task.Delay(10);
        }

        Assert.That(isSo());
    }
}
