namespace FilmService.Domain.Access;

/// <summary>A user who logs in with a name and a password.</summary>
/// <param name="Name">The name, compared exactly.</param>
/// <param name="PasswordHash">The hashed password; hashed when it is first needed, where settings hold the password itself.</param>
/// <param name="Scopes">What the user may do.</param>
public sealed record User(string Name, Lazy<string> PasswordHash, IReadOnlyList<string> Scopes)
{
    /// <summary>The most code points of a name, of a user as of a key or a client.</summary>
    public const int NameMaxLength = 100;

    /// <summary>The fewest characters of a password.</summary>
    public const int PasswordMinLength = 8;

    /// <summary>The most characters of a password.</summary>
    public const int PasswordMaxLength = 1000;
}
