using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Backups;

/// <summary>The eighth promise: a backup that is called verified was restored and compared, and no revision is used twice.</summary>
public sealed class Promise8Tests : BackupTest
{
    [Test]
    public async Task Promise8_ABackupThatIsVerified_RestoresTheCatalogueAndReusesNoRevision()
    {
        for (var number = 0; number < 200; number++)
        {
            await (number % 7 == 6 ? DeleteAsync($"{number % 40}") : PutAsync($"{number % 40}", $$"""{"name":"Film {{number}} é","year":{{1900 + (number % 100)}}}"""));
        }

        var exported = await ExportAsync();
        var backup = await BackUpAsync();
        var given = new HashSet<string>();
        for (var number = 0; number < 20; number++)
        {
            given.Add((await PutAsync("lost", $$"""{"name":"Lost {{number}}","year":2000}""")).Field("ETag")!);
        }

        var lostId = (string)(await Client.SendAsync("POST", "/films", HttpRequests.Json(UpArguments))).Json["Id"]!;
        var since = (await GetAsync("/changes")).Json["next"]!.GetValue<string>();

        var restored = await RestoreAsync(PathOf(backup));

        Assert.That(await ExportAsync(), Is.EqualTo(exported), "Byte for byte.");
        Assert.That((await GetAsync(since)).Json["type"]!.GetValue<string>(), Is.EqualTo("/problems/feed-reset"));
        var followed = await FollowAsync();
        Assert.That(followed, Has.Count.EqualTo(restored.After.Number));
        for (var number = 0; number < 20; number++)
        {
            Assert.That(given.Add((await PutAsync("lost", $$"""{"name":"New {{number}}","year":2000}""")).Field("ETag")!), Is.True, "A revision was used twice.");
        }

        Assert.That((await FollowAsync())[..followed.Count], Is.EqualTo(followed), "The feed goes on.");
        var newId = (string)(await Client.SendAsync("POST", "/films", HttpRequests.Json(UpArguments))).Json["Id"]!;
        Assert.That(long.Parse(newId, null), Is.GreaterThan(long.Parse(lostId, null)), "An id was generated twice.");
    }

    [Test]
    public async Task Restore_ManyTimes_NeverReusesAnEpoch()
    {
        var backup = await BackUpAsync();
        var epochs = new List<string>();
        for (var round = 0; round < 4; round++)
        {
            epochs.Add((await RestoreAsync(PathOf(backup))).After.Epoch);
            Assert.That((string)Host.Query("SELECT epoch FROM revision")!, Is.EqualTo(epochs[^1]), "The start keeps the epoch of the restore.");
        }

        Assert.That(epochs, Is.Unique);
    }

    private async Task<string> ExportAsync() => (await GetAsync("/films?format=csv", "Accept: text/csv")).Body;

    private async Task<List<string>> FollowAsync() =>
        [.. (await GetAsync("/changes", "Accept: application/x-ndjson")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
