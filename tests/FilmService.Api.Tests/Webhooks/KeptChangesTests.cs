namespace FilmService.Api.Tests.Webhooks;

/// <summary><c>Changes:KeepDays</c> and what webhooks still have to be sent.</summary>
public sealed class KeptChangesTests : WebhookTest
{
    protected override string[] Settings => ["Changes:KeepDays=30"];

    [Test]
    public async Task Start_KeepsWhatAnEnabledWebhookHasNotBeenSent()
    {
        Receiver.Answer = Receiver.Status(500);
        var (id, _) = await CreateAsync();
        await ChangeOneFilmAsync();
        await RestartAsync(() => Host.Query("UPDATE webhooks SET position = 4, delivery_id = NULL; UPDATE changes SET at = 0"));

        Assert.That(await NumbersAsync(), Is.EqualTo(new[] { 1, 2, 4, 5, 6, 7 }), "What the webhook has been sent is removed.");
        Assert.That(Host.Query("SELECT removed_through FROM revision"), Is.EqualTo(4));
        Receiver.Answer = Receiver.Status(204);
        await PatchAsync(id, """{"enabled":true}""");
        await UntilDeliveredAsync(id, 7);
        var deliveries = await ReceivedAsync();
        Assert.That(deliveries[^1].Numbers, Is.EqualTo(new[] { 5, 6, 7 }));

        await RestartAsync();
        Assert.That(await NumbersAsync(), Is.EqualTo(new[] { 1, 2, 7 }));
    }

    [Test]
    public async Task Enable_AfterChangesWereRemoved_DeliversThatOnceAndThenTheChangesFromTheHeadOn()
    {
        var (id, _) = await CreateAsync();
        await PatchAsync(id, """{"enabled":false}""");
        await ChangeOneFilmAsync();
        await RestartAsync(() => Host.Query("UPDATE changes SET at = 0"));
        Assert.That(await NumbersAsync(), Is.EqualTo(new[] { 1, 2, 7 }));

        await PatchAsync(id, """{"enabled":true}""");
        Assert.That((await Receiver.NextAsync()).Body, Is.EqualTo("""{"reset":{"reason":"changes-removed"}}"""));
        await UntilDeliveredAsync(id, 7);
        await PutFilmAsync(1);

        Assert.That((await Receiver.NextAsync()).Numbers, Is.EqualTo(new[] { 8 }));
    }

    [Test]
    public async Task Start_AfterTheEpochWasRenewed_KeepsNothingForAWebhookThatStartsAgain()
    {
        Receiver.Answer = Receiver.Status(500);
        await CreateAsync();
        await ChangeOneFilmAsync();

        await RestartAsync(() => Host.Query("UPDATE changes SET at = 0; UPDATE revision SET epoch = 'zzzz'"));

        Assert.That(await NumbersAsync(), Is.EqualTo(new[] { 1, 2, 7 }));
    }

    [Test]
    public async Task Replay_FromChangesThatAreNotKept_Returns410()
    {
        var (id, _) = await CreateAsync();
        await ChangeOneFilmAsync();
        await UntilDeliveredAsync(id, 7);
        await RestartAsync(() => Host.Query("UPDATE changes SET at = 0"));
        Assert.That(await NumbersAsync(), Is.EqualTo(new[] { 1, 2, 7 }));

        Assert.That((await PostAsync($"/webhooks/{id}/replay", $$"""{"since":"{{Revision(3)}}"}""")).Status, Is.EqualTo(410));
        Assert.That((await PostAsync($"/webhooks/{id}/replay", $$"""{"since":"{{Revision(0)}}"}""")).Status, Is.EqualTo(410));
    }

    private async Task ChangeOneFilmAsync()
    {
        for (var year = 2001; year <= 2005; year++)
        {
            await PutAsync("film", $$"""{"name":"Film","year":{{year}}}""");
        }
    }

    // Changes are removed at start-up: it waits until they are.
    private async Task<List<int>> NumbersAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var before = ""; ; await Task.Delay(100, patience.Token))
        {
            var now = (string)Host.Query("SELECT group_concat(revision) FROM (SELECT revision FROM changes ORDER BY revision)")!;
            if (now == before && (long)Host.Query("SELECT removed_through FROM revision")! > 0)
            {
                return [.. now.Split(',').Select(int.Parse)];
            }

            before = now;
        }
    }

    private async Task<List<Received>> ReceivedAsync()
    {
        var deliveries = new List<Received>();
        while (Receiver.Waiting > 0)
        {
            deliveries.Add(await Receiver.NextAsync());
        }

        return deliveries;
    }
}
