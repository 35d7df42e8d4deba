using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FilmService.Api.Http.Results;

namespace FilmService.Api.Commands;

/// <summary>The result of each line of an import, in a file.</summary>
internal static class LineReport
{
    private const string Begin = "{\"line\":";

    /// <summary>
    /// Saves the lines, numbered as in the user's file and with the command's own reasons; returns the counts, which come last.
    /// </summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static async Task<JsonObject> SaveAsync(HttpResponseMessage answer, string path, FilmUpload upload, CancellationToken cancellationToken)
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
                await writer.WriteAsync(isResult ? Correct(line, upload) + "\n" : "");
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

    private static string Correct(string line, FilmUpload upload)
    {
        var end = line.IndexOf(',', Begin.Length);
        var sent = long.Parse(line.AsSpan(Begin.Length, end - Begin.Length), CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{Begin}{upload.LineOf(sent)}{(upload.FaultOf(sent) is { } fault ? WithFault(line, fault) : line[end..])}");
    }

    // What could not be mapped was sent as an empty line.
    private static string WithFault(string line, string fault)
    {
        var members = JsonNode.Parse(line)!.AsObject();
        members.Remove("line");
        members["errors"] = new JsonObject { ["line"] = new JsonArray(fault.Length > 0 ? fault : "The line belongs to the faulty row that begins before it.") };
        return "," + members.ToJsonString(Json.Options)[1..];
    }
}
