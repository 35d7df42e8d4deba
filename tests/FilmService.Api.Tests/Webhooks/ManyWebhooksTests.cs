using System.Collections.Concurrent;
using FilmService.Api.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>As many webhooks as there can be.</summary>
public sealed class ManyWebhooksTests : WebhookTest
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, int> _received = [];

    [Test]
    public async Task Change_WithAsManyWebhooksAsThereCanBe_GoesToEachOnceAndThenNothingRuns()
    {
        Receiver.Take = delivery => _received.AddOrUpdate($"{delivery.Path} {string.Join(' ', delivery.Numbers)}", 1, (_, count) => count + 1);
        await Parallel.ForAsync(0, Most, new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (number, _) => await CreateAsync($"{Receiver.Address}{number}"));
        var dispatcher = Host.Services.GetRequiredService<WebhookDispatcher>();
        await UntilIdleAsync(dispatcher);
        Assert.That((await PostAsync("/webhooks", $$"""{"url":"{{Receiver.Url}}"}""")).Status, Is.EqualTo(409));

        await PutFilmAsync(1);

        await UntilAllDeliveredAsync();
        await UntilIdleAsync(dispatcher);
        Assert.That(_received.Keys, Is.EquivalentTo(Enumerable.Range(0, Most).Select(number => $"/{number} 3")));
        Assert.That(_received.Values, Is.All.EqualTo(1));
    }

    private async Task UntilAllDeliveredAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((long)Host.Query("SELECT count(*) FROM webhooks WHERE position = 3 AND delivery_id IS NULL")! < Most)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    // A webhook that has nothing to deliver has neither a task nor a timer.
    private static async Task UntilIdleAsync(WebhookDispatcher dispatcher)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (dispatcher.Running > 0)
        {
            await Task.Delay(10, patience.Token);
        }
    }
}
