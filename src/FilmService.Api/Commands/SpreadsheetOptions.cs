using System.Buffers;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace FilmService.Api.Commands;

/// <summary>How CSV is written for a spreadsheet program.</summary>
/// <param name="HasMark">True for a byte order mark, by which Excel recognises UTF-8.</param>
/// <param name="Delimiter">The character between the values; Excel expects a semicolon in many languages.</param>
/// <param name="ProtectsFormulas">True to keep values from being computed (https://owasp.org/www-community/attacks/CSV_Injection).</param>
internal sealed record SpreadsheetOptions(bool HasMark, char Delimiter, bool ProtectsFormulas)
{
    private static readonly SearchValues<char> Formulas = SearchValues.Create("=+-@");

    /// <summary>Copies the service's CSV; returns the number of lines.</summary>
    public async Task<long> CopyAsync(Stream from, Stream to, Action<long> copied, CancellationToken cancellationToken)
    {
        using var rows = new CsvParser(new StreamReader(from, Encoding.UTF8), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = "," });
        await using var writer = new StreamWriter(to, new UTF8Encoding(HasMark), leaveOpen: true) { NewLine = "\r\n" };
        var lines = 0L;
        for (; await rows.ReadAsync(); copied(++lines))
        {
            await writer.WriteLineAsync(string.Join(Delimiter, rows.Record!.Select(Write)).AsMemory(), cancellationToken);
        }

        return lines;
    }

    private string Write(string value)
    {
        value = ProtectsFormulas && value.Length > 0 && Formulas.Contains(value[0]) ? "'" + value : value;
        var isPlain = !value.Contains(Delimiter) && !value.Contains('"') && value.AsSpan().Trim().Length == value.Length;
        return isPlain ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
