using System.Text;
using FilmService.Domain.Search;

namespace FilmService.Infrastructure.Sqlite.Search;

/// <summary>
/// The tokens of a name in <c>film_words</c>. Each begins with a character for the length of the name, so that the films that
/// contain a word can be read by rank, the shortest names first, without reading all of them.
/// </summary>
internal static class WordTokens
{
    /// <summary>The first length of those that share the last character.</summary>
    public const int LastLength = 63;

    /// <summary>Characters inside a word of a script without spaces are found by as many as this, the rest is checked.</summary>
    public const int PieceLength = 3;

    // FTS5 treats upper-case letters as lower-case ones; quotes and the backslash would have to be escaped.
    private const string Lengths = "0123456789abcdefghijklmnopqrstuvwxyz!#$%&()*+,-./:;<=>?@[]^_{|}~";

    /// <summary>The characters of all lengths.</summary>
    public static IEnumerable<char> All => Lengths;

    /// <summary>The character for a length in code points.</summary>
    public static char Of(long length) => Lengths[(int)Math.Min(length, LastLength)];

    /// <summary>The text of the name's row.</summary>
    public static string Of(SearchableName name)
    {
        var length = Of(name.Length);
        var words = length + name.Normalized.Replace(" ", " " + length, StringComparison.Ordinal);
        return name.Elided.Count == 0 && Ascii.IsValid(name.Normalized)
            ? words
            : string.Join(' ', name.Elided.Concat(name.Words.SelectMany(Pieces)).Distinct().Select(token => length + token).Prepend(words));
    }

    /// <summary>The beginning of a text by which it is found inside a word.</summary>
    public static string PieceOf(string text) => string.Concat(text.EnumerateRunes().Take(PieceLength));

    // From each character of a script without spaces, except the word's first: with that one the word itself begins.
    private static IEnumerable<string> Pieces(string word)
    {
        var runes = word.EnumerateRunes().ToArray();
        return Enumerable.Range(0, runes.Length).Skip(1).Where(i => SpacelessScript.Has(runes[i])).Select(i => string.Concat(runes.Skip(i).Take(PieceLength)));
    }
}
