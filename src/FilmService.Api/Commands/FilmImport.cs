using System.Globalization;
using System.Text.Json.Nodes;
using FilmService.Api.Commands.Reading;
using FilmService.Api.Import.Mapping;

namespace FilmService.Api.Commands;

/// <summary>The options of an import, as parameters of <c>POST /films</c>.</summary>
/// <param name="OnConflict">Null for the service's default.</param>
/// <param name="Report">The file for the result of each line; null for none.</param>
internal sealed record ImportOrder(string? OnConflict, string OnError, string Match, bool DryRun, string Key, string? Report)
{
    public IEnumerable<KeyValuePair<string, string>> Parameters =>
    [
        .. OnConflict is null ? [] : (KeyValuePair<string, string>[])[new("onConflict", OnConflict)],
        new("onError", OnError),
        new("match", Match),
        new("dryRun", DryRun ? "true" : "false"),
        .. Report is null ? [] : (KeyValuePair<string, string>[])[new("report", "lines")],
    ];
}

/// <summary>Sends the films of a file and reports the result.</summary>
internal sealed class FilmImport(ServiceClient service, CommandScreen screen, FilmMapper mapper)
{
    private const string Duplicates = "possibleDuplicates";

    // The service's messages name its parameters.
    private static string WithOwnOptions(string message) =>
        message.Replace("set onConflict to", "set --on-conflict to", StringComparison.Ordinal).Replace("set onError to", "set --on-error to", StringComparison.Ordinal);

    /// <returns>The program's exit code.</returns>
    /// <exception cref="CommandException">Nothing was stored, or the outcome is unknown.</exception>
    public async Task<int> RunAsync(InputFile file, FileFormat format, ImportOrder order, CancellationToken cancellationToken)
    {
        FilmUpload? upload = null;
        try
        {
            using var answer = await screen.ShowAsync(report =>
            {
                upload = new FilmUpload(file.ReadAsync(format, mapper, cancellationToken), mapper, order.Report is not null, () => Report(report, file, upload!));
                return WaitAsync(SendAsync(upload, order, cancellationToken), () => Report(report, file, upload));
            });
            return await ConcludeAsync(answer, upload!, order, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            throw Broken(exception, upload!, order);
        }
        finally
        {
            await TellLeftOutAsync();
        }
    }

    // How long the service will take to process the upload is unknown, but not for how long it has.
    private static void Report(Action<string, double?> report, InputFile file, FilmUpload upload) => report(
        string.Create(CultureInfo.InvariantCulture, $"{upload.Count:N0} films sent{(upload.SinceComplete is { } time ? $", the service has been storing them for {time.TotalSeconds:N0} s" : "")}"),
        upload.IsComplete ? null : file.Share);

    private static async Task<T> WaitAsync<T>(Task<T> work, Action tick)
    {
        while (!work.IsCompleted)
        {
            await Task.WhenAny(work, Task.Delay(TimeSpan.FromSeconds(1)));
            tick();
        }

        return await work;
    }

    private Task<HttpResponseMessage> SendAsync(FilmUpload upload, ImportOrder order, CancellationToken cancellationToken) => service.SendAsync(
        HttpMethod.Post,
        order.Parameters,
        request =>
        {
            request.Content = upload;
            request.Headers.Add("Idempotency-Key", order.Key);
            // A caller without permission is rejected before the upload.
            request.Headers.ExpectContinue = true;
        },
        cancellationToken);

    private async Task<int> ConcludeAsync(HttpResponseMessage answer, FilmUpload upload, ImportOrder order, CancellationToken cancellationToken)
    {
        var body = answer.IsSuccessStatusCode && order.Report is { } path
            ? await LineReport.SaveAsync(answer, path, upload, cancellationToken)
            : await ServiceClient.ReadAsync(answer, cancellationToken);
        var faults = await TellFaultsAsync(body, upload);
        if (answer.IsSuccessStatusCode)
        {
            await screen.SayAsync(ToText(body, answer.Headers.Contains("Films-Dry-Run")));
            await TellDuplicatesAsync(body);
            return faults == 0 ? ExitCode.Done : ExitCode.DoneInPart;
        }

        throw faults == 0 ? ServiceClient.Explain(answer, body)
            : new CommandException(string.Create(CultureInfo.InvariantCulture, $"{faults:N0} of {upload.Count:N0} films cannot be imported. Nothing was stored."));
    }

    // Returns the number of faults.
    private async Task<long> TellFaultsAsync(JsonObject body, FilmUpload upload)
    {
        var lines = body["lines"]?.AsArray() ?? [];
        foreach (var line in lines)
        {
            var sent = (long)line!["line"]!;
            var reason = WithOwnOptions(upload.FaultOf(sent) ?? string.Join(' ', line["errors"]!.AsObject().SelectMany(error => error.Value!.AsArray())));
            if (reason.Length > 0)
            {
                await screen.TellAsync($"{upload.PlaceOf(sent)}: {reason}");
            }
        }

        var count = (long?)body["lineErrorCount"] ?? lines.Count;
        if (count > lines.Count)
        {
            await screen.TellAsync(string.Create(CultureInfo.InvariantCulture, $"and {count - lines.Count:N0} more"));
        }

        return count;
    }

    private async Task TellDuplicatesAsync(JsonObject body)
    {
        if ((long?)body[Duplicates] is { } count)
        {
            await screen.TellAsync(string.Create(CultureInfo.InvariantCulture, $"{count:N0} of the new films {(count == 1 ? "has" : "have")} the name and year of others. To leave such films out, use --match name,year."));
        }
    }

    // All counts that the service reports, in its order.
    private static string ToText(JsonObject result, bool isDryRun)
    {
        var counts = result.Where(member => member.Value?.GetValueKind() is System.Text.Json.JsonValueKind.Number && member.Key is not ("lineErrorCount" or Duplicates))
            .Select(member => string.Create(CultureInfo.InvariantCulture, $"{(long)member.Value!:N0} {member.Key}"));
        return string.Join(", ", counts) + (isDryRun ? "; this was a dry run, nothing was stored" : $"; revision {result["revision"]}");
    }

    private static CommandException Broken(Exception exception, FilmUpload upload, ImportOrder order) =>
        upload.IsComplete && exception is OperationCanceledException ? new($"Stopped waiting. Everything was sent, so the service may go on and store the films. To learn the outcome, repeat the command with --idempotency-key {order.Key}: nothing is stored twice.", ExitCode.Stopped)
        : upload.IsComplete ? new($"The connection broke before the service answered, so the films may or may not be stored. Repeat the command with --idempotency-key {order.Key} to store them exactly once.", ExitCode.Unknown)
        : exception is OperationCanceledException ? new("Stopped. Nothing was stored.", ExitCode.Stopped)
        : exception is InvalidDataException ? new("The gzip file is damaged or truncated. Nothing was stored.")
        : new("The connection broke. Nothing was stored.");

    private async Task TellLeftOutAsync()
    {
        if (string.Join(", ", mapper.NotUsed) is { Length: > 0 } names)
        {
            await screen.TellAsync($"Ignored columns: {names}.");
        }

        if (string.Join(", ", mapper.LeftOut.Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Value:N0} {kind.Key}"))) is { Length: > 0 } kinds)
        {
            await screen.TellAsync($"Left out, because the file does not call them films: {kinds}. To import some of them, use --only, as in --only movie,short.");
        }
    }
}
