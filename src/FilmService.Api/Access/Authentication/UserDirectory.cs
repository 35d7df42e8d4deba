using FilmService.Domain.Access;
using Microsoft.AspNetCore.Identity;

namespace FilmService.Api.Access.Authentication;

/// <summary>
/// All users, and the check of their passwords. Users from settings take precedence over stored users of the same name.
/// </summary>
/// <param name="configured">The users from settings; their names are unique.</param>
/// <param name="directory">The stored users.</param>
public sealed class UserDirectory(IEnumerable<User> configured, AccessDirectory directory)
{
    /// <summary>The rule for password hashes, for messages.</summary>
    public const string HashRule = "a hash printed by hash-password: PBKDF2 with HMAC-SHA512 and 100,000 iterations";

    // Version 3 of the framework's format: a version byte, the numbers of the function, the iterations and the salt's bytes (four
    // bytes each, big-endian), then 16 bytes of salt and 32 of key.
    private const int HashLength = 1 + (3 * 4) + 16 + 32;

    private static readonly byte[] HashPrefix = [1, 0, 0, 0, 2, 0, 1, 0x86, 0xA0, 0, 0, 0, 16];

    private static readonly PasswordHasher<string> Hasher = new();

    private readonly Dictionary<string, InMemoryEntry<User>> _configured =
        configured.ToDictionary(user => user.Name, user => new InMemoryEntry<User>(user), StringComparer.Ordinal);

    // The hash to compare with if the user does not exist, so that an unknown name takes as long as a wrong password. The
    // passwords from settings are hashed along with it at the first login of any user: hashing them later would reveal which
    // names exist.
    private readonly Lazy<string> _nobody = new(() => configured.Select(user => user.PasswordHash.Value).Append(Hash(Guid.NewGuid().ToString())).Last());

    public static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>
    /// True if the text is a password hash that takes exactly as long to check as those of <see cref="Hash"/>: another one would
    /// reveal by its time that its user exists, and one of two thousand million iterations would take hours.
    /// </summary>
    public static bool IsHash(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == HashLength && bytes.AsSpan().StartsWith(HashPrefix);
    }

    /// <summary>Checks a password against a hash. Slow on purpose.</summary>
    public static bool IsHashOf(string hash, string password) => Hasher.VerifyHashedPassword("", hash, password) is not PasswordVerificationResult.Failed;

    /// <summary>All users, by name.</summary>
    public IEnumerable<User> All => _configured.Values.Select(user => user.Record)
        .Concat(directory.Users.All.Where(user => !IsConfigured(user.Name))).OrderBy(user => user.Name, StringComparer.Ordinal);

    /// <summary>True for a user from settings, who cannot be changed over HTTP.</summary>
    public bool IsConfigured(string name) => _configured.ContainsKey(name);

    /// <summary>The current user of this name; null if it does not exist.</summary>
    public InMemoryEntry<User>? Find(string name) => _configured.GetValueOrDefault(name) ?? directory.Users.Find(name);

    /// <summary>
    /// Checks a user's password; false without a user. Slow on purpose, and equally slow if the user does not exist.
    /// </summary>
    public bool IsPasswordOf(InMemoryEntry<User>? user, string password)
    {
        // RFC 7617 §2 allows no control characters, and trailing NULs do not change a password's hash (RFC 2104 §2).
        if (password.Any(char.IsControl))
        {
            return false;
        }

        var nobody = _nobody.Value;
        return IsHashOf(user?.Record.PasswordHash.Value ?? nobody, password) && user is not null;
    }
}
