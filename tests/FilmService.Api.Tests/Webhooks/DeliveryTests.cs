using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>What is delivered, in which order, and what happens when an attempt fails.</summary>
public sealed class DeliveryTests : WebhookTest
{
    [Test]
    public async Task Change_AfterCreation_IsDeliveredAsTheFeedWritesIt()
    {
        var (id, secret) = await CreateAsync();

        await PutAsync("up", UpArguments);

        var delivery = await Receiver.NextAsync();
        Assert.That(delivery.Body, Is.EqualTo((await GetAsync($"/changes?since={Revision(2)}")).Body));
        Assert.That(delivery.Numbers, Is.EqualTo(new[] { 3 }));
        Assert.That(delivery.Path, Is.EqualTo("/hook"));
        Assert.That(delivery.Id, Does.Match("^msg_[a-z0-9]{16}$"));
        Assert.That(delivery.Fields["Content-Type"].ToString(), Is.EqualTo("application/json"));
        Assert.That(delivery.Fields["User-Agent"].ToString(), Is.EqualTo("FilmService"));
        Assert.That(delivery.Fields.Keys, Has.None.EqualTo("traceparent"));
        Assert.That(delivery.Signatures, Has.Length.EqualTo(1));
        Assert.That(delivery.IsSignedBy(secret), Is.True);
        await UntilDeliveredAsync(id, 3);
        var attempts = await AttemptsAsync(id);
        Assert.That(
            attempts.Select(attempt => $"{attempt!["id"]} {attempt["attempt"]} {attempt["status"]} {attempt["first"]} {attempt["last"]} {attempt["error"]}"),
            Is.EqualTo(new[] { $"{delivery.Id} 1 204 {Revision(3)} {Revision(3)} " }));
    }

    [Test]
    public async Task Changes_BeforeCreation_AreNotDelivered()
    {
        await PutFilmAsync(1);
        var (id, _) = await CreateAsync();
        Assert.That((string?)(await ReadAsync(id))["position"], Is.EqualTo(Revision(3)));

        await PutFilmAsync(2);

        Assert.That((await Receiver.NextAsync()).Numbers, Is.EqualTo(new[] { 4 }));
    }

    [Test]
    public async Task Import_OfManyFilms_IsDeliveredInPagesOfAtMost100InOrder()
    {
        var (id, _) = await CreateAsync();
        var lines = string.Concat(Enumerable.Range(1, 250).Select(number => $$"""{"name":"Film {{number}}","year":2000}""" + "\n"));

        var import = await Client.SendAsync("POST", "/films", new StringContent(lines, null, "application/x-ndjson"));

        Assert.That(import.Status, Is.EqualTo(200), import.Body);
        await UntilDeliveredAsync(id, 252);
        var deliveries = new List<Received>();
        while (Receiver.Waiting > 0)
        {
            deliveries.Add(await Receiver.NextAsync());
        }

        Assert.That(deliveries.SelectMany(delivery => delivery.Numbers), Is.EqualTo(Enumerable.Range(3, 250)));
        Assert.That(deliveries.Select(delivery => delivery.Numbers.Count()), Is.All.LessThanOrEqualTo(100));
        Assert.That(deliveries.Select(delivery => delivery.Id), Is.Unique);
    }

    [Test]
    public async Task Failures_AreRetriedOnTheScheduleWithTheSameIdAndContent()
    {
        Receiver.Answer = Receiver.Status(500);
        var (id, secret) = await CreateAsync();
        await PutFilmAsync(1);
        var first = await Receiver.NextAsync();
        await PutFilmAsync(2);

        foreach (var seconds in new[] { 5, 30, 120, 600, 1800, 3600, 3600 })
        {
            Assert.That((await UntilFailedAsync(id)).TotalSeconds, Is.InRange(seconds, seconds * 1.1 + 0.01));
            Clock.Advance(TimeSpan.FromSeconds(seconds * 1.1 + 0.01));
            var next = await Receiver.NextAsync();
            Assert.That((next.Id, next.Body), Is.EqualTo((first.Id, first.Body)));
            Assert.That(next.Timestamp, Is.EqualTo($"{Clock.GetUtcNow().ToUnixTimeSeconds()}"), "The time is that of the attempt.");
            Assert.That(next.IsSignedBy(secret), Is.True);
        }

        await UntilFailedAsync(id);
        Receiver.Answer = Receiver.Status(200);
        Clock.Advance(TimeSpan.FromHours(1.1));
        Assert.That((await Receiver.NextAsync()).Id, Is.EqualTo(first.Id));
        var second = await Receiver.NextAsync();
        Assert.That(second.Id, Is.Not.EqualTo(first.Id));
        Assert.That(second.Numbers, Is.EqualTo(new[] { 4 }));
        Assert.That((string?)(await UntilDeliveredAsync(id, 4))["failingSince"], Is.Null);
        Assert.That((await AttemptsAsync(id)).Select(attempt => (int)attempt!["attempt"]!), Is.EqualTo(new[] { 1, 9, 8, 7, 6, 5, 4, 3, 2, 1 }));
    }

