namespace FilmService.Domain.Access;

/// <summary>A program that gets access tokens with an id and a secret (RFC 6749 §2). The secret is not kept, only its hash.</summary>
/// <param name="ClientId">The id.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">The most that its tokens may do.</param>
/// <param name="SecretHash">SHA-256 of the secret.</param>
/// <param name="CreatedBy">The caller that made it.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record OAuthClient(
    string ClientId, string Name, IReadOnlyList<string> Scopes, byte[] SecretHash, string CreatedBy, DateTimeOffset CreatedAt);
