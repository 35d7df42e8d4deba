using System.Globalization;
using System.Text;
using FilmService.Domain.Films;

namespace FilmService.Domain.Access;

/// <param name="Name">The name, case-sensitive.</param>
/// <param name="PasswordHash">The hashed password. If settings contain the password itself, it is hashed on first use.</param>
public sealed record User(string Name, Lazy<string> PasswordHash, IReadOnlyList<string> Scopes)
{
    /// <summary>Tells a user from an earlier one of the same name; empty for users from settings or created before users had one.</summary>
    public string Id { get; init; } = "";

    /// <summary>The password, or its hash, as the settings have it; null for a stored user.</summary>
    public Lazy<string>? SettingsPassword { get; init; }

    /// <summary>Maximum number of code points in the name of a user, key or client.</summary>
    public const int NameMaxLength = 100;

    /// <summary>Minimum number of characters in a password.</summary>
    public const int PasswordMinLength = 8;

    /// <summary>Maximum number of characters in a password.</summary>
    public const int PasswordMaxLength = 1000;

    /// <summary>The rule for names, for messages.</summary>
    public const string NameRule =
        "text of 1 to 100 characters in Unicode form NFC, without ':', control characters, invisible characters, spaces other than U+0020, or leading or trailing spaces; not anonymous or seed";

    // Characters outside category Cf that show nothing: fillers, a blank Braille pattern, and variation selectors
    // (Default_Ignorable_Code_Point in Unicode's DerivedCoreProperties).
    private static readonly (int First, int Last)[] Blank =
    [
        (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2800, 0x2800), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF),
    ];

    // The names of callers that are not users.
    private static readonly string[] Reserved = ["anonymous", "seed"];

    /// <summary>
    /// True if the text is valid as a name: it has one spelling (NFC), consists of visible characters, and belongs to no other
    /// kind of caller in the history; their names contain a ':' (RFC 7617 §2 allows none in a user's).
    /// </summary>
    public static bool IsName(string? text) =>
        text is { Length: > 0 }
        && TextRule.IsClean(text, NameMaxLength)
        && text.Trim().Length == text.Length
        && text.EnumerateRunes().All(IsVisible)
        && text.IsNormalized(NormalizationForm.FormC)
        && !Reserved.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// True if a new user may have this name. Stricter than <see cref="IsName"/>, so that users created under earlier rules keep
    /// working.
    /// </summary>
    public static bool IsNewName(string? text) => IsName(text) && text is not ("." or "..") && !text!.EnumerateRunes().Any(IsBlank);

    /// <summary>
    /// True if the text is valid as a password: neither too short nor too long, without control characters (RFC 7617 §2).
    /// </summary>
    public static bool IsPassword(string? text) =>
        text is { Length: >= PasswordMinLength and <= PasswordMaxLength } && !text.Any(char.IsControl);

    private static bool IsBlank(Rune rune) =>
        (rune.Value != ' ' && Rune.IsWhiteSpace(rune)) || Array.Exists(Blank, range => rune.Value >= range.First && rune.Value <= range.Last);

    // EnumerateRunes returns U+FFFD for a lone surrogate.
    private static bool IsVisible(Rune rune) =>
        rune.Value is not (':' or 0xFFFD)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
