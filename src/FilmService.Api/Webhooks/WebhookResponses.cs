using System.Text.Json.Serialization;
using FilmService.Api.Http.Results;
using FilmService.Domain.Webhooks;

namespace FilmService.Api.Webhooks;

/// <summary>A webhook: a subscription to the change feed.</summary>
/// <param name="Id">The id.</param>
/// <param name="Url">Where deliveries are sent.</param>
/// <param name="Description">What it is for; null if nothing was given.</param>
/// <param name="Enabled">False if nothing is sent.</param>
/// <param name="DisabledReason">Why the service disabled it; null if it is enabled, or an administrator disabled it.</param>
/// <param name="Secret">The new secret; only returned when it is created.</param>
/// <param name="Position">All changes through this revision have been delivered.</param>
/// <param name="FailingSince">When the first of the failed attempts was made; null if the last one succeeded.</param>
/// <param name="NextAttemptAt">When the next attempt is due; null if the last one succeeded.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CreatedBy">The caller who created it.</param>
public sealed record WebhookResponse(
    string Id,
    string Url,
    string? Description,
    bool Enabled,
    string? DisabledReason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret,
    string Position,
    string? FailingSince,
    string? NextAttemptAt,
    string CreatedAt,
    string CreatedBy)
{
    internal static WebhookResponse Of(Webhook webhook, string? secret = null) => new(
        webhook.Id, webhook.Url, webhook.Description, webhook.Enabled, webhook.DisabledReason, secret, webhook.Position.ToString(),
        webhook.FailingSince?.ToText(), webhook.NextAttemptAt?.ToText(), webhook.CreatedAt.ToText(), webhook.CreatedBy);
}

/// <summary>One attempt at a delivery.</summary>
/// <param name="Id">The delivery's id, sent as `webhook-id`; the same for all attempts at it.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Attempt">The number of the attempt; 1 for the first, and for the first after an administrator changed the webhook.</param>
/// <param name="Status">The HTTP status of the response; null if there was none.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="First">The first change in the delivery; null for a reset or a test.</param>
/// <param name="Last">The last change in the delivery; null for a reset or a test.</param>
/// <param name="Error">What went wrong; null if it succeeded.</param>
public sealed record DeliveryResponse(
    string Id, string At, int Attempt, int? Status, long DurationMs, string? First, string? Last, string? Error)
{
    internal static DeliveryResponse Of(WebhookAttempt attempt) => new(
        attempt.DeliveryId, attempt.At.ToText(), attempt.Number, attempt.Status, (long)attempt.Duration.TotalMilliseconds,
        attempt.First?.ToString(), attempt.Last?.ToString(), attempt.Error);
}
