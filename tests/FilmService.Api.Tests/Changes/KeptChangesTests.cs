using FilmService.Api.Tests.Hosting;
using FilmService.Domain.Changes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Changes;

/// <summary><c>Changes:KeepDays</c>: what is deleted at start-up, and what followers see of it.</summary>
public sealed class KeptChangesTests : ChangesTest
{
    protected override string[] Settings => ["Changes:KeepDays=30"];

    [Test]
    public async Task Start_OldSupersededChanges_AreRemovedAndEachFilmsLatestIsKept()
    {
        using var client = await AgeAsync(31);

        Assert.That(await WalkAsync(client, "/changes"), Is.EqualTo(new[] { "1 1 2018", "2 2 2018", "7 b deleted", "8 a 2005" }));
        Assert.That(Briefs((await client.SendAsync("GET", "/films/a/history")).Json), Is.EqualTo(new[] { "8 a 2005" }));
    }

    [Test]
    public async Task Start_SupersededChangesOf29Days_AreKept()
    {
        using var client = await AgeAsync(29);

        Assert.That(await WalkAsync(client, "/changes"), Has.Count.EqualTo(8));
    }

    [TestCase("application/json")]
    [TestCase("application/x-ndjson")]
    [TestCase("text/event-stream")]
    public async Task Changes_SinceOlderThanWhatIsKept_Returns410(string type)
    {
        using var client = await AgeAsync(31);
        var old = Revision(4);

        AssertProblem(await client.SendAsync("GET", $"/changes?since={old}", null, $"Accept: {type}"), FeedReset(old, "/changes"));
        AssertProblem(await client.SendAsync("GET", $"/films/a?asOf={old}"), FeedReset(old, "/films/a"));
        AssertProblem(await client.SendAsync("GET", $"/films?asOf={old}"), FeedReset(old, "/films"));
        Assert.That((await client.SendAsync("GET", $"/films?asOf={Revision(8)}&fields=Year")).Body, Is.EqualTo("""{"1":{"Year":2018},"2":{"Year":2018},"a":{"Year":2005}}"""));
        Assert.That((await client.SendAsync("GET", $"/changes?since={Revision(8)}")).Status, Is.EqualTo(200));
    }

    [TestCase("/changes?limit=1")]
    [TestCase("/changes?since=0&limit=1")]
    public async Task Changes_WalkFromTheFirst_PassesWhatIsRemoved(string address)
    {
        using var client = await AgeAsync(31);

        var first = (await client.SendAsync("GET", address)).Json;

        Assert.That((string?)first["next"], Is.EqualTo($"/changes?since={Revision(1)}&begun={Revision(8)}&limit=1"));
        Assert.That(await WalkAsync(client, address), Is.EqualTo(new[] { "1 1 2018", "2 2 2018", "7 b deleted", "8 a 2005" }));
    }

    [Test]
    public async Task Changes_WalkFromRevision0_PassesWhatIsRemoved()
    {
        using var client = await AgeAsync(31);

        Assert.That(await WalkAsync(client, $"/changes?since={Revision(0)}&limit=1"), Has.Count.EqualTo(4));
    }

    [Test]
    public async Task Post_KeyWhoseChangeIsSuperseded_IsStillAnsweredInFull()
    {
        var first = await PostAsync("""{"Id":"keyed","name":"Up","year":2009}""", Key);
        await PutYearsAsync("keyed", 2010, 2011);
        using var client = await AgeAsync(31);

        var again = await client.SendAsync("POST", "/films", HttpRequests.Json("""{"Id":"keyed","name":"Up","year":2009}"""), Key);

        Assert.That((again.Status, again.Body, again.Field("ETag"), again.Field("Idempotency-Replayed")), Is.EqualTo((201, first.Body, first.Field("ETag"), "true")));
    }

    [TestCase("application/x-ndjson")]
    [TestCase("text/event-stream")]
    public async Task Changes_RemovedBeforeAReaderHasComeToThem_EndTheAnswerWithoutAGap(string type)
    {
        // More than the buffers of a connection hold.
        const int superseded = 19_000;
        var name = new string('x', 500);
        var lines = Enumerable.Range(0, superseded + 1000).Select(line => $$"""{"Id":"{{line % 1000}}","Name":"{{name}}","Year":{{1900 + (line / 1000)}}}""" + "\n");
        var import = await Client.SendAsync("POST", "/films?onConflict=replace", new StringContent(string.Concat(lines), null, "application/x-ndjson"));
        Assert.That(import.Status, Is.EqualTo(200), import.Body);
        using var reader = await SlowReader.OpenAsync(Host.Address, $"/changes?since={Revision(2)}", type);

        await Host.Services.GetRequiredService<IChangeFeed>().RemoveSupersededAsync(DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None);

        var numbers = await (type == "text/event-stream" ? reader.ReadToTheResetAsync() : reader.ReadToTheCutAsync());
        Assert.That(numbers, Has.Count.InRange(1, superseded - 1).And.EqualTo(Enumerable.Range(3, numbers.Count)));
        var last = Revision(numbers[^1]);
        AssertProblem(await GetAsync($"/changes?since={last}", $"Accept: {type}"), FeedReset(last, "/changes"));
    }

    /// <summary>Makes some changes, makes all changes this many days older, and restarts the service.</summary>
    private async Task<HttpClient> AgeAsync(int days)
    {
        await PutYearsAsync("a", 2001, 2002);
        await PutYearsAsync("b", 2001, 2002);
        await DeleteAsync("b");
        await PutYearsAsync("a", 2005);
        using (var connection = new SqliteConnection($"Data Source={Host.DatabasePath};Pooling=False"))
        {
            connection.Open();
            using var age = connection.CreateCommand();
            age.CommandText = $"UPDATE changes SET at = at - {TimeSpan.FromDays(days).TotalMilliseconds}";
            age.ExecuteNonQuery();
        }

        var client = await RestartAsync();
        var expected = days > 30;
        for (var end = DateTime.UtcNow.AddSeconds(30); expected && Host.Query("SELECT removed_through FROM revision") is 0L && DateTime.UtcNow < end;)
        {
            await client.SendAsync("GET", "/health/ready");
        }

        return client;
    }
}
