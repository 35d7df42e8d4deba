using FilmService.Domain.Audit;
using FilmService.Domain.Writing;

namespace FilmService.Domain.Webhooks;

/// <summary>Stores webhooks beside the films. What is written is durable when its task completes; it gets no revision.</summary>
/// <remarks>Every method throws <see cref="CatalogUnavailableException"/> if the database does not respond.</remarks>
public interface IWebhookRepository
{
    /// <summary>Reads all webhooks, once, at start-up.</summary>
    IReadOnlyList<Webhook> Load();

    /// <summary>Stores a webhook, replacing one with the same id, and in the same transaction adds an attempt to its log and an audit event.</summary>
    Task SaveAsync(Webhook webhook, WebhookAttempt? attempt, AuditEvent? audit);

    /// <summary>Removes a webhook and its log.</summary>
    Task RemoveAsync(Webhook webhook, AuditEvent? audit);

    /// <summary>Reads the last attempts, newest first.</summary>
    Task<IReadOnlyList<WebhookAttempt>> ReadAttemptsAsync(Webhook webhook, CancellationToken cancellationToken);

    /// <summary>Reads the newest attempt of each webhook that has one, by the webhook's id.</summary>
    Task<IReadOnlyDictionary<string, WebhookAttempt>> ReadNewestAttemptsAsync(CancellationToken cancellationToken);
}
