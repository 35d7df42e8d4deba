using FilmService.Api.Ui.Administration;
using FilmService.Api.Ui.Editing;
using FilmService.Domain.Films;
using FilmService.Domain.Webhooks;

namespace FilmService.Api.Ui.Webhooks;

/// <summary>The list of webhooks.</summary>
/// <param name="Webhooks">Each with its newest attempt, null if there was none yet.</param>
/// <param name="Head">The catalogue's last revision, which each should have been sent.</param>
/// <param name="Now">The time, to say how long ago the attempts were made.</param>
public sealed record WebhooksModel(IReadOnlyList<(Webhook Webhook, WebhookAttempt? Newest)> Webhooks, Revision Head, DateTimeOffset Now)
    : AdministrationModel("Webhooks", UiAddress.Webhooks);

/// <summary>One webhook with its attempts at deliveries, newest first.</summary>
/// <param name="Form">The form that changes it.</param>
/// <param name="Head">The catalogue's last revision, which it should have been sent.</param>
/// <param name="Now">The time, to say how long ago the attempts were made.</param>
public sealed record WebhookModel(Webhook Webhook, FormModel Form, IReadOnlyList<WebhookAttempt> Attempts, Revision Head, DateTimeOffset Now)
    : AdministrationModel(new Uri(Webhook.Url).Authority, UiAddress.Webhooks)
{
    /// <summary>How many attempts are shown unless all are asked for.</summary>
    private const int Shown = 50;

    public string Address => UiAddress.In(UiAddress.Webhooks, Webhook.Id);

    /// <summary>True if all attempts are shown.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>The delivery whose test has just been sent; null for none.</summary>
    public string? TestedId { get; init; }

    public WebhookAttempt? Tested => TestedId is null ? null : Attempts.FirstOrDefault(attempt => attempt.DeliveryId == TestedId);

    public IEnumerable<WebhookAttempt> ShownAttempts => ShowsAll ? Attempts : Attempts.Take(Shown);
}

/// <summary>The page that sends changes again.</summary>
/// <param name="Form">The form, with the revision after which changes are sent.</param>
public sealed record ReplayModel(Webhook Webhook, FormModel Form) : AdministrationModel("Send changes again", UiAddress.Webhooks);
