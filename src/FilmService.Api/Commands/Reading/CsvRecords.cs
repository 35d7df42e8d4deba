using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using FilmService.Api.Commands.Mapping;

namespace FilmService.Api.Commands.Reading;

/// <summary>Reads comma-separated values (RFC 4180). The first line names the columns.</summary>
internal static class CsvRecords
{
    private const int MaxFieldLength = 100_000;

    /// <exception cref="CommandException">There is no header that names a film.</exception>
    public static async IAsyncEnumerable<InputRecord> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isBad = false;
        using var text = new StreamReader(input, new UTF8Encoding(false, throwOnInvalidBytes: true));
        using var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = _ => isBad = true,
            IgnoreBlankLines = false, // else they are not counted
            MaxFieldSize = MaxFieldLength,
        });

        var header = await NextAsync(parser) ? parser.Record! : [];
        FilmColumns.Require(header);
        for (var line = parser.RawRow + 1; await NextAsync(parser); line = parser.RawRow + 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var columns = parser.Record!; // what is bad in them is found now
            if (columns is not [""])
            {
                yield return isBad ? InputRecord.Unreadable(line, "A quotation mark is out of place.") : ToRecord(line, header, columns);
            }

            isBad = false;
        }
    }

    private static InputRecord ToRecord(int line, string[] header, string[] columns) =>
        columns.Length == header.Length
            ? new InputRecord(line, [.. header.Zip(columns, (name, text) => new InputField(name, new InputValue(text)))])
            : InputRecord.Unreadable(line, $"The line has {columns.Length} columns, the header {header.Length}.");

    private static async Task<bool> NextAsync(CsvParser parser)
    {
        try
        {
            return await parser.ReadAsync();
        }
        catch (DecoderFallbackException)
        {
            throw new CommandException($"The file is not UTF-8, near line {parser.RawRow + 1}.");
        }
        catch (MaxFieldSizeException)
        {
            throw new CommandException($"A column is longer than {MaxFieldLength:N0} characters, near line {parser.RawRow + 1}: is a quotation mark missing?");
        }
    }
}
