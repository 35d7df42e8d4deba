using System.Security.Cryptography;
using System.Text;

namespace FilmService.Domain.Access;

/// <summary>A login in a browser. Only the hash of its token is stored.</summary>
/// <param name="Id">SHA-256 of the token, in hexadecimal.</param>
/// <param name="Name">The caller's name.</param>
/// <param name="Scopes">The scopes that an external issuer gave; null for a user of the service, who has those of each moment.</param>
/// <param name="Binding">What binds it to the user's password, or to the settings of the external issuer, see <see cref="Bind(string, User)"/>.</param>
/// <param name="ExpiresAt">When it expires, unless it is used before; see <see cref="IsExternal"/>.</param>
public sealed record Session(string Id, string Name, IReadOnlyList<string>? Scopes, byte[] Binding, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>The prefix of a session's token.</summary>
    public const string Prefix = "fss_";

    /// <summary>How long a session lasts without being used.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromHours(12);

    /// <summary>The binding from before the password was changed in this session, until the user has changed too; not stored.</summary>
    public byte[]? EarlierBinding { get; init; }

    /// <summary>True if an external issuer authenticated the person. Its session ends in time however often it is used: only another login shows what the issuer says by then.</summary>
    public bool IsExternal => Scopes is not null;

    public static string IdOf(string token) => Convert.ToHexString(Secret.Hash(token));

    /// <summary>
    /// A code of the user's identity and password, under the token as the key. Somebody who reads the database cannot test passwords with it,
    /// and the session ends with the password, also with one from the settings.
    /// </summary>
    public static byte[] Bind(string token, User user) => Bind(token, $"{user.Id}\n{(user.SettingsPassword ?? user.PasswordHash).Value}");

    /// <summary>The same for the settings under which an external issuer has authenticated a person.</summary>
    public static byte[] Bind(string token, string settings) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(settings));

    /// <summary>True if the user is still the one who logged in, with the same password.</summary>
    public bool IsBoundTo(string token, User user) => IsBoundTo(Bind(token, user));

    /// <summary>True if an external issuer's settings are still those under which the person logged in.</summary>
    public bool IsBoundTo(string token, string settings) => IsBoundTo(Bind(token, settings));

    private bool IsBoundTo(byte[] binding) =>
        CryptographicOperations.FixedTimeEquals(binding, Binding) || (EarlierBinding is { } earlier && CryptographicOperations.FixedTimeEquals(binding, earlier));
}
