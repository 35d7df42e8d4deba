using System.Security.Cryptography;

namespace FilmService.Domain.Access;

/// <summary>What a new key or client is made of.</summary>
/// <param name="Name">The name chosen when it was created.</param>
/// <param name="Scopes">Its scopes.</param>
/// <param name="CreatedBy">The caller that makes it.</param>
public sealed record NewAccess(string Name, IReadOnlyList<string> Scopes, string CreatedBy);

/// <summary>The stored users, API keys and OAuth clients, and whether a secret is theirs.</summary>
public sealed class AccessDirectory : IDisposable
{
    private static readonly byte[] NobodysHash = new byte[SHA256.HashSizeInBytes];

    private readonly IAccessRepository _repository;
    private readonly TimeProvider _clock;
    private readonly InMemoryStore<ApiKey> _keys;

    /// <summary>Reads the records; from then on memory and database change together.</summary>
    public AccessDirectory(IAccessRepository repository, TimeProvider clock)
    {
        _repository = repository;
        _clock = clock;

        // A change that has begun is carried through: a caller who leaves must not keep memory from following the database.
        Users = new(user => user.Name, user => repository.SaveAsync(user, CancellationToken.None), user => repository.RemoveAsync(user, CancellationToken.None));
        Clients = new(client => client.ClientId, client => repository.SaveAsync(client, CancellationToken.None), client => repository.RemoveAsync(client, CancellationToken.None));
        _keys = new(Fingerprint, key => repository.SaveAsync(key, CancellationToken.None), key => repository.RemoveAsync(key, CancellationToken.None));
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

    /// <summary>Makes an API key; null when there are too many.</summary>
    /// <returns>The key and its text, which is not to be had again.</returns>
    public async Task<(ApiKey Key, string Text)?> CreateApiKeyAsync(NewAccess access, DateTimeOffset? expiresAt)
    {
        var text = Secret.Create(Secret.ApiKeyPrefix);
        var key = new ApiKey(Secret.CreateId(), access.Name, access.Scopes, Secret.Hash(text), access.CreatedBy, Now(), expiresAt, null);
        return await _keys.SaveAsync(key) is null ? null : (key, text);
    }

    /// <summary>Revokes an API key; false when there is none.</summary>
    public async Task<bool> RemoveApiKeyAsync(string id) =>
        _keys.All.FirstOrDefault(key => key.Id == id) is { } key && await _keys.RemoveAsync(Fingerprint(key));

    /// <summary>The key that has this text and has not expired; null when there is none. Notes the hour of its use.</summary>
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

    /// <summary>Makes an OAuth client; null when there are too many.</summary>
    /// <returns>The client and its secret, which is not to be had again.</returns>
    public async Task<(OAuthClient Client, string Secret)?> CreateClientAsync(NewAccess access)
    {
        var secret = Secret.Create(Secret.ClientPrefix);
        var client = new OAuthClient(Secret.CreateId(), access.Name, access.Scopes, Secret.Hash(secret), access.CreatedBy, Now());
        return await Clients.SaveAsync(client) is null ? null : (client, secret);
    }

    /// <summary>The client whose secret this is; null when it is not. An unknown client takes as long as a wrong secret.</summary>
    public OAuthClient? LogInClient(string clientId, string secret)
    {
        var client = Clients.Find(clientId)?.Record;
        return CryptographicOperations.FixedTimeEquals(client?.SecretHash ?? NobodysHash, Secret.Hash(secret)) ? client : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Users.Dispose();
        Clients.Dispose();
        _keys.Dispose();
    }

    // One write an hour and key at most; that it fails, or comes too late, harms nobody.
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
