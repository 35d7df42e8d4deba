using System.Text.Json;
using FilmService.Api.Changes;
using FilmService.Api.Http.Results;
using FilmService.Domain.Access;
using FilmService.Domain.Changes;
using FilmService.Domain.Webhooks;

namespace FilmService.Api.Webhooks;

/// <summary>Sends deliveries one at a time, and stores what came of each.</summary>
internal sealed partial class WebhookDeliveries(WebhookDirectory directory, IChangeFeed feed, WebhookSender sender, ILogger<WebhookDeliveries> logger)
{
    private const int Gone = StatusCodes.Status410Gone;

    private static readonly byte[] Test = "{\"test\":true}"u8.ToArray();

    /// <summary>Makes one attempt at the delivery that is due, once it is time; false if nothing is due.</summary>
    public async Task<bool> AttemptAsync(string id, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (await BeginAsync(id, cancellationToken) is not { Enabled: true, Pending: { } delivery } webhook)
        {
            return false;
        }

        if (webhook.NextAttemptAt - clock.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }

        var page = await feed.ReadAsync(webhook.Position.Number, Webhook.MaxPage, cancellationToken);
        if (delivery.Reset is null && !page.Bounds.Includes(webhook.Position))
        {
            // Changes were pruned since: the next look begins a reset.
            return true;
        }

        var sent = await sender.SendAsync(webhook, delivery.Id, Write(webhook, delivery, page), cancellationToken);
        await NoteAsync(webhook, delivery, sent);
        return true;
    }

    /// <summary>Sends a test, which is not repeated if it fails, and returns what came of it.</summary>
    public async Task<WebhookAttempt> TestAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        var id = CreateId();
        var sent = await sender.SendAsync(webhook, id, Test, cancellationToken);
        var attempt = new WebhookAttempt(id, sent.At, 1, sent.Status, sent.Duration, null, null, sent.Error);
        await directory.ChangeAsync(webhook.Id, current => current, attempt);
        return attempt;
    }

    /// <summary>Stores the delivery that is due before it is sent.</summary>
    private async Task<Webhook?> BeginAsync(string id, CancellationToken cancellationToken)
    {
        var bounds = await feed.GetBoundsAsync(cancellationToken);
        return await directory.ChangeAsync(id, webhook => webhook.Enabled ? webhook.WithNext(bounds, CreateId) : webhook);
    }

    private static byte[] Write(Webhook webhook, WebhookDelivery delivery, ChangePage page)
    {
        if (delivery.Reset is { } reason)
        {
            return JsonSerializer.SerializeToUtf8Bytes(new { reset = new { reason } }, Json.Options);
        }

        var items = page.Items.TakeWhile(change => change.Revision.Number <= delivery.Through.Number).ToList();
        var next = new ChangePosition(webhook.Position, null).LinkBehind(delivery.Through, page.Bounds, "");
        return JsonSerializer.SerializeToUtf8Bytes(new ChangesResponse(items, next), Json.Options);
    }

    private async Task NoteAsync(Webhook webhook, WebhookDelivery delivery, SentDelivery sent)
    {
        var isPage = delivery.Reset is null;
        var attempt = new WebhookAttempt(
            delivery.Id, sent.At, webhook.Failures + 1, sent.Status, sent.Duration,
            isPage ? webhook.Position with { Number = webhook.Position.Number + 1 } : null, isPage ? delivery.Through : null, sent.Error);
        var after = await directory.ChangeAsync(webhook.Id, current => current.Pending == delivery ? After(current, sent) : current, attempt);
        Log(webhook, after, sent.Error);
    }

    private static Webhook After(Webhook webhook, SentDelivery sent) => sent switch
    {
        { Error: null } => webhook.Delivered(),
        { Error: WebhookSender.NoSecret } => webhook.Disabled(sent.Error),
        { Status: Gone } => webhook.Disabled("The receiver answered 410 Gone."),
        _ => webhook.Failed(sent.Error, sent.At + sent.Duration, Random.Shared.NextDouble()),
    };

    private void Log(Webhook before, Webhook? after, string? error)
    {
        if (after is { Enabled: false, DisabledReason: { } reason })
        {
            LogDisabled(before.Id, reason);
        }
        else if (error is not null && before.Failures == 0)
        {
            LogFailing(before.Id, error);
        }
        else if (error is null && before.Failures > 0)
        {
            LogRecovered(before.Id);
        }
    }

    private static string CreateId() => "msg_" + Secret.CreateId();

    [LoggerMessage(LogLevel.Warning, "Webhook {Id} is disabled: {Reason}")]
    private partial void LogDisabled(string id, string reason);

    [LoggerMessage(LogLevel.Warning, "Webhook {Id} fails and will be retried: {Error}")]
    private partial void LogFailing(string id, string error);

    [LoggerMessage(LogLevel.Information, "Webhook {Id} succeeds again")]
    private partial void LogRecovered(string id);
}
