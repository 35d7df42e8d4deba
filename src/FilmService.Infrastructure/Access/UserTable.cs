using System.Data.Common;
using FilmService.Domain.Access;
using FilmService.Infrastructure.Statements;

namespace FilmService.Infrastructure.Access;

/// <summary>The table <c>users</c>.</summary>
internal static class UserTable
{
    public static int Save(this DbConnection connection, User user) => connection.Run(
        """
        INSERT INTO users (name, password_hash, scopes, id) VALUES (@1, @2, @3, @4)
        ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash, scopes = excluded.scopes, id = excluded.id
        """,
        user.Name, user.PasswordHash.Value, string.Join(' ', user.Scopes), user.Id);

    /// <summary>Removes a user and the API keys that the user owns.</summary>
    public static int Remove(this DbConnection connection, User user)
    {
        connection.Run("DELETE FROM api_keys WHERE owner_id = @1 AND created_by = @2", user.Id, user.Name);
        return connection.Run("DELETE FROM users WHERE name = @1", user.Name);
    }
}
