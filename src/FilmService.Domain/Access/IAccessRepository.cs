using FilmService.Domain.Audit;

namespace FilmService.Domain.Access;

/// <summary>Everything that is stored about access. The users are those created over HTTP, not those from settings.</summary>
public sealed record AccessRecords(
    IReadOnlyList<User> Users, IReadOnlyList<ApiKey> ApiKeys, IReadOnlyList<OAuthClient> Clients, IReadOnlyList<SigningKey> SigningKeys);

/// <summary>
/// Stores users, keys and clients beside the films. A change is durable when its task completes; it gets no revision. An
/// audit event is recorded in the same transaction.
/// </summary>
public interface IAccessRepository
{
    /// <summary>Reads everything, once, at start-up.</summary>
    AccessRecords Load();

    /// <summary>Stores a user, replacing one of the same name.</summary>
    Task SaveAsync(User user, AuditEvent? audit, CancellationToken cancellationToken);

    Task RemoveAsync(User user, AuditEvent? audit, CancellationToken cancellationToken);

    /// <summary>Stores an API key, replacing one with the same id.</summary>
    Task SaveAsync(ApiKey key, AuditEvent? audit, CancellationToken cancellationToken);

    /// <summary>Records when a key was last used, if it still exists.</summary>
    Task TouchAsync(ApiKey key, DateTimeOffset lastUsedAt, CancellationToken cancellationToken);

    Task RemoveAsync(ApiKey key, AuditEvent? audit, CancellationToken cancellationToken);

    Task SaveAsync(OAuthClient client, AuditEvent? audit, CancellationToken cancellationToken);

    Task RemoveAsync(OAuthClient client, AuditEvent? audit, CancellationToken cancellationToken);

    Task SaveAsync(SigningKey key, CancellationToken cancellationToken);

    Task RemoveAsync(SigningKey key, CancellationToken cancellationToken);

    /// <summary>Reads the protection keys, of which there is a new one every few months.</summary>
    IReadOnlyList<ProtectionKey> LoadProtectionKeys();

    Task SaveAsync(ProtectionKey key, CancellationToken cancellationToken);
}
