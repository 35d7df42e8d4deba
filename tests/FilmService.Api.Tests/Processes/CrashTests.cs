using System.Collections.Concurrent;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

public sealed class CrashTests : ProcessTest
{
    private const int Writers = 16;
    private const int Rounds = 4;
    private const int AnsweredPerRound = 300;

    private const string LineOf = "revision || ' ' || id || ' ' || ifnull(name || ' ' || year || ' ' || coalesce(nullif(month, 0), '-'), 'gone')";

    // Acknowledged writes: the change's line, by its number.
    private readonly ConcurrentDictionary<string, string> _answered = [];

    [Test]
    public async Task Kill_UnderWriters_LosesNothingThatWasAnsweredAndLeavesTheDatabaseConsistent()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var service = await StartAsync();
            AssertFilmsAreTheReplayOfChanges();
            var writing = Enumerable.Range(0, Writers).Select(writer => WriteUntilKilledAsync(service, writer, round)).ToList();
            await AnsweredAsync(round * AnsweredPerRound);
            await service.KillAsync();
            await Task.WhenAll(writing);

            AssertNothingIsLost();
        }

        // The films are a projection of the changes: those missing after a crash are projected at the next start.
        await StartAsync();
        AssertFilmsAreTheReplayOfChanges();
    }

    [Test]
    public async Task Terminate_UnderWriters_AnswersAndKeepsWhatIsUnderWay()
    {
        var service = await StartAsync();
        var writing = Enumerable.Range(0, Writers).Select(writer => WriteUntilKilledAsync(service, writer, round: 1)).ToList();
        await AnsweredAsync(AnsweredPerRound);

        await service.TerminateAsync();

        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
        await Task.WhenAll(writing);
        AssertNothingIsLost();
        AssertFilmsAreTheReplayOfChanges();
        Assert.That(File.Exists(DatabasePath + "-wal"), Is.False, "It closed the database.");
    }

    // Creates, replaces and deletes films one after the other, until the connection breaks.
    private async Task WriteUntilKilledAsync(FilmServiceProcess service, int writer, int round)
    {
        using var client = service.CreateClient();
        try
        {
            for (var number = 0; ; number++)
            {
                var id = $"{writer}-{number / 5 % 7}";
                var isDelete = number % 5 == 4;
                var name = $"{round}/{number}";
                var answer = isDelete
                    ? await client.SendAsync("DELETE", $"/films/{id}")
                    : await client.SendAsync("PUT", $"/films/{id}", HttpRequests.Json($$"""{"name":"{{name}}","year":{{1900 + round}},"month":"May"}"""));
                if (answer.Status is not (200 or 201 or 204 or 404))
                {
                    continue;
                }

                var revision = answer.Field("Films-Revision")!.Split('-')[1];
                if (answer.Status != 404)
                {
                    Assert.That(_answered.TryAdd(revision, $"{revision} {id} {(isDelete ? "gone" : $"{name} {1900 + round} 5")}"), Is.True, "A revision was told twice.");
                }
            }
        }
        catch (HttpRequestException)
        {
            // The service has been killed.
        }
    }

    private async Task AnsweredAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_answered.Count < count)
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private void AssertNothingIsLost()
    {
        var kept = Query($"SELECT {LineOf} FROM changes").ToHashSet();
        Assert.That(_answered.Values.Where(line => !kept.Contains(line)), Is.Empty);
        Assert.That(Query("SELECT count(*) || ' ' || max(revision) FROM changes"), Is.EqualTo(Query("SELECT number || ' ' || number FROM revision")), "There is a gap.");
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
    }

    private void AssertFilmsAreTheReplayOfChanges()
    {
        var films = Query($"SELECT {LineOf} FROM films ORDER BY revision");
        var replay = Query($"SELECT {LineOf} FROM changes AS c WHERE name IS NOT NULL AND revision = (SELECT max(revision) FROM changes WHERE sort_key = c.sort_key) ORDER BY revision");
        Assert.That(films, Is.EqualTo(replay));
    }

    private List<string> Query(string sql) => FilmServiceProcess.Query(DatabasePath, sql);
}
