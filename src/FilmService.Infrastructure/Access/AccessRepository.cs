using System.Data.Common;
using FilmService.Domain.Access;
using FilmService.Domain.Audit;
using FilmService.Infrastructure.Audit;
using FilmService.Infrastructure.Statements;

namespace FilmService.Infrastructure.Access;

/// <summary>Users, keys and clients beside the films.</summary>
internal sealed class AccessRepository(IDatabaseWork database) : IAccessRepository
{
    public AccessRecords Load() => database.ReadSnapshot(
        connection => new AccessRecords(
            connection.Read("SELECT name, password_hash, scopes, id FROM users", AccessRowReader.ReadUser),
            connection.Read("SELECT id, name, scopes, hash, created_by, created_at, expires_at, last_used_at, owner_id FROM api_keys", AccessRowReader.ReadApiKey),
            connection.Read("SELECT client_id, name, scopes, secret_hash, created_by, created_at FROM oauth_clients", AccessRowReader.ReadClient),
            connection.Read("SELECT kid, public_key, protected_private_key, signs_from FROM signing_keys", AccessRowReader.ReadSigningKey)));

    public Task SaveAsync(User user, AuditEvent? audit, CancellationToken cancellationToken) =>
        RunAsync(audit, connection => connection.Save(user), cancellationToken);

    public Task RemoveAsync(User user, AuditEvent? audit, CancellationToken cancellationToken) =>
        RunAsync(audit, connection => connection.Remove(user), cancellationToken);

    public Task SaveAsync(ApiKey key, AuditEvent? audit, CancellationToken cancellationToken) => ExecuteAsync(
        audit, "INSERT INTO api_keys (id, name, scopes, hash, created_by, created_at, expires_at, owner_id) VALUES (@1, @2, @3, @4, @5, @6, @7, @8)", cancellationToken,
        key.Id, key.Name, string.Join(' ', key.Scopes), key.Hash, key.CreatedBy, key.CreatedAt.ToUnixTimeMilliseconds(), key.ExpiresAt?.ToUnixTimeMilliseconds(), key.OwnerId);

    public Task TouchAsync(ApiKey key, DateTimeOffset lastUsedAt, CancellationToken cancellationToken) =>
        ExecuteAsync(null, "UPDATE api_keys SET last_used_at = @2 WHERE id = @1", cancellationToken, key.Id, lastUsedAt.ToUnixTimeMilliseconds());

    public Task RemoveAsync(ApiKey key, AuditEvent? audit, CancellationToken cancellationToken) =>
        ExecuteAsync(audit, "DELETE FROM api_keys WHERE id = @1", cancellationToken, key.Id);

    public Task SaveAsync(OAuthClient client, AuditEvent? audit, CancellationToken cancellationToken) => ExecuteAsync(
        audit, "INSERT INTO oauth_clients (client_id, name, scopes, secret_hash, created_by, created_at) VALUES (@1, @2, @3, @4, @5, @6)", cancellationToken,
        client.ClientId, client.Name, string.Join(' ', client.Scopes), client.SecretHash, client.CreatedBy, client.CreatedAt.ToUnixTimeMilliseconds());

    public Task RemoveAsync(OAuthClient client, AuditEvent? audit, CancellationToken cancellationToken) =>
        ExecuteAsync(audit, "DELETE FROM oauth_clients WHERE client_id = @1", cancellationToken, client.ClientId);

    public Task SaveAsync(SigningKey key, CancellationToken cancellationToken) => ExecuteAsync(
        null, "INSERT INTO signing_keys (kid, public_key, protected_private_key, signs_from) VALUES (@1, @2, @3, @4)", cancellationToken,
        key.Kid, key.PublicKey, key.ProtectedPrivateKey, key.SignsFrom.ToUnixTimeMilliseconds());

    public Task RemoveAsync(SigningKey key, CancellationToken cancellationToken) =>
        ExecuteAsync(null, "DELETE FROM signing_keys WHERE kid = @1", cancellationToken, key.Kid);

    public IReadOnlyList<ProtectionKey> LoadProtectionKeys() => database.ReadSnapshot(
        connection => connection.Read("SELECT name, protected_key FROM protection_keys", AccessRowReader.ReadProtectionKey));

    public Task SaveAsync(ProtectionKey key, CancellationToken cancellationToken) => ExecuteAsync(
        null, "INSERT INTO protection_keys (name, protected_key) VALUES (@1, @2)", cancellationToken, key.Name, key.Protected);

    private Task<int> ExecuteAsync(AuditEvent? audit, string sql, CancellationToken cancellationToken, params object?[] values) =>
        RunAsync(audit, connection => connection.Run(sql, values), cancellationToken);

    private Task<int> RunAsync(AuditEvent? audit, Func<DbConnection, int> write, CancellationToken cancellationToken) => database.RunAsync(
        connection =>
        {
            connection.Record(audit);
            return write(connection);
        },
        cancellationToken);
}
