using System.Globalization;
using System.Text;
using FilmService.Domain.Films;

namespace FilmService.Domain.Access;

/// <summary>A user who logs in with a name and a password.</summary>
/// <param name="Name">The name, compared exactly.</param>
/// <param name="PasswordHash">The hashed password; hashed when it is first needed, where settings hold the password itself.</param>
/// <param name="Scopes">The user's scopes.</param>
public sealed record User(string Name, Lazy<string> PasswordHash, IReadOnlyList<string> Scopes)
{
    /// <summary>The most code points of a name, of a user as of a key or a client.</summary>
    public const int NameMaxLength = 100;

    /// <summary>The fewest characters of a password.</summary>
    public const int PasswordMinLength = 8;

    /// <summary>The most characters of a password.</summary>
    public const int PasswordMaxLength = 1000;

    /// <summary>What a name must be, in words.</summary>
    public const string NameRule =
        "text of 1 to 100 characters in Unicode form NFC, without ':', control characters, invisible characters, or leading or trailing spaces; not anonymous or seed";

    // The names of callers who are no users.
    private static readonly string[] Reserved = ["anonymous", "seed"];

    /// <summary>
    /// True when the text can be a name: it has one spelling (NFC), shows what it is, and is nobody else's in the history;
    /// the names of other callers have a ':' (RFC 7617 §2 allows none in a user's).
    /// </summary>
    public static bool IsName(string? text) =>
        text is { Length: > 0 }
        && TextRule.IsClean(text, NameMaxLength)
        && text.Trim().Length == text.Length
        && text.EnumerateRunes().All(IsVisible)
        && text.IsNormalized(NormalizationForm.FormC)
        && !Reserved.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the text can be a password: neither short nor endless, and without control characters (RFC 7617 §2).</summary>
    public static bool IsPassword(string? text) =>
        text is { Length: >= PasswordMinLength and <= PasswordMaxLength } && !text.Any(char.IsControl);

    // EnumerateRunes gives U+FFFD for a lone surrogate.
    private static bool IsVisible(Rune rune) =>
        rune.Value is not (':' or 0xFFFD)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
