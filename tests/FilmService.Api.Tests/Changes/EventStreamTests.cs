using System.Net.Sockets;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Changes;

public sealed class EventStreamTests : ChangesTest
{
    [Test]
    public async Task Stream_WithoutAPosition_StartsNow()
    {
        await using var stream = await EventReader.OpenAsync(Client);
        await PutAsync("up", UpArguments);

        Assert.That(Fixed(await stream.ReadEventAsync()), Is.EqualTo(
            """
            id: k3f9-3
            data: {"Revision":"k3f9-3","At":"AT","By":"anonymous","Id":"up","Name":"Up","Year":2009,"Month":"May"}

            """.ReplaceLineEndings("\n")));
        Assert.That((stream.Answer.Content.Headers.ContentType?.ToString(), stream.Answer.Headers.CacheControl?.ToString()), Is.EqualTo(("text/event-stream", "no-cache")));
    }

    [Test]
    public async Task Stream_Since_TellsWhatWasAndWhatComes()
    {
        await using var stream = await EventReader.OpenAsync(Client, "/changes?since=0");
        await DeleteAsync("1");

        Assert.That(await stream.ReadChangesAsync(3), Is.EqualTo(new[] { "1 1 2018", "2 2 2018", "3 1 deleted" }));
    }

    [Test]
    public async Task Stream_LastEventId_ComesBeforeSince()
    {
        await PutYearsAsync("up", 2001);

        await using var stream = await EventReader.OpenAsync(Client, "/changes?since=0", $"Last-Event-ID: {Revision(2)}");

        Assert.That(await stream.ReadChangesAsync(1), Is.EqualTo(new[] { "3 up 2001" }));
    }

    [TestCase("aaaaaa-1", 410)]
    [TestCase("rubbish", 400)]
    [TestCase("0", 400)]
    [TestCase("1", 400)]
    public async Task Stream_BadLastEventId_IsRefused(string id, int status)
    {
        var answer = await GetAsync("/changes", "Accept: text/event-stream", $"Last-Event-ID: {id}");

        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((status, "application/problem+json")));
    }

    [Test]
    public async Task Stream_LastEventIdOfTheFuture_Returns410() =>
        AssertProblem(await GetAsync("/changes", "Accept: text/event-stream", $"Last-Event-ID: {Revision(3)}"), FeedReset(Revision(3), "/changes"));

    [Test]
    public async Task Stream_Limit_IsRefused() => AssertProblem(
        await GetAsync("/changes?limit=5", "Accept: text/event-stream"), InvalidParameters("/changes", ("limit", "An event stream never ends, so 'limit' is not supported.")));

    [Test]
    public async Task Stream_CutAgainAndAgain_ResumesWithoutLossOrRepeat()
    {
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => PutYearsAsync($"w{writer}", [.. Enumerable.Range(1900, 50)])));
        var followed = new List<string>();
        for (var lastId = Revision(0); followed.Count < 202;)
        {
            await using var stream = await EventReader.OpenAsync(Client, "/changes", $"Last-Event-ID: {lastId}");
            followed.AddRange(await stream.ReadChangesAsync(Math.Min(23, 202 - followed.Count)));
            lastId = stream.LastId;
        }

        await writing;
        Assert.That(followed, Is.EqualTo(await WalkAsync("/changes")));
    }

    [Test]
    public async Task Stream_ServiceRestarts_ResumesWithoutLossOrRepeat()
    {
        await PutYearsAsync("up", 2001);
        await using var cut = await EventReader.OpenAsync(Client, $"/changes?since={Revision(2)}");
        Assert.That(await cut.ReadChangesAsync(1), Is.EqualTo(new[] { "3 up 2001" }));
        using var client = await RestartAsync();
        await client.SendAsync("PUT", "/films/up", HttpRequests.Json("""{"name":"Up","year":2002}"""));

        await using var resumed = await EventReader.OpenAsync(client, "/changes", $"Last-Event-ID: {cut.LastId}");

        Assert.That(await resumed.ReadChangesAsync(1), Is.EqualTo(new[] { "4 up 2002" }));
    }

    [Test]
    public async Task Stream_ReaderFallsBehind_HasEveryChangeOnceAndHoldsNoWriteUp()
    {
        var name = new string('x', 500);
        using var slow = await RawEventReader.OpenAsync(Host, 0);

        // Far more than the buffers of both sides hold: the client reads nothing until everything has been written.
        for (var round = 0; round < 40; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(film => PutAsync($"{film + 10}", $$"""{"name":"{{name}}","year":{{1900 + round}}}""")));
        }

        // If the writes took longer than a client may stall, it was disconnected, and resumes.
        var numbers = await slow.ReadAsync(8002);
        numbers.AddRange(await RawEventReader.ReadAsync(Host, numbers.Count, 8002));

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, 8002)));
    }

    [Test]
    public async Task Stream_ManyComeAndGoWhileWritersWork_CostsNobodyAnything()
    {
        using var over = new CancellationTokenSource();
        var churn = Enumerable.Range(0, 24).Select(_ => Task.Run(() => ComeAndGoAsync(over.Token))).ToList();
        await using var steady = await EventReader.OpenAsync(Client);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => PutYearsAsync($"w{writer}", [.. Enumerable.Range(1900, 100)])));

        Assert.That((await steady.ReadChangesAsync(800)).Select(brief => brief.Split(' ')[0]), Is.EqualTo(Enumerable.Range(3, 800).Select(number => $"{number}")));
        await over.CancelAsync();
        await Task.WhenAll(churn);
        Assert.That((await PutAsync("after", UpArguments)).Status, Is.EqualTo(201));
        Assert.That(await steady.ReadChangesAsync(1), Is.EqualTo(new[] { "803 after 2009" }));
    }

    private async Task ComeAndGoAsync(CancellationToken over)
    {
        var request = Encoding.ASCII.GetBytes($"GET /changes HTTP/1.1\r\nHost: {Host.Address.Authority}\r\nAccept: text/event-stream\r\n\r\n");
        var buffer = new byte[4096];
        while (!over.IsCancellationRequested)
        {
            using var client = new TcpClient { LingerState = new LingerOption(true, 0) };
            await client.ConnectAsync(Host.Address.Host, Host.Address.Port, CancellationToken.None);
            await client.GetStream().WriteAsync(request, CancellationToken.None);
            await client.GetStream().ReadAtLeastAsync(buffer, 1, cancellationToken: CancellationToken.None);
        }
    }
}
