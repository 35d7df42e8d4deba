using System.Globalization;
using System.Text.Json.Nodes;
using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>Base class for tests of webhooks, with a receiver and a clock that the test sets.</summary>
public abstract class WebhookTest : ServiceTest
{
    protected static readonly string Admin = Basic("admin", "atCh_5K}?g");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal Receiver Receiver { get; private set; } = null!;

    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    protected override Task<FilmServiceHost> StartHostAsync() => FilmServiceHost.StartAsync(Clock, Settings);

    [SetUp]
    public async Task StartReceiverAsync() => Receiver = await Receiver.StartAsync();

    [TearDown]
    public async Task StopReceiverAsync() => await Receiver.DisposeAsync();

    /// <summary>Creates a webhook; returns its id and its secret.</summary>
    protected async Task<(string Id, string Secret)> CreateAsync(string? url = null)
    {
        var answer = await PostAsync("/webhooks", $$"""{"url":{{Quoted(url ?? Receiver.Url)}}}""");
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        return ((string)answer.Json["id"]!, (string)answer.Json["secret"]!);
    }

    protected Task<HttpAnswer> PostAsync(string address, string? json = null) =>
        Client.SendAsync("POST", address, json is null ? null : HttpRequests.Json(json), Admin);

    protected Task<HttpAnswer> PatchAsync(string id, string json) => Client.SendAsync("PATCH", $"/webhooks/{id}", HttpRequests.Json(json), Admin);

    protected async Task<JsonNode> ReadAsync(string id) => (await GetAsync($"/webhooks/{id}", Admin)).Json;

    protected async Task<JsonArray> AttemptsAsync(string id) => (await GetAsync($"/webhooks/{id}/deliveries", Admin)).Json["items"]!.AsArray();

    /// <summary>Waits until a webhook is as it should be.</summary>
    protected async Task<JsonNode> UntilAsync(string id, Func<JsonNode, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        for (var webhook = await ReadAsync(id); ; webhook = await ReadAsync(id))
        {
            if (isSo(webhook))
            {
                return webhook;
            }

            await Task.Delay(10, patience.Token);
        }
    }

    /// <summary>Waits until everything through a revision has been delivered.</summary>
    protected Task<JsonNode> UntilDeliveredAsync(string id, long number) => UntilAsync(id, webhook => (string?)webhook["position"] == Revision(number));

    /// <summary>Waits until an attempt has failed and the next is in the future; returns how long the webhook waits for it.</summary>
    protected async Task<TimeSpan> UntilFailedAsync(string id) => Wait(await UntilAsync(id, webhook => Wait(webhook) > TimeSpan.Zero));

    private TimeSpan Wait(JsonNode webhook) => (string?)webhook["nextAttemptAt"] is { } next
        ? DateTimeOffset.Parse(next, CultureInfo.InvariantCulture) - Clock.GetUtcNow()
        : TimeSpan.Zero;

    protected async Task RestartAsync(Action? meanwhile = null)
    {
        await Host.RestartAsync(meanwhile ?? (() => { }));
        Client.Dispose();
        Client = Host.CreateClient();
    }

    protected Task PutFilmAsync(int number) => PutAsync($"film-{number}", $$"""{"name":"Film {{number}}","year":2000}""");
}
