using System.Text;
using System.Text.RegularExpressions;

namespace FilmService.Api.Import.Reading;

/// <summary>How well a header suits: whether films can be made from its columns, and how many of them are known.</summary>
internal delegate (bool IsComplete, int Known) RateHeader(IReadOnlyList<string> header);

/// <summary>How a CSV file is written, found by looking at its beginning.</summary>
/// <param name="Delimiter">The character between the values.</param>
/// <param name="LinesBefore">The number of lines before the header, blank or not.</param>
/// <param name="HasPreamble">True if some of them say something else.</param>
/// <param name="HasYearsInText">True if a year in parentheses occurs, as in <c>Toy Story (1995)</c>.</param>
internal sealed partial record CsvDialect(char Delimiter, int LinesBefore, bool HasPreamble, bool HasYearsInText)
{
    /// <summary>
    /// False if quotation marks are part of the values, as in the tab-separated files of IMDb and MySQL, which have <c>\N</c> for
    /// null, and in any with a mark that no spreadsheet program would write: one inside a value, or one that is not closed.
    /// </summary>
    public bool HasQuotes { get; private init; } = true;

    /// <summary>How many bytes are looked at.</summary>
    public const int PeekLength = 1 << 16;

    // Letterboxd writes five lines before the header of a list.
    private const int MaxLines = 60;

    private const string Delimiters = ",;\t|";

    /// <summary>A delimiter by its name or as itself; null if it cannot be one.</summary>
    public static char? FindDelimiter(string text) => text.ToLowerInvariant() switch
    {
        "comma" => ',',
        "semicolon" => ';',
        "tab" or "\\t" => '\t',
        "pipe" => '|',
        [var only] when only is '\t' || (char.IsAscii(only) && !char.IsLetterOrDigit(only) && !char.IsControl(only) && only is not ('"' or ' ')) => only,
        _ => null,
    };

    /// <summary>Looks at the beginning of a file.</summary>
    /// <param name="start">Its first bytes, in UTF-8.</param>
    /// <param name="given">The delimiter, if it is known.</param>
    /// <param name="endsAtReturn">True if a lone CR also ends a line.</param>
    /// <param name="mayHavePreamble">True if lines may come before the header, which is then the first complete one.</param>
    public static CsvDialect Find(ReadOnlySpan<byte> start, char? given, bool endsAtReturn, bool mayHavePreamble, RateHeader rate)
    {
        var text = Encoding.UTF8.GetString(start.StartsWith(Encoding.UTF8.Preamble) ? start[Encoding.UTF8.Preamble.Length..] : start);
        var lines = text.Split(endsAtReturn ? ["\r\n", "\n", "\r"] : ["\r\n", "\n"], MaxLines + 1, StringSplitOptions.None);
        var first = Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line));
        if (first >= 0 && Separator().Match(lines[first]) is { Success: true } separator)
        {
            (given, first) = (given ?? separator.Groups[1].Value[0], first + 1);
        }

        var best = (Delimiter: given ?? ',', Line: Math.Max(first, 0));
        for (var (line, most) = (Math.Max(first, 0), 0); line < Math.Min(lines.Length, MaxLines); line++)
        {
            var (delimiter, isComplete, known) = Best(lines[line], given, rate);
            if (isComplete || (line == first && known > most))
            {
                (best, most) = ((delimiter, line), known);
            }

            if (isComplete || !mayHavePreamble)
            {
                break;
            }
        }

        return new CsvDialect(best.Delimiter, best.Line, best.Line > first, YearInText().IsMatch(text))
        {
            HasQuotes = best.Delimiter != '\t' || !(text.Contains("\t\\N", StringComparison.Ordinal) || HasStrayQuote(text, isComplete: start.Length < PeekLength)),
        };
    }

    private static bool HasStrayQuote(string text, bool isComplete)
    {
        var (isQuoted, isStart) = (false, true);
        for (var i = 0; i < text.Length; i++)
        {
            var isEnd = i + 1 == text.Length || text[i + 1] is '\t' or '\r' or '\n';
            if (text[i] == '"' && isQuoted && !isEnd && text[i + 1] == '"')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                if (isQuoted ? !isEnd : !isStart)
                {
                    return true;
                }

                isQuoted = !isQuoted;
            }

            isStart = !isQuoted && text[i] is '\t' or '\n';
        }

        return isQuoted && isComplete;
    }

    private static (char Delimiter, bool IsComplete, int Known) Best(string line, char? given, RateHeader rate) =>
        (given is { } only ? [only] : Delimiters.ToCharArray())
            .Select(delimiter => (Delimiter: delimiter, Rate: rate(Split(line, delimiter))))
            .Select(found => (found.Delimiter, found.Rate.IsComplete, found.Rate.Known))
            .MaxBy(found => (found.IsComplete, found.Known));

    // Good enough for a header, which is read again by the parser.
    private static List<string> Split(string line, char delimiter)
    {
        var (values, value, isQuoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var letter in line)
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == delimiter && !isQuoted)
            {
                values.Add(value.ToString());
                value.Clear();
            }
            else
            {
                value.Append(letter);
            }
        }

        values.Add(value.ToString());
        return values;
    }

    [GeneratedRegex("^\"?sep=(.)\"?\\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\([12][0-9]{3}\)")]
    private static partial Regex YearInText();
}
