using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>The webhooks as a resource.</summary>
public sealed class WebhooksTests : WebhookTest
{
    [Test]
    public async Task Create_ShowsTheSecretOnceAndStoresItEncrypted()
    {
        var answer = await PostAsync("/webhooks", $$"""{"url":"{{Receiver.Url}}","description":"search index"}""");

        var (id, secret) = ((string)answer.Json["id"]!, (string)answer.Json["secret"]!);
        Assert.That(answer.Status, Is.EqualTo(201));
        Assert.That(answer.Field("Location"), Is.EqualTo($"/webhooks/{id}"));
        Assert.That(answer.Field("Cache-Control"), Is.EqualTo("no-store"));
        Assert.That(secret, Does.Match("^whsec_[A-Za-z0-9+/]{43}=$"));
        Assert.That((await GetAsync("/webhooks", Admin)).Body, Does.StartWith("{\"items\":[{").And.Not.Contain("ecret"));
        Assert.That((await GetAsync($"/webhooks/{id}", Admin)).Body, Does.Not.Contain("ecret"));
        Assert.That(File.ReadAllBytes(Host.DatabasePath + "-wal").AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)), Is.Negative);
        Assert.That(((byte[])Host.Query("SELECT protected_secrets FROM webhooks")!).AsSpan().IndexOf(Convert.FromBase64String(secret[6..])), Is.Negative);
    }

    [Test]
    public async Task Restart_KeepsWhatWasStored()
    {
        var (id, _) = await CreateAsync();
        await PatchAsync(id, """{"description":"été","enabled":false}""");
        var before = (await GetAsync($"/webhooks/{id}", Admin)).Body;

        await RestartAsync();

        Assert.That((await GetAsync($"/webhooks/{id}", Admin)).Body, Is.EqualTo(before));
    }

    [TestCase("""{"url":"https://films.example/"}""", 200, "https://films.example/", "why", true)]
    [TestCase("""{"description":null}""", 200, null, null, true)]
    [TestCase("""{"description":""}""", 200, null, "", true)]
    [TestCase("""{"Enabled":false}""", 200, null, "why", false)]
    [TestCase("{}", 200, null, "why", true)]
    public async Task Patch_ChangesOnlyWhatItNames(string patch, int status, string? url, string? description, bool enabled)
    {
        var (id, _) = await CreateAsync();
        await PatchAsync(id, """{"description":"why"}""");

        var answer = await PatchAsync(id, patch);

        Assert.That(answer.Status, Is.EqualTo(status), answer.Body);
        Assert.That(
            ((string?)answer.Json["url"], (string?)answer.Json["description"], (bool)answer.Json["enabled"]!),
            Is.EqualTo((url ?? Receiver.Url, description, enabled)));
    }

    [TestCase("""{"url":null}""", "url")]
    [TestCase("""{"url":""}""", "url")]
    [TestCase("""{"url":7}""", "url")]
    [TestCase("""{"url":"http://films.example/"}""", "url")]
    [TestCase("""{"enabled":"true"}""", "enabled")]
    [TestCase("""{"enabled":null}""", "enabled")]
    [TestCase("""{"enabled":true,"Enabled":true}""", "enabled")]
    [TestCase("""{"description":"a\u0000b"}""", "description")]
    [TestCase("""{"description":["a"]}""", "description")]
    [TestCase("""{"secret":"whsec_"}""", "secret")]
    public async Task Patch_WithAFault_Returns400ThatNamesItAndChangesNothing(string patch, string name)
    {
        var (id, _) = await CreateAsync();
        var before = (await GetAsync($"/webhooks/{id}", Admin)).Body;

        var answer = await PatchAsync(id, patch);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(new[] { name }));
        Assert.That((await GetAsync($"/webhooks/{id}", Admin)).Body, Is.EqualTo(before));
    }

    [TestCase("{}", "since")]
    [TestCase("""{"since":0}""", "since")]
    [TestCase("""{"since":"1"}""", "since")]
    [TestCase("""{"since":"k3f9-1","until":"k3f9-2"}""", "until")]
    public async Task Replay_WithAFault_Returns400ThatNamesIt(string body, string name)
    {
        var (id, _) = await CreateAsync();

        var answer = await PostAsync($"/webhooks/{id}/replay", body);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(answer.Json["errors"]!.AsObject().Select(error => error.Key), Does.Contain(name));
    }

    [Test]
    public async Task Description_Of501CodePoints_IsRejectedAnd500AreNot()
    {
        var (id, _) = await CreateAsync();

        Assert.That((await PatchAsync(id, $$"""{"description":"{{string.Concat(Enumerable.Repeat("🎬", 500))}}"}""")).Status, Is.EqualTo(200));
        Assert.That((await PatchAsync(id, $$"""{"description":"{{string.Concat(Enumerable.Repeat("🎬", 501))}}"}""")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Replay_SendsTheChangesAfterARevisionAgain()
    {
        var (id, _) = await CreateAsync();
        await PutFilmAsync(1);
        var first = await Receiver.NextAsync();
        await UntilDeliveredAsync(id, 3);

        var answer = await PostAsync($"/webhooks/{id}/replay", $$"""{"since":"{{Revision(0)}}"}""");

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        var replayed = await Receiver.NextAsync();
        Assert.That(replayed.Numbers, Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(replayed.Id, Is.Not.EqualTo(first.Id));
        await UntilDeliveredAsync(id, 3);
    }

    [TestCase("zzzzzz-1")]
    [TestCase("{0}-3")]
    public async Task Replay_FromAnotherEpochOrTheFuture_Returns410AndChangesNothing(string since)
    {
        var (id, _) = await CreateAsync();
        var revision = since.Replace("{0}", Revision(0).Split('-')[0], StringComparison.Ordinal);

        var answer = await PostAsync($"/webhooks/{id}/replay", $$"""{"since":"{{revision}}"}""");

        Assert.That(answer.Status, Is.EqualTo(410));
        Assert.That((string?)answer.Json["type"], Is.EqualTo("/problems/feed-reset"));
        Assert.That((string?)(await ReadAsync(id))["position"], Is.EqualTo(Revision(2)));
    }

    [Test]
    public async Task RotateSecret_SignsWithBothFor24HoursAndThenWithTheNewOneAlone()
    {
        var (id, first) = await CreateAsync();
        var second = (string)(await PostAsync($"/webhooks/{id}/rotate-secret")).Json["secret"]!;
        Clock.Advance(TimeSpan.FromHours(1));
        var third = (string)(await PostAsync($"/webhooks/{id}/rotate-secret")).Json["secret"]!;

        await PutFilmAsync(1);
        Assert.That(await SignersAsync(first, second, third), Is.EqualTo(new[] { true, true, true }));
        await UntilDeliveredAsync(id, 3);
        Clock.Advance(TimeSpan.FromHours(23));
        await PutFilmAsync(2);
        Assert.That(await SignersAsync(first, second, third), Is.EqualTo(new[] { false, true, true }));
        await UntilDeliveredAsync(id, 4);
        Clock.Advance(TimeSpan.FromHours(1));
        await PutFilmAsync(3);
        Assert.That(await SignersAsync(first, second, third), Is.EqualTo(new[] { false, false, true }));
    }

    [Test]
    public async Task Test_SendsOnceAtOnceAndReturnsWhatCameOfIt()
    {
        var (id, secret) = await CreateAsync();
        await PatchAsync(id, """{"enabled":false}""");

        var succeeded = await PostAsync($"/webhooks/{id}/test");
        Receiver.Answer = Receiver.Status(410);
        var failed = await PostAsync($"/webhooks/{id}/test");

        var delivery = await Receiver.NextAsync();
        Assert.That(delivery.Body, Is.EqualTo("""{"test":true}"""));
        Assert.That(delivery.IsSignedBy(secret), Is.True);
        Assert.That(((int)succeeded.Json["status"]!, (string?)succeeded.Json["error"], (string)succeeded.Json["id"]!), Is.EqualTo((204, (string?)null, delivery.Id)));
        Assert.That((failed.Status, (int)failed.Json["status"]!, (string?)failed.Json["error"]), Is.EqualTo((200, 410, "The response was 410.")));
        Assert.That((await AttemptsAsync(id)).Select(attempt => attempt!.ToJsonString()), Is.EqualTo(new[] { failed.Json.ToJsonString(), succeeded.Json.ToJsonString() }));
        Assert.That((string?)(await ReadAsync(id))["disabledReason"], Is.Null);
    }

    [Test]
    public async Task Disabled_GetsNothingUntilItIsEnabledAndThenEverythingInBetween()
    {
        var (id, _) = await CreateAsync();
        await PatchAsync(id, """{"enabled":false}""");
        await PutFilmAsync(1);
        await PutFilmAsync(2);
        Assert.That((await PostAsync($"/webhooks/{id}/test")).Status, Is.EqualTo(200));
        Assert.That((await Receiver.NextAsync()).Body, Is.EqualTo("""{"test":true}"""), "Nothing came before.");

        await PatchAsync(id, """{"enabled":true}""");

        Assert.That((await Receiver.NextAsync()).Numbers, Is.EqualTo(new[] { 3, 4 }));
    }

    [Test]
    public async Task Url_ChangedDuringAnAttempt_EndsItAndGetsTheDeliveryAtOnce()
    {
        var released = new TaskCompletionSource();
        await using var other = await Receiver.StartAsync();
        Receiver.Answer = _ => released.Task;
        var (id, _) = await CreateAsync();
        await PutFilmAsync(1);
        var first = await Receiver.NextAsync();

        await PatchAsync(id, $$"""{"url":"{{other.Url}}"}""");

        var second = await other.NextAsync();
        Assert.That((second.Id, second.Body), Is.EqualTo((first.Id, first.Body)));
        await UntilDeliveredAsync(id, 3);
        released.SetResult();
    }

    [Test]
    public async Task Delete_DuringAnAttempt_EndsItAndRemovesEverything()
    {
        var aborted = new TaskCompletionSource();
        Receiver.Answer = async context =>
        {
            using var end = context.RequestAborted.Register(aborted.SetResult);
            await aborted.Task;
        };
        var (id, _) = await CreateAsync();
        await PutFilmAsync(1);
        await Receiver.NextAsync();

        var deleted = await Client.SendAsync("DELETE", $"/webhooks/{id}", null, Admin);

        Assert.That(deleted.Status, Is.EqualTo(204));
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That((await GetAsync($"/webhooks/{id}", Admin)).Status, Is.EqualTo(404));
        Assert.That(Host.Query("SELECT (SELECT count(*) FROM webhooks) + (SELECT count(*) FROM webhook_attempts)"), Is.Zero);
    }

    [Test]
    public async Task Deliveries_MoreThan1000_AreTheLast1000()
    {
        var (id, _) = await CreateAsync();
        Host.Query($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO webhook_attempts (webhook_id, number, delivery_id, at, attempt, duration) SELECT '{id}', i, 'msg_' || i, 0, 1, 0 FROM n");

        await PutFilmAsync(1);
        await UntilDeliveredAsync(id, 3);

        var attempts = await AttemptsAsync(id);
        Assert.That(attempts, Has.Count.EqualTo(1000));
        Assert.That(((string)attempts[0]!["last"]!, (string)attempts[1]!["id"]!, (string)attempts[999]!["id"]!), Is.EqualTo((Revision(3), "msg_1000", "msg_2")));
    }

    [Test]
    public async Task ConcurrentChanges_OfOneWebhook_AreAllKept()
    {
        var (id, _) = await CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => number % 2 == 0
            ? PatchAsync(id, $$"""{"description":"{{number}}"}""")
            : PutAsync($"{number}", UpArguments)));
        await UntilDeliveredAsync(id, 12);

        var description = (string?)(await ReadAsync(id))["description"];
        await RestartAsync();
        Assert.That((string?)(await ReadAsync(id))["description"], Is.EqualTo(description).And.Not.Null);
        Assert.That((string?)(await ReadAsync(id))["position"], Is.EqualTo(Revision(12)));
    }

    private async Task<IEnumerable<bool>> SignersAsync(params string[] secrets)
    {
        var delivery = await Receiver.NextAsync();
        Assert.That(delivery.Signatures, Has.Length.EqualTo(secrets.Count(delivery.IsSignedBy)));
        return secrets.Select(delivery.IsSignedBy).ToList();
    }
}
