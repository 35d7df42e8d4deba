using System.Collections.Concurrent;
using System.Globalization;
using FilmService.Api.Tests.Processes;

namespace FilmService.Api.Tests.Consistency;

/// <summary>Many clients of one service at once, each of whose answers is recorded, and a look at all of them together.</summary>
public sealed class ConsistencyTests : ProcessTest
{
    private const string SecondsVariable = "FILMSERVICE_TEST_SECONDS";
    private const int Ids = 60;
    private const int Writers = 8;
    private const int FaultsShown = 10;

    // The writers rest together for a part of each period, so that lists are also asked for again before they have changed.
    private const int PeriodMilliseconds = 200;
    private const int RestMilliseconds = 60;

    private readonly ConcurrentQueue<Answer> _history = [];
    private readonly CancellationTokenSource _end = new();

    [Test]
    public async Task Promise12_EveryAnswer_IsConsistentWithOneOrderOfAllChanges()
    {
        var service = await StartAsync(settings: "Films:Seed=false");
        using var client = service.CreateClient();
        var clients = Clients(client).ToList();
        var stream = new RecordedClient(client, _history).StreamAsync(_end.Token);

        await Task.Delay(Duration);
        await _end.CancelAsync();
        await Task.WhenAll(clients);
        var faults = HistoryChecker.Check(await new RecordedClient(client, _history).ReplayAsync(), [.. _history]);
        await service.KillAsync();
        await StreamEndsAsync(stream);

        Report(faults);
        Assert.That(_history.Select(answer => answer.Request).Distinct(), Is.SupersetOf(EveryRequest));
        Assert.That(faults.Take(FaultsShown), Is.Empty, () => $"{faults.Count} faults in {_history.Count} answers.");
    }

    // Long enough to see each kind of answer thousands of times; a minute finds what is rare.
    private static TimeSpan Duration =>
        TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable(SecondsVariable) ?? "7", CultureInfo.InvariantCulture));

    private static IEnumerable<string> EveryRequest =>
    [
        "PUT", "DELETE", "DELETE (404)", "GET film (200)", "GET film (304)", "GET film (404)", "GET history", "DELETE (dry run)", "GET /changes", "event",
        .. FilmList.All.Select(list => $"GET {list.Address} (200)"), .. FilmList.All.Select(list => $"GET {list.Address} (304)"),
    ];

    private IEnumerable<Task> Clients(HttpClient client)
    {
        for (var writer = 0; writer < Writers; writer++)
        {
            var number = writer;
            yield return RepeatAsync(client, (self, turn) => WriteAsync(self, number, turn));
        }

        foreach (var ifNoneMatch in new[] { false, false, true, true })
        {
            yield return RepeatAsync(client, (self, _) => self.GetFilmAsync(AnyId(), ifNoneMatch));
        }

        foreach (var ifNoneMatch in new[] { false, true })
        {
            yield return RepeatAsync(client, (self, turn) => self.GetListAsync(FilmList.All[turn / 2 % FilmList.All.Length], ifNoneMatch));
        }

        yield return RepeatAsync(client, (self, turn) => turn % 2 == 0 ? self.GetLastChangeAsync(AnyId()) : self.PreviewDeleteAsync(AnyId()));
        yield return RepeatAsync(client, (self, _) => self.FollowAsync());
    }

    // One of five is removed, so that there are always films which are not there.
    private static async Task WriteAsync(RecordedClient self, int writer, int turn)
    {
        if (Environment.TickCount64 % PeriodMilliseconds is < RestMilliseconds and var rested)
        {
            await Task.Delay((int)(RestMilliseconds - rested));
        }

        await (turn % 5 == 4
            ? self.DeleteAsync(AnyId())
            : self.PutAsync(AnyId(), $"Film writer{writer} {turn}", 1900 + (turn % 100)));
    }

    private static string AnyId() => Random.Shared.Next(1, Ids + 1).ToString(CultureInfo.InvariantCulture);

    private Task RepeatAsync(HttpClient client, Func<RecordedClient, int, Task> ask) => Task.Run(async () =>
    {
        var self = new RecordedClient(client, _history);
        for (var turn = 0; !_end.IsCancellationRequested; turn++)
        {
            await ask(self, turn);
        }
    });

    private static async Task StreamEndsAsync(Task stream)
    {
        try
        {
            await stream;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The service is gone while the stream waits for the next event.
        }
    }

    private void Report(List<Fault> faults)
    {
        TestContext.Out.WriteLine($"{_history.Count} answers, {faults.Count} faults.");
        foreach (var kind in faults.GroupBy(fault => fault.Kind).OrderByDescending(kind => kind.Count()))
        {
            TestContext.Out.WriteLine($"{kind.Count(),6} {kind.Key}; the longest: {kind.MaxBy(fault => fault.After)}");
        }
    }
}
