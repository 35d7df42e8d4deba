using System.Globalization;
using System.Text.Json.Nodes;
using FilmService.Api.Commands.Mapping;
using FilmService.Api.Commands.Reading;

namespace FilmService.Api.Commands;

/// <summary>The options of an import, as parameters of <c>POST /films</c>.</summary>
internal sealed record ImportOrder(string OnConflict, string OnError, bool DryRun, string Key);

/// <summary>Sends the films of a file and reports the result.</summary>
internal sealed class FilmImport(ServiceClient service, CommandScreen screen, FilmMapper mapper)
{
    /// <returns>The program's exit code.</returns>
    /// <exception cref="CommandException">Nothing was stored, or the outcome is unknown.</exception>
    public async Task<int> RunAsync(InputFile file, FileFormat format, ImportOrder order, CancellationToken cancellationToken)
    {
        FilmUpload? upload = null;
        try
        {
            using var answer = await screen.ShowAsync(report =>
            {
                upload = new FilmUpload(file.ReadAsync(format, cancellationToken), mapper, () => Report(report, file, upload!));
                return SendAsync(upload, order, cancellationToken);
            });
            return await ConcludeAsync(answer, upload!, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            throw Broken(exception, upload!, order);
        }
        finally
        {
            await TellNotTakenAsync();
        }
    }

    // How long the service takes to process the upload is unknown.
    private static void Report(Action<string, double?> report, InputFile file, FilmUpload upload) => report(
        string.Create(CultureInfo.InvariantCulture, $"{upload.Count:N0} films sent{(upload.IsComplete ? ", waiting for the service" : "")}"),
        upload.IsComplete ? null : file.Share);

    private Task<HttpResponseMessage> SendAsync(FilmUpload upload, ImportOrder order, CancellationToken cancellationToken) => service.SendAsync(
        HttpMethod.Post,
        [new("onConflict", order.OnConflict), new("onError", order.OnError), new("dryRun", order.DryRun ? "true" : "false")],
        request =>
        {
            request.Content = upload;
            request.Headers.Add("Idempotency-Key", order.Key);
            // A caller without permission is rejected before the upload.
            request.Headers.ExpectContinue = true;
        },
        cancellationToken);

    private async Task<int> ConcludeAsync(HttpResponseMessage answer, FilmUpload upload, CancellationToken cancellationToken)
    {
        var body = await ServiceClient.ReadAsync(answer, cancellationToken);
        var faults = await TellFaultsAsync(body, upload);
        if (answer.IsSuccessStatusCode)
        {
            await screen.SayAsync(ToText(body, answer.Headers.Contains("Films-Dry-Run")));
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
            var reason = upload.FaultOf(sent) ?? string.Join(' ', line["errors"]!.AsObject().SelectMany(error => error.Value!.AsArray()));
            await screen.TellAsync($"{upload.PlaceOf(sent)}: {reason}");
        }

        var count = (long?)body["lineErrorCount"] ?? lines.Count;
        if (count > lines.Count)
        {
            await screen.TellAsync(string.Create(CultureInfo.InvariantCulture, $"and {count - lines.Count:N0} more"));
        }

        return count;
    }

    // All counts that the service reports, in its order.
    private static string ToText(JsonObject result, bool isDryRun)
    {
        var counts = result.Where(member => member.Value?.GetValueKind() is System.Text.Json.JsonValueKind.Number && member.Key != "lineErrorCount")
            .Select(member => string.Create(CultureInfo.InvariantCulture, $"{(long)member.Value!:N0} {member.Key}"));
        return string.Join(", ", counts) + (isDryRun ? "; this was a dry run, nothing was stored" : $"; revision {result["revision"]}");
    }

    private static CommandException Broken(Exception exception, FilmUpload upload, ImportOrder order) =>
        upload.IsComplete ? new($"The connection broke before the service answered, so the films may or may not be stored. Repeat the command with --idempotency-key {order.Key} to store them exactly once.", ExitCode.Unknown)
        : exception is OperationCanceledException ? new("Stopped. Nothing was stored.", ExitCode.Stopped)
        : exception is InvalidDataException ? new("The gzip file is damaged or truncated. Nothing was stored.")
        : new($"The connection broke. Nothing was stored. {exception.Message}");

    private async Task TellNotTakenAsync()
    {
        if (string.Join(", ", mapper.NotTaken) is { Length: > 0 } names)
        {
            await screen.TellAsync($"Ignored columns: {names}.");
        }
    }
}
