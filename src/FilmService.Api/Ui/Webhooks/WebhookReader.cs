using FilmService.Api.Ui.Editing;
using FilmService.Domain.Changes;
using FilmService.Domain.Webhooks;

namespace FilmService.Api.Ui.Webhooks;

/// <summary>Reads webhooks for the pages.</summary>
public sealed class WebhookReader(WebhookDirectory directory, IChangeFeed feed, TimeProvider clock)
{
    /// <summary>The webhook with this id; null if there is none.</summary>
    public Webhook? Find(string id) => directory.Find(id);

    public async Task<WebhooksModel> ReadAllAsync(CancellationToken cancellationToken)
    {
        var newest = await directory.ReadNewestAttemptsAsync(cancellationToken);
        var head = (await feed.GetBoundsAsync(cancellationToken)).Now;
        return new WebhooksModel([.. directory.All.Select(webhook => (webhook, newest.GetValueOrDefault(webhook.Id)))], head, clock.GetUtcNow());
    }

    /// <param name="webhook">The webhook.</param>
    /// <param name="form">The form to show; null for one with its values.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public async Task<WebhookModel> ReadAsync(Webhook webhook, FormModel? form, CancellationToken cancellationToken) => new(
        webhook,
        form ?? FormOf(webhook),
        await directory.ReadAttemptsAsync(webhook, cancellationToken),
        (await feed.GetBoundsAsync(cancellationToken)).Now,
        clock.GetUtcNow());

    private static FormModel FormOf(Webhook webhook)
    {
        var values = new Dictionary<string, string> { ["url"] = webhook.Url, ["description"] = webhook.Description ?? "" };
        return new FormModel(UiAddress.In(UiAddress.Webhooks, webhook.Id), values, new Dictionary<string, string>(), null);
    }
}
