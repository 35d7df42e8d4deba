using System.Security.Claims;
using Microsoft.AspNetCore.Identity;

namespace FilmService.Api.Access;

/// <summary>A user who logs in with a name and a password.</summary>
/// <param name="Name">The name, compared exactly.</param>
/// <param name="PasswordHash">The password, hashed by the framework's <see cref="PasswordHasher{TUser}"/>.</param>
/// <param name="Scopes">What the user may do.</param>
public sealed record User(string Name, Lazy<string> PasswordHash, IReadOnlyList<string> Scopes);

/// <summary>The users, and whether a password is theirs.</summary>
public sealed class UserDirectory
{
    private static readonly PasswordHasher<string> Hasher = new();

    private readonly Dictionary<string, User> _users;

    // Someone to compare with when there is no such user, so that an unknown name costs as long as a wrong password.
    private readonly Lazy<string> _nobody = new(() => Hash(Guid.NewGuid().ToString()));

    /// <param name="users">All users; their names are different.</param>
    public UserDirectory(IEnumerable<User> users) => _users = users.ToDictionary(user => user.Name, StringComparer.Ordinal);

    /// <summary>A new hash of a password.</summary>
    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>True when the text has the form of a hash.</summary>
    public static bool IsHash(string text) =>
        Convert.TryFromBase64String(text, new byte[text.Length], out var length) && length > 0;

    /// <summary>The caller that the name and the password make; null when they are not right.</summary>
    public ClaimsPrincipal? LogIn(string name, string password, string scheme)
    {
        // RFC 7617 §2 has no control characters; and NULs at the end leave a password's hash as it is (RFC 2104 §2).
        if (password.Any(char.IsControl))
        {
            return null;
        }

        var user = _users.GetValueOrDefault(name);
        var hash = (user?.PasswordHash ?? _nobody).Value;
        return Hasher.VerifyHashedPassword("", hash, password) is not PasswordVerificationResult.Failed && user is not null
            ? new ClaimsPrincipal(new ClaimsIdentity(Claims(user), scheme))
            : null;
    }

    private static IEnumerable<Claim> Claims(User user) =>
        user.Scopes.Select(scope => new Claim(Scopes.ClaimType, scope)).Prepend(new Claim(ClaimTypes.Name, user.Name));
}
