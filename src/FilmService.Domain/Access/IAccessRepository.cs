namespace FilmService.Domain.Access;

/// <summary>Everything about access that is stored.</summary>
/// <param name="Users">The users that were made over HTTP.</param>
/// <param name="ApiKeys">The API keys.</param>
/// <param name="Clients">The OAuth clients.</param>
/// <param name="SigningKeys">The keys that sign tokens.</param>
public sealed record AccessRecords(
    IReadOnlyList<User> Users, IReadOnlyList<ApiKey> ApiKeys, IReadOnlyList<OAuthClient> Clients, IReadOnlyList<SigningKey> SigningKeys);

/// <summary>
/// Stores users, keys and clients beside the films. A change is durable when its task is done; it takes no revision.
/// </summary>
public interface IAccessRepository
{
    /// <summary>Reads everything, once, at start.</summary>
    AccessRecords Load();

    /// <summary>Stores a user, in place of one of the same name.</summary>
    Task SaveAsync(User user, CancellationToken cancellationToken);

    /// <summary>Removes a user.</summary>
    Task RemoveAsync(User user, CancellationToken cancellationToken);

    /// <summary>Stores an API key, in place of one of the same id.</summary>
    Task SaveAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>Notes when a key was last used, if it is still there.</summary>
    Task TouchAsync(ApiKey key, DateTimeOffset lastUsedAt, CancellationToken cancellationToken);

    /// <summary>Removes an API key.</summary>
    Task RemoveAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>Stores an OAuth client.</summary>
    Task SaveAsync(OAuthClient client, CancellationToken cancellationToken);

    /// <summary>Removes an OAuth client.</summary>
    Task RemoveAsync(OAuthClient client, CancellationToken cancellationToken);

    /// <summary>Stores a signing key.</summary>
    Task SaveAsync(SigningKey key, CancellationToken cancellationToken);

    /// <summary>Removes a signing key.</summary>
    Task RemoveAsync(SigningKey key, CancellationToken cancellationToken);
}
