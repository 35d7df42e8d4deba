using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using FilmService.Api.Tests.Hosting;
using FilmService.Api.Tests.Processes;
using Microsoft.AspNetCore.Http;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>Kills the service, the receiver and the network at random while films are written, and looks at all that was delivered.</summary>
public sealed class Promise11Tests : ProcessTest
{
    private const string SecondsVariable = "FILMSERVICE_TEST_SECONDS";
    private const int Writers = 4;

    private static readonly string Admin = "Authorization: Basic " + Convert.ToBase64String("admin:atCh_5K}?g"u8);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Received> _received = [];
    private readonly CancellationTokenSource _end = new();
    private FilmServiceProcess _service = null!;
    private Receiver _receiver = null!;
    private UnsteadyNetwork _network = null!;
    private int _kills;
    private int _restarts;
    private int _cuts;
    private int _failed;

    [Test]
    public async Task Promise11_Receiver_SeesEveryChangeInOrderAtLeastOnceAndWithoutAGap()
    {
        _service = await StartAsync();
        _receiver = await StartReceiverAsync(0);
        _network = new UnsteadyNetwork(_receiver.Address.Port);
        var (id, secret) = await CreateWebhookAsync();
        var clients = Enumerable.Range(0, Writers).Select(WriteAsync).Append(RetryAsync(id)).ToList();
        var disorder = new[] { KillAsync(), RestartReceiverAsync(), CutAsync() };

        await Task.Delay(Duration);
        await _end.CancelAsync();
        await Task.WhenAll([.. clients, .. disorder]);
        var feed = await ReadFeedAsync();
        await UntilDeliveredAsync(id, feed[^1]);

        _network.Dispose();
        await _receiver.DisposeAsync();
        await TestContext.Out.WriteLineAsync(
            $"{feed.Count} changes, {_received.Count} deliveries of {_received.DistinctBy(delivery => delivery.Id).Count()}, {_failed} refused; {_kills} kills, {_restarts} restarts of the receiver, {_cuts} cuts.");
        Check(feed, secret);
        Assert.That(new[] { _kills, _restarts, _cuts }, Is.All.Positive);
    }

    private void Check(List<string> feed, string secret)
    {
        Assert.That(_received.Where(delivery => !delivery.IsSignedBy(secret)), Is.Empty);
        Assert.That(_received.GroupBy(delivery => delivery.Id).Where(same => same.DistinctBy(delivery => delivery.Body).Count() > 1), Is.Empty, "An id has one content.");

        // An attempt that was given up can still be under way, and arrive after the next delivery. Its id tells that it is a repetition.
        Assert.That(_received.DistinctBy(delivery => delivery.Id).SelectMany(Changes), Is.EqualTo(feed));
    }

    private static IEnumerable<string> Changes(Received delivery) => delivery.Json["items"]!.AsArray().Select(change => change!.ToJsonString());

    // Long enough to see each kind of trouble; a minute finds what is rare.
    private static TimeSpan Duration =>
        TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable(SecondsVariable) ?? "15", CultureInfo.InvariantCulture));

    private async Task<(string Id, string Secret)> CreateWebhookAsync()
    {
        using var client = _service.CreateClient();
        var answer = await client.SendAsync("POST", "/webhooks", HttpRequests.Json($$"""{"url":"{{_network.Url}}"}"""), Admin);
        return ((string)answer.Json["id"]!, (string)answer.Json["secret"]!);
    }

    private async Task<Receiver> StartReceiverAsync(int port)
    {
        var receiver = await Receiver.StartAsync(port);
        receiver.Answer = AnswerAsync;
        receiver.Take = _received.Enqueue;
        return receiver;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        switch (Random.Shared.Next(12))
        {
            case 0:
                Interlocked.Increment(ref _failed);
                context.Response.StatusCode = 500;
                break;
            case 1:
                context.Abort();
                break;
            case 2:
                await Task.Delay(Random.Shared.Next(200));
                break;
            default:
                context.Response.StatusCode = 204;
                break;
        }
    }

    private Task WriteAsync(int writer) => UntilTheEndAsync(async () =>
    {
        using var client = _service.CreateClient();
        for (var number = 0; !_end.IsCancellationRequested; number++)
        {
            await (number % 5 == 4
                ? client.SendAsync("DELETE", $"/films/{writer}-{number % 7}")
                : client.SendAsync("PUT", $"/films/{writer}-{number % 7}", HttpRequests.Json($$"""{"name":"Film {{number}}","year":2000}""")));
            await Task.Delay(Random.Shared.Next(10));
        }
    });

    // An administrator who does not wait for the next attempt.
    private Task RetryAsync(string id) => UntilTheEndAsync(async () =>
    {
        using var client = _service.CreateClient();
        await RetryAsync(client, id);
        await Task.Delay(200);
    });

    private static async Task<JsonNode> RetryAsync(HttpClient client, string id)
    {
        var webhook = (await client.SendAsync("GET", $"/webhooks/{id}", null, Admin)).Json;
        return webhook["nextAttemptAt"] is null ? webhook : (await client.SendAsync("PATCH", $"/webhooks/{id}", HttpRequests.Json("""{"enabled":true}"""), Admin)).Json;
    }

    private Task KillAsync() => AtRandomAsync(2500, async () =>
    {
        await _service.KillAsync();
        _service = await StartAsync();
        _kills++;
    });

    private Task RestartReceiverAsync() => AtRandomAsync(2000, async () =>
    {
        var port = _receiver.Address.Port;
        await _receiver.DisposeAsync();
        await Task.Delay(Random.Shared.Next(300));
        _receiver = await StartReceiverAsync(port);
        _restarts++;
    });

    private Task CutAsync() => AtRandomAsync(1000, async () =>
    {
        _network.IsDown = Random.Shared.Next(2) == 0;
        _network.Cut();
        await Task.Delay(Random.Shared.Next(300));
        _network.IsDown = false;
        _cuts++;
    });

    private async Task AtRandomAsync(int milliseconds, Func<Task> trouble)
    {
        while (!_end.IsCancellationRequested)
        {
            await Task.Delay(Random.Shared.Next(milliseconds / 4, milliseconds * 2));
            await trouble();
        }
    }

    private async Task UntilTheEndAsync(Func<Task> work)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await work();
            }
            catch (Exception exception) when (exception is HttpRequestException or AggregateException)
            {
                // The service has been killed, or is starting.
                await Task.Delay(20);
            }
        }
    }

    // The webhook begins after the two films of a new database.
    private async Task<List<string>> ReadFeedAsync()
    {
        using var client = _service.CreateClient();
        var lines = (await client.SendAsync("GET", "/changes", null, "Accept: application/x-ndjson")).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Skip(2).Select(line => JsonNode.Parse(line)!.ToJsonString())];
    }

    private async Task UntilDeliveredAsync(string id, string last)
    {
        using var client = _service.CreateClient();
        using var patience = new CancellationTokenSource(Patience);
        while ((string?)(await RetryAsync(client, id))["position"] != (string?)JsonNode.Parse(last)!["Revision"])
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
