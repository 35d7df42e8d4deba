using System.Globalization;

namespace FilmService.Api.Commands;

/// <summary>Writes the films that match the conditions to a file.</summary>
internal sealed class FilmExport(ServiceClient service, CommandScreen screen)
{
    private const int BufferBytes = 128 * 1024;

    /// <exception cref="CommandException">The export failed; an existing file is unchanged.</exception>
    public async Task RunAsync(string path, FileFormat format, SpreadsheetOptions? spreadsheet, IEnumerable<KeyValuePair<string, string>> conditions, CancellationToken cancellationToken)
    {
        try
        {
            var count = await screen.ShowAsync(report => WriteAsync(path, format, spreadsheet, conditions, report, cancellationToken));
            await screen.TellAsync(Written(count));
        }
        catch (OperationCanceledException)
        {
            throw new CommandException("Stopped. No file was written.", ExitCode.Stopped);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new CommandException($"The export failed. No file was written. {(exception is HttpRequestException or HttpIOException ? "The connection broke." : "The file cannot be written: is the disk full?")}");
        }
    }

    private async Task<long> WriteAsync(string path, FileFormat format, SpreadsheetOptions? spreadsheet, IEnumerable<KeyValuePair<string, string>> conditions, Action<string, double?> report, CancellationToken cancellationToken)
    {
        var mediaType = format is FileFormat.Csv ? "text/csv" : "application/x-ndjson";
        // Counting costs the service time, and only the progress bar needs the total.
        IEnumerable<KeyValuePair<string, string>> count = screen.IsTerminal ? [new("count", "true")] : [];
        using var answer = await service.SendAsync(HttpMethod.Get, conditions.Concat(count), request => request.Headers.Accept.Add(new(mediaType)), cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw ServiceClient.Explain(answer, await ServiceClient.ReadAsync(answer, cancellationToken));
        }

        var total = answer.Headers.TryGetValues("X-Total-Count", out var values) ? long.Parse(values.Single(), CultureInfo.InvariantCulture) : default(long?);
        await using var file = new OutputFile(path);
        var films = await answer.Content.ReadAsStreamAsync(cancellationToken);
        void Copied(long count) => report(Written(count), total is null ? null : (double)count / total);
        var lines = spreadsheet is null
            ? await CopyAsync(films, file.Content, Copied, cancellationToken)
            : await spreadsheet.CopyAsync(films, file.Content, Copied, cancellationToken);
        await file.FinishAsync();
        return format is FileFormat.Csv ? lines - 1 : lines;
    }

    // Neither ids nor names contain line breaks, so each line is a film.
    private static async Task<long> CopyAsync(Stream from, Stream to, Action<long> copied, CancellationToken cancellationToken)
    {
        var (buffer, lines) = (new byte[BufferBytes], 0L);
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0; copied(lines))
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return lines;
    }

    private static string Written(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "film" : "films")} written");
}
