using Microsoft.EntityFrameworkCore;

namespace FilmService.Infrastructure.Model;

/// <summary>
/// The tables of users, keys and clients. Scopes are in one column, separated by spaces; times are milliseconds since 1970-01-01,
/// UTC.
/// </summary>
internal static class AccessModel
{
    public static void AddAccess(this ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<UserRow>(user =>
        {
            user.ToTable("users", table => table.HasComment("The users that were made over HTTP."));
            user.HasKey(row => row.Name);
            user.Property(row => row.Name).HasColumnName("name");
            user.Property(row => row.PasswordHash).HasColumnName("password_hash");
            user.Property(row => row.Scopes).HasColumnName("scopes");

            // A comment on a column added later would make the script copy the whole table.
            user.Property(row => row.Id).HasColumnName("id").HasDefaultValue("");
        });

        modelBuilder.Entity<ApiKeyRow>(key =>
        {
            key.ToTable("api_keys");
            key.HasKey(row => row.Id);
            key.Property(row => row.Id).HasColumnName("id");
            key.Property(row => row.Name).HasColumnName("name");
            key.Property(row => row.Scopes).HasColumnName("scopes");
            key.Property(row => row.Hash).HasColumnName("hash").HasComment("SHA-256 of the key.");
            key.Property(row => row.CreatedBy).HasColumnName("created_by");
            key.Property(row => row.CreatedAt).HasColumnName("created_at");
            key.Property(row => row.ExpiresAt).HasColumnName("expires_at");
            key.Property(row => row.LastUsedAt).HasColumnName("last_used_at").HasComment("To the hour.");
            key.Property(row => row.OwnerId).HasColumnName("owner_id");
        });

        modelBuilder.Entity<SessionRow>(session =>
        {
            session.ToTable("sessions", table => table.HasComment("The logins of browsers."));
            session.HasKey(row => row.Id);
            session.Property(row => row.Id).HasColumnName("id").HasComment("SHA-256 of the token, in hexadecimal.");
            session.Property(row => row.Name).HasColumnName("name");
            session.Property(row => row.Scopes).HasColumnName("scopes").HasComment("Those of an external issuer.");
            session.Property(row => row.Binding).HasColumnName("binding").HasComment("Changes with the user's password.");
            session.Property(row => row.CreatedAt).HasColumnName("created_at");
            session.Property(row => row.ExpiresAt).HasColumnName("expires_at");
        });

        modelBuilder.Entity<OAuthClientRow>(client =>
        {
            client.ToTable("oauth_clients");
            client.HasKey(row => row.ClientId);
            client.Property(row => row.ClientId).HasColumnName("client_id");
            client.Property(row => row.Name).HasColumnName("name");
            client.Property(row => row.Scopes).HasColumnName("scopes");
            client.Property(row => row.SecretHash).HasColumnName("secret_hash").HasComment("SHA-256 of the secret.");
            client.Property(row => row.CreatedBy).HasColumnName("created_by");
            client.Property(row => row.CreatedAt).HasColumnName("created_at");
        });

        modelBuilder.Entity<SigningKeyRow>(key =>
        {
            key.ToTable("signing_keys", table => table.HasComment("The keys that sign access tokens."));
            key.HasKey(row => row.Kid);
            key.Property(row => row.Kid).HasColumnName("kid");
            key.Property(row => row.PublicKey).HasColumnName("public_key");
            key.Property(row => row.ProtectedPrivateKey).HasColumnName("protected_private_key").HasComment("Encrypted with a key beside the database.");
            key.Property(row => row.SignsFrom).HasColumnName("signs_from");
        });

        modelBuilder.Entity<ProtectionKeyRow>(key =>
        {
            key.ToTable("protection_keys", table => table.HasComment("The keys that protect logins at an external issuer."));
            key.HasKey(row => row.Name);
            key.Property(row => row.Name).HasColumnName("name");
            key.Property(row => row.Protected).HasColumnName("protected_key").HasComment("Encrypted with a key beside the database.");
        });
    }
}
