using System.Security.Cryptography;
using FilmService.Domain.Audit;

namespace FilmService.Domain.Access;

/// <summary>The properties of a new API key or OAuth client. <c>CreatedBy</c> is the caller's name.</summary>
public sealed record NewAccess(string Name, IReadOnlyList<string> Scopes, string CreatedBy)
{
    /// <summary>The id, which no other may have.</summary>
    public string Id { get; init; } = Secret.CreateId();

    /// <summary>Name and scopes, for the audit log.</summary>
    public string Summary => $"{Name}: {string.Join(' ', Scopes)}";
}

/// <summary>The stored users, API keys and OAuth clients, and the check of their secrets.</summary>
public sealed class AccessDirectory : IDisposable
{
    private static readonly byte[] NobodysHash = new byte[SHA256.HashSizeInBytes];

    private readonly IAccessRepository _repository;
    private readonly TimeProvider _clock;
    private readonly InMemoryStore<ApiKey> _keys;

    /// <summary>Loads the records; from then on memory and database change together.</summary>
    public AccessDirectory(IAccessRepository repository, TimeProvider clock)
    {
        _repository = repository;
        _clock = clock;

        // A change that has started is completed: a caller who disconnects must not make memory differ from the database.
        Users = new(user => user.Name, (user, audit) => repository.SaveAsync(user, audit, CancellationToken.None), (user, audit) => repository.RemoveAsync(user, audit, CancellationToken.None));
        Clients = new(client => client.ClientId, (client, audit) => repository.SaveAsync(client, audit, CancellationToken.None), (client, audit) => repository.RemoveAsync(client, audit, CancellationToken.None));
        _keys = new(Fingerprint, (key, audit) => repository.SaveAsync(key, audit, CancellationToken.None), (key, audit) => repository.RemoveAsync(key, audit, CancellationToken.None))
        {
            ExceedsShare = (key, keys) => key.OwnerId is { } owner && keys.Count(other => other.OwnerId == owner) >= ApiKey.MaxPerOwner,
        };
        var records = repository.Load();
        Users.Fill(records.Users);
        Clients.Fill(records.Clients);
        _keys.Fill(records.ApiKeys);
    }

    /// <summary>The stored users, by name.</summary>
    public InMemoryStore<User> Users { get; }

    /// <summary>The OAuth clients, by id.</summary>
    public InMemoryStore<OAuthClient> Clients { get; }

    /// <summary>The API keys, oldest first.</summary>
    public IReadOnlyList<ApiKey> ApiKeys => _keys.All.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal).ToList();

    /// <summary>Stores a user, who stays the same person if there is one of this name; null if there are too many.</summary>
    /// <param name="user">The user.</param>
    /// <param name="audit">The event.</param>
    /// <param name="merge">As for <see cref="InMemoryStore{T}.SaveAsync"/>.</param>
    /// <returns>True if the user is new.</returns>
    public Task<bool?> SaveUserAsync(User user, AuditEvent? audit, Func<User?, User, User>? merge = null) => Users.SaveAsync(
        user with { Id = Secret.CreateId() },
        audit,
        (before, next) => (merge is null ? next : merge(before, next)) with { Id = before?.Id ?? next.Id });

    /// <summary>Removes a user and the API keys that the user owns; false if the user does not exist.</summary>
    /// <param name="name">The user's name.</param>
    /// <param name="audit">The event.</param>
    /// <param name="check">As for <see cref="InMemoryStore{T}.RemoveAsync"/>.</param>
    public async Task<bool> RemoveUserAsync(string name, AuditEvent? audit, Action<User>? check = null)
    {
        if (Users.Find(name)?.Record is not { } user || !await Users.RemoveAsync(name, audit, check))
        {
            return false;
        }

        _keys.Forget(key => key.IsOwnedBy(user));
        return true;
    }

    /// <summary>Creates an API key; null if there are too many.</summary>
    /// <param name="access">Its properties.</param>
    /// <param name="expiresAt">When it expires; null if it never does.</param>
    /// <param name="owner">The user whom it belongs to; null if an administrator makes it for the service.</param>
    /// <param name="audit">The event.</param>
    /// <returns>The key and its text, which cannot be retrieved again.</returns>
    public async Task<(ApiKey Key, string Text)?> CreateApiKeyAsync(NewAccess access, DateTimeOffset? expiresAt, User? owner, AuditEvent? audit)
    {
        var text = Secret.Create(Secret.ApiKeyPrefix);
        var key = new ApiKey(access.Id, access.Name, access.Scopes, Secret.Hash(text), access.CreatedBy, Now(), expiresAt, null) { OwnerId = owner?.Id };
        return await _keys.SaveAsync(key, audit?.About(key.Id)) is null ? null : (key, text);
    }

    /// <summary>Revokes an API key; false if it does not exist.</summary>
    public async Task<bool> RemoveApiKeyAsync(string id, AuditEvent? audit) =>
        _keys.All.FirstOrDefault(key => key.Id == id) is { } key && await _keys.RemoveAsync(Fingerprint(key), audit);

    /// <summary>The unexpired key with this text; null if there is none. Records the hour of its use.</summary>
    public InMemoryEntry<ApiKey>? LogIn(string text)
    {
        if (!Secret.IsWellFormed(text, Secret.ApiKeyPrefix) || _keys.Find(Convert.ToHexString(Secret.Hash(text))) is not { } found)
        {
            return null;
        }

        var now = _clock.GetUtcNow();
        if (found.Record.ExpiresAt <= now)
        {
            return null;
        }

        Touch(found, now);
        return found;
    }

    /// <summary>Creates an OAuth client; null if there are too many.</summary>
    /// <returns>The client and its secret, which cannot be retrieved again.</returns>
    public async Task<(OAuthClient Client, string Secret)?> CreateClientAsync(NewAccess access, AuditEvent? audit)
    {
        var secret = Secret.Create(Secret.ClientPrefix);
        var client = new OAuthClient(access.Id, access.Name, access.Scopes, Secret.Hash(secret), access.CreatedBy, Now());
        return await Clients.SaveAsync(client, audit?.About(client.ClientId)) is null ? null : (client, secret);
    }

    /// <summary>
    /// The client with this id and secret; null if there is none. An unknown client takes as long as a wrong secret.
    /// </summary>
    public OAuthClient? LogInClient(string clientId, string secret)
    {
        var client = Clients.Find(clientId)?.Record;
        return CryptographicOperations.FixedTimeEquals(client?.SecretHash ?? NobodysHash, Secret.Hash(secret)) ? client : null;
    }

    public void Dispose()
    {
        Users.Dispose();
        Clients.Dispose();
        _keys.Dispose();
    }

    // At most one write per key and hour; no harm is done if it fails or comes too late.
    private void Touch(InMemoryEntry<ApiKey> found, DateTimeOffset now)
    {
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        if (found.Record.LastUsedAt is not { } last || last < hour)
        {
            found.Note(found.Record with { LastUsedAt = hour });
            _ = _repository.TouchAsync(found.Record, hour, CancellationToken.None);
        }
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());

    private static string Fingerprint(ApiKey key) => Convert.ToHexString(key.Hash);
}
