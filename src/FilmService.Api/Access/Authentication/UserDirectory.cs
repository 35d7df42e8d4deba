using FilmService.Domain.Access;
using Microsoft.AspNetCore.Identity;

namespace FilmService.Api.Access.Authentication;

/// <summary>All users, those of the settings before those of the database, and whether a password is theirs.</summary>
/// <param name="configured">The users of the settings; their names are different.</param>
/// <param name="directory">The stored ones.</param>
public sealed class UserDirectory(IEnumerable<User> configured, AccessDirectory directory)
{
    // A byte of version, three numbers of four bytes, a salt and a key of at least 128 bits each.
    private const int HashMinLength = 1 + (3 * 4) + 16 + 16;
    private const byte HashVersion3 = 1;

    private static readonly PasswordHasher<string> Hasher = new();

    private readonly Dictionary<string, InMemoryEntry<User>> _configured =
        configured.ToDictionary(user => user.Name, user => new InMemoryEntry<User>(user), StringComparer.Ordinal);

    // Someone to compare with when there is no such user, so that an unknown name costs as long as a wrong password. Passwords of
    // the settings are hashed with it, at the first log-in, whoever it is: later ones would tell which names there are.
    private readonly Lazy<string> _nobody = new(() => configured.Select(user => user.PasswordHash.Value).Append(Hash(Guid.NewGuid().ToString())).Last());

    /// <summary>A new hash of a password.</summary>
    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>True when the text has the form of a hash: that of version 3, which every supported framework writes.</summary>
    public static bool IsHash(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length >= HashMinLength && bytes[0] == HashVersion3;
    }

    /// <summary>True when the hash is one of this password. Slow on purpose.</summary>
    public static bool IsHashOf(string hash, string password) => Hasher.VerifyHashedPassword("", hash, password) is not PasswordVerificationResult.Failed;

    /// <summary>All users, by name.</summary>
    public IEnumerable<User> All => _configured.Values.Select(user => user.Record)
        .Concat(directory.Users.All.Where(user => !IsConfigured(user.Name))).OrderBy(user => user.Name, StringComparer.Ordinal);

    /// <summary>True for a user of the settings, which nobody changes over HTTP.</summary>
    public bool IsConfigured(string name) => _configured.ContainsKey(name);

    /// <summary>The user as it is now; null when there is none.</summary>
    public InMemoryEntry<User>? Find(string name) => _configured.GetValueOrDefault(name) ?? directory.Users.Find(name);

    /// <summary>True when the password is the user's; without a user it never is. Slow on purpose, and as slow for nobody.</summary>
    public bool IsPasswordOf(InMemoryEntry<User>? user, string password)
    {
        // RFC 7617 §2 has no control characters; and NULs at the end leave a password's hash as it is (RFC 2104 §2).
        if (password.Any(char.IsControl))
        {
            return false;
        }

        var nobody = _nobody.Value;
        return IsHashOf(user?.Record.PasswordHash.Value ?? nobody, password) && user is not null;
    }
}
