using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace FilmService.Domain.Films;

/// <summary>
/// The id of a film in the catalogue: 1 to 128 code points of any text, compared exactly (<c>007</c> is not <c>7</c>, <c>a</c> is
/// not <c>A</c>).
/// </summary>
public sealed record FilmId
{
    /// <summary>Maximum number of code points in an id.</summary>
    public const int MaxLength = 128;

    /// <summary>Clients' own integer ids from this number on do not affect the counter of generated ids.</summary>
    public const long GeneratedLimit = 1_000_000_000_000_000;

    /// <summary>The rule for ids, for messages.</summary>
    public const string Rule =
        "A film id is 1 to 128 characters of valid UTF-8 without '/' or control characters, other than '.' and '..'.";

    private FilmId(string value) => Value = value;

    /// <summary>The id as the client wrote it.</summary>
    public string Value { get; }

    /// <summary>Parses an id; false if <paramref name="text"/> breaks <see cref="Rule"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out FilmId? id)
    {
        id = text is not (null or "" or "." or "..") && TextRule.IsClean(text, MaxLength) && !text.Contains('/')
            ? new FilmId(text)
            : null;
        return id is not null;
    }

    /// <summary>The id that the catalogue generates for a film without one.</summary>
    public static FilmId Generated(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// The number, if the id consists of ASCII digits and is below <see cref="GeneratedLimit"/>; null otherwise.
    /// </summary>
    public long? WholeNumber =>
        IsDigits && long.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < GeneratedLimit
            ? number
            : null;

    private bool IsDigits => Value.All(char.IsAsciiDigit);

    /// <summary>
    /// Bytes whose order is the natural order of ids: ids of ASCII digits first, by value, then fewer leading zeros; then all
    /// others by their UTF-8 bytes. Two ids are equal if their keys are.
    /// </summary>
    public byte[] ToSortKey()
    {
        if (!IsDigits)
        {
            return [2, .. Encoding.UTF8.GetBytes(Value)];
        }

        var digits = Value.TrimStart('0');
        return [1, (byte)digits.Length, .. Encoding.ASCII.GetBytes(digits), (byte)(Value.Length - digits.Length)];
    }

    public override string ToString() => Value;
}
