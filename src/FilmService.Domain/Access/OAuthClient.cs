namespace FilmService.Domain.Access;

/// <summary>A program that gets access tokens with an id and a secret (RFC 6749 §2). The secret is not kept, only its hash.</summary>
/// <param name="ClientId">The id.</param>
/// <param name="Name">The name chosen when it was created.</param>
/// <param name="Scopes">The scopes that its tokens can have.</param>
/// <param name="SecretHash">SHA-256 of the secret.</param>
/// <param name="CreatedBy">The caller who created it.</param>
/// <param name="CreatedAt">When it was created.</param>
public sealed record OAuthClient(
    string ClientId, string Name, IReadOnlyList<string> Scopes, byte[] SecretHash, string CreatedBy, DateTimeOffset CreatedAt);