    [Test]
    public async Task Failures_For5Days_DisableTheWebhookWithTheReason()
    {
        Receiver.Answer = Receiver.Status(503);
        var (id, _) = await CreateAsync();
        await PutFilmAsync(1);
        await Receiver.NextAsync();
        await UntilFailedAsync(id);
        Clock.Advance(TimeSpan.FromDays(5) - TimeSpan.FromMinutes(1));
        await Receiver.NextAsync();
        await UntilFailedAsync(id);
        Assert.That((bool)(await ReadAsync(id))["enabled"]!, Is.True);

        Clock.Advance(TimeSpan.FromHours(1.1));

        await Receiver.NextAsync();
        var webhook = await UntilAsync(id, webhook => !(bool)webhook["enabled"]!);
        Assert.That((string?)webhook["disabledReason"], Does.Match("^No attempt has succeeded since [-: 0-9]+ UTC. The last one failed: The response was 503.$"));
        Assert.That((string?)webhook["nextAttemptAt"], Is.Null);

        // Enabled again, it goes on where it was.
        Receiver.Answer = Receiver.Status(204);
        Assert.That((await PatchAsync(id, """{"enabled":true}""")).Status, Is.EqualTo(200));
        Assert.That((await Receiver.NextAsync()).Numbers, Is.EqualTo(new[] { 3 }));
        Assert.That((string?)(await UntilDeliveredAsync(id, 3))["disabledReason"], Is.Null);
    }

    [Test]
    public async Task Gone_DisablesTheWebhookAtOnce()
    {
        Receiver.Answer = Receiver.Status(410);
        var (id, _) = await CreateAsync();

        await PutFilmAsync(1);

        var webhook = await UntilAsync(id, webhook => !(bool)webhook["enabled"]!);
        Assert.That((string?)webhook["disabledReason"], Is.EqualTo("The receiver answered 410 Gone."));
        Assert.That((await AttemptsAsync(id)).Count, Is.EqualTo(1));
    }

    [Test]
    public async Task SlowReceiver_DelaysNobodyElse()
    {
        var released = new TaskCompletionSource();
        await using var other = await Receiver.StartAsync();
        Receiver.Answer = _ => released.Task;
        var (slow, _) = await CreateAsync();
        var (quick, _) = await CreateAsync(other.Url);

        await PutFilmAsync(1);
        await Receiver.NextAsync();
        await PutFilmAsync(2);

        await UntilDeliveredAsync(quick, 4);
        Assert.That((string?)(await ReadAsync(slow))["position"], Is.EqualTo(Revision(2)));
        released.SetResult();
        await UntilDeliveredAsync(slow, 4);
    }

    [Test]
    public async Task Restart_BetweenAttempts_KeepsTheDeliveryAndItsSchedule()
    {
        Receiver.Answer = Receiver.Status(500);
        var (id, secret) = await CreateAsync();
        await PutFilmAsync(1);
        var first = await Receiver.NextAsync();
        await UntilFailedAsync(id);
        await PutFilmAsync(2);

        await RestartAsync();

        Assert.That((await UntilFailedAsync(id)).TotalSeconds, Is.InRange(5, 5.51));
        Receiver.Answer = Receiver.Status(204);
        Clock.Advance(TimeSpan.FromSeconds(5.51));
        var again = await Receiver.NextAsync();
        Assert.That((again.Id, again.Body), Is.EqualTo((first.Id, first.Body)));
        Assert.That(again.IsSignedBy(secret), Is.True);
        Assert.That((await Receiver.NextAsync()).Numbers, Is.EqualTo(new[] { 4 }));
        await UntilDeliveredAsync(id, 4);
    }

    [Test]
    public async Task Restart_WithChangesThatWereNotDelivered_DeliversThem()
    {
        var (id, _) = await CreateAsync();
        await RestartAsync(() => Host.Query("UPDATE webhooks SET position = 0"));

        Assert.That((await Receiver.NextAsync()).Numbers, Is.EqualTo(new[] { 1, 2 }));
        await UntilDeliveredAsync(id, 2);
    }

    [Test]
    public async Task RenewedEpoch_IsDeliveredOnceAndThenTheChangesFromTheHeadOn()
    {
        var (id, secret) = await CreateAsync();
        Receiver.Answer = Receiver.Status(500);
        await PutFilmAsync(1);
        await Receiver.NextAsync();
        await UntilFailedAsync(id);
        await RestartAsync(() => Host.Query("UPDATE revision SET epoch = 'zzzz'"));

        var reset = await Receiver.NextAsync();
        Assert.That(reset.Body, Is.EqualTo("""{"reset":{"reason":"epoch-renewed"}}"""));
        Assert.That(reset.IsSignedBy(secret), Is.True);
        await UntilFailedAsync(id);
        await PutFilmAsync(2);
        Receiver.Answer = Receiver.Status(204);
        Clock.Advance(TimeSpan.FromSeconds(6));

        var again = await Receiver.NextAsync();
        Assert.That((again.Id, again.Body), Is.EqualTo((reset.Id, reset.Body)));
        Assert.That((await Receiver.NextAsync()).Numbers, Is.EqualTo(new[] { 4 }));
        await UntilDeliveredAsync(id, 4);
        Assert.That((await AttemptsAsync(id)).Take(3).Select(attempt => (string?)attempt!["first"]), Is.EqualTo(new[] { "zzzz-4", null, null }));
    }

    [Test]
    public async Task Secret_WithoutTheFolderOfTheKeys_DisablesTheWebhookUntilItIsRotated()
    {
        var (id, _) = await CreateAsync();
        await RestartAsync(() => Directory.Delete(Host.DatabasePath + "-keys", recursive: true));

        await PutFilmAsync(1);

        var webhook = await UntilAsync(id, webhook => !(bool)webhook["enabled"]!);
        Assert.That((string?)webhook["disabledReason"], Does.StartWith("The secret cannot be decrypted"));
        Assert.That(Receiver.Waiting, Is.Zero);
        var secret = (string)(await PostAsync($"/webhooks/{id}/rotate-secret")).Json["secret"]!;
        await PatchAsync(id, """{"enabled":true}""");
        Assert.That((await Receiver.NextAsync()).IsSignedBy(secret), Is.True);
    }
}
