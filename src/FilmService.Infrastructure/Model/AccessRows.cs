namespace FilmService.Infrastructure.Model;

public sealed class UserRow
{
    public required string Name { get; set; }

    public required string PasswordHash { get; set; }

    public required string Scopes { get; set; }

    public required string Id { get; set; }
}

public sealed class SessionRow
{
    public required string Id { get; set; }

    public required string Name { get; set; }

    public string? Scopes { get; set; }

    public required byte[] Binding { get; set; }

    public long CreatedAt { get; set; }

    public long ExpiresAt { get; set; }
}

public sealed class ApiKeyRow
{
    public required string Id { get; set; }

    public required string Name { get; set; }

    public required string Scopes { get; set; }

    public required byte[] Hash { get; set; }

    public required string CreatedBy { get; set; }

    public long CreatedAt { get; set; }

    public long? ExpiresAt { get; set; }

    public long? LastUsedAt { get; set; }

    public string? OwnerId { get; set; }
}

public sealed class OAuthClientRow
{
    public required string ClientId { get; set; }

    public required string Name { get; set; }

    public required string Scopes { get; set; }

    public required byte[] SecretHash { get; set; }

    public required string CreatedBy { get; set; }

    public long CreatedAt { get; set; }
}

public sealed class SigningKeyRow
{
    public required string Kid { get; set; }

    public required byte[] PublicKey { get; set; }

    public required byte[] ProtectedPrivateKey { get; set; }

    public long SignsFrom { get; set; }
}

public sealed class ProtectionKeyRow
{
    public required string Name { get; set; }

    public required byte[] Protected { get; set; }
}
