namespace FilmService.Domain.Access;

/// <summary>A key that a program logs in with. Only the hash of its text is stored.</summary>
/// <param name="Id">Identifies the key without revealing it.</param>
/// <param name="Hash">SHA-256 of its text.</param>
/// <param name="ExpiresAt">When it expires; null if it never does.</param>
/// <param name="LastUsedAt">When it was last used, rounded down to the hour; null if it never was.</param>
public sealed record ApiKey(
    string Id, string Name, IReadOnlyList<string> Scopes, byte[] Hash, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    /// <summary>Maximum number of keys that one user owns, so that nobody uses up everybody's.</summary>
    public const int MaxPerOwner = 100;

    /// <summary>The id of the user who owns it; null if an administrator made it for the service.</summary>
    public string? OwnerId { get; init; }

    /// <summary>True if it belongs to this user, who made it.</summary>
    public bool IsOwnedBy(User user) => OwnerId == user.Id && CreatedBy == user.Name;
}
