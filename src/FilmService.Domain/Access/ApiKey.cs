namespace FilmService.Domain.Access;

/// <summary>A key that a program logs in with. The key's text is not kept, only its hash.</summary>
/// <param name="Id">Identifies the key without revealing it.</param>
/// <param name="Name">The name chosen when it was created.</param>
/// <param name="Scopes">Its scopes.</param>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="CreatedBy">The caller who created it.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">When it expires; null if it never does.</param>
/// <param name="LastUsedAt">When it was last used, rounded down to the hour; null if it never was.</param>
public sealed record ApiKey(
    string Id, string Name, IReadOnlyList<string> Scopes, byte[] Hash, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);
