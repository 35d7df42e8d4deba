namespace FilmService.Domain.Access;

/// <summary>A key that a program logs in with. The key's text is not kept, only its hash.</summary>
/// <param name="Id">Names the key without giving it away.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="CreatedBy">The caller that made it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is worth nothing; null for never.</param>
/// <param name="LastUsedAt">The hour in which it was last used; null before that.</param>
public sealed record ApiKey(
    string Id, string Name, IReadOnlyList<string> Scopes, byte[] Hash, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);
