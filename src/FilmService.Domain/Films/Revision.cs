using System.Buffers;
using System.Globalization;

namespace FilmService.Domain.Films;

/// <summary>
/// A point in the life of a catalogue, written <c>epoch-number</c>. Every change of a film takes the
/// next number; the epoch tells databases apart, so that a number of another one is never believed.
/// </summary>
/// <param name="Epoch">Random letters and digits, made when the database is created.</param>
/// <param name="Number">How many changes there were; 0 before the first.</param>
public readonly record struct Revision(string Epoch, long Number)
{
    private static readonly SearchValues<char> EpochCharacters = SearchValues.Create(EpochAlphabet);

    /// <summary>The characters of an epoch.</summary>
    public const string EpochAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Reads what <see cref="ToString"/> wrote; null for everything else.</summary>
    public static Revision? Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0
            && text.AsSpan(0, dash).IndexOfAnyExcept(EpochCharacters) < 0
            && long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && new Revision(text[..dash], number) is var revision
            && revision.ToString() == text
                ? revision
                : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Number}");
}
