using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace FilmService.Domain.Films;

/// <summary>
/// The name of a film in the catalogue: 1 to 128 code points of any text, compared exactly
/// (<c>007</c> is not <c>7</c>, <c>a</c> is not <c>A</c>).
/// </summary>
public sealed record FilmId
{
    /// <summary>The most code points that an id has.</summary>
    public const int MaxLength = 128;

    /// <summary>Clients' own whole-number ids from here on leave the counter of generated ids alone.</summary>
    public const long GeneratedLimit = 1_000_000_000_000_000;

    /// <summary>What an id is, in words for a client.</summary>
    public const string Rule =
        "A film id is 1 to 128 characters of valid UTF-8 without '/' or control characters, other than '.' and '..'.";

    private FilmId(string value) => Value = value;

    /// <summary>The id as the client wrote it.</summary>
    public string Value { get; }

    /// <summary>Reads an id; false when <paramref name="text"/> breaks <see cref="Rule"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out FilmId? id)
    {
        id = text is not (null or "" or "." or "..") && TextRule.IsClean(text, MaxLength) && !text.Contains('/')
            ? new FilmId(text)
            : null;
        return id is not null;
    }

    /// <summary>The id that the catalogue gives to a film that came without one.</summary>
    public static FilmId Generated(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>The value of an id of ASCII digits below <see cref="GeneratedLimit"/>; null for every other id.</summary>
    public long? WholeNumber =>
        IsDigits && long.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < GeneratedLimit
            ? number
            : null;

    private bool IsDigits => Value.All(char.IsAsciiDigit);

    /// <summary>
    /// Bytes whose order is the natural order of ids: ids of ASCII digits first, by value, then fewer
    /// leading zeros; then all others by their UTF-8 bytes. Two ids are equal when their keys are.
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

    /// <inheritdoc/>
    public override string ToString() => Value;
}
