using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FilmService.Api.Commands;

/// <summary>The result of each line of an import, in a file.</summary>
internal static class LineReport
{
    private const string Begin = "{\"line\":";

    /// <summary>Saves the lines, numbered as in the user's file; returns the counts, which come last.</summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static async Task<JsonObject> SaveAsync(HttpResponseMessage answer, string path, Func<long, long> lineOf, CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        await using var file = new OutputFile(path);
        var counts = "";
        await using (var writer = new StreamWriter(file.Content, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" })
        {
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                var isResult = line.StartsWith(Begin, StringComparison.Ordinal);
                counts = isResult ? counts : line;
                await writer.WriteAsync(isResult ? Renumber(line, lineOf) + "\n" : "");
            }
        }

        var result = ReadCounts(counts);
        await file.FinishAsync();
        return result;
    }

    private static JsonObject ReadCounts(string line)
    {
        try
        {
            return JsonNode.Parse(line)!.AsObject();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new CommandException("The server's report is not in a form FilmService uses, or incomplete. The films may or may not be stored.", ExitCode.Unknown);
        }
    }

    private static string Renumber(string line, Func<long, long> lineOf)
    {
        var end = line.IndexOf(',', Begin.Length);
        return string.Create(CultureInfo.InvariantCulture, $"{Begin}{lineOf(long.Parse(line.AsSpan(Begin.Length, end - Begin.Length), CultureInfo.InvariantCulture))}{line.AsSpan(end)}");
    }
}
