namespace FilmService.Domain.Access;

/// <summary>
/// A program that gets access tokens with an id and a secret (RFC 6749 §2). Only the hash of the secret is stored.
/// </summary>
/// <param name="Scopes">The scopes that its tokens can have.</param>
/// <param name="SecretHash">SHA-256 of the secret.</param>
public sealed record OAuthClient(
    string ClientId, string Name, IReadOnlyList<string> Scopes, byte[] SecretHash, string CreatedBy, DateTimeOffset CreatedAt);
