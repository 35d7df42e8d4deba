namespace FilmService.Api.Tests.Webhooks;

/// <summary>An older copy of the database is put back while the service is stopped: nobody mistakes its revisions for earlier ones.</summary>
public sealed class RenewedEpochTests : WebhookTest
{
    private const string KeyField = "Idempotency-Key: k";

    [Test]
    public async Task Start_OnAnOlderCopy_TellsFollowersAndHonoursNothingOfTheEarlierEpoch()
    {
        await RestartAsync();
        var (id, _) = await CreateAsync();
        await PutAsync("3", UpArguments, KeyField);
        await UntilDeliveredAsync(id, 3);
        await Receiver.NextAsync();
        var (film, list, since) = ((await GetAsync("/films/1")).Field("ETag")!, (await GetAsync("/films")).Field("ETag")!, Revision(2));
        var copy = Host.DatabasePath + ".copy";
        await RestartAsync(() => File.Copy(Host.DatabasePath, copy));
        await PutAsync("4", UpArguments);
        await UntilDeliveredAsync(id, 4);
        await Receiver.NextAsync();

        await RestartAsync(() => File.Move(copy, Host.DatabasePath, overwrite: true));

        var feed = await GetAsync($"/changes?since={since}");
        Assert.That((feed.Status, (string?)feed.Json["type"]), Is.EqualTo((410, "/problems/feed-reset")));
        Assert.That((await PutAsync("1", """{"name":"Lost","year":2000}""", $"If-Match: {film}")).Status, Is.EqualTo(412));
        Assert.That((await GetAsync("/films/1", $"If-None-Match: {film}")).Status, Is.EqualTo(200));
        Assert.That((await GetAsync("/films", $"If-None-Match: {list}")).Status, Is.EqualTo(200));
        var again = await PutAsync("3", UpArguments, KeyField);
        Assert.That((again.Status, again.Field("Idempotency-Replayed")), Is.EqualTo((200, (string?)null)));
        Assert.That((await Receiver.NextAsync()).Body, Is.EqualTo("""{"reset":{"reason":"epoch-renewed"}}"""));
        await PutFilmAsync(5);
        Assert.That((await Receiver.NextAsync()).Numbers, Is.EqualTo(new[] { 4 }));
    }
}
