namespace FilmService.Infrastructure.Model;

/// <summary>A user who logs in with a password.</summary>
public sealed class UserRow
{
    public required string Name { get; set; }

    public required string PasswordHash { get; set; }

    public required string Scopes { get; set; }
}

/// <summary>An API key.</summary>
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
}

/// <summary>An OAuth client.</summary>
public sealed class OAuthClientRow
{
    public required string ClientId { get; set; }

    public required string Name { get; set; }

    public required string Scopes { get; set; }

    public required byte[] SecretHash { get; set; }

    public required string CreatedBy { get; set; }

    public long CreatedAt { get; set; }
}

/// <summary>A key pair that signs access tokens.</summary>
public sealed class SigningKeyRow
{
    public required string Kid { get; set; }

    public required byte[] PublicKey { get; set; }

    public required byte[] ProtectedPrivateKey { get; set; }

    public long SignsFrom { get; set; }
}
