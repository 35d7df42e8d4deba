using System.Buffers;
using System.Globalization;

namespace FilmService.Domain.Films;

/// <summary>
/// A point in the history of a catalogue, written <c>epoch-number</c>. Every change of a film gets the next number; the epoch
/// distinguishes databases, so that another database's number is never accepted.
/// </summary>
/// <param name="Epoch">Random letters and digits, generated when the database is created.</param>
/// <param name="Number">The number of changes so far; 0 before the first.</param>
public readonly record struct Revision(string Epoch, long Number)
{
    private static readonly SearchValues<char> EpochCharacters = SearchValues.Create(EpochAlphabet);

    public const string EpochAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Parses the format of <see cref="ToString"/>; null if the text has another.</summary>
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

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Number}");
}
