using System.CommandLine;
using System.Globalization;
using FilmService.Api.Commands.Mapping;
using FilmService.Api.Commands.Reading;

namespace FilmService.Api.Commands;

/// <summary><c>FilmService.Api import films.csv</c>: sends the films of a file to a running service.</summary>
internal sealed class ImportCommand
{
    private readonly ServiceOptions _service = new();
    private readonly Argument<string> _file = new("file") { Description = "File with the films: .csv, .ndjson, .jsonl or .json, optionally followed by .gz; - for standard input" };
    private readonly Option<string?> _format = new("--format") { Description = "File format, if the name does not show it" };
    private readonly Option<string> _onConflict = new("--on-conflict") { Description = "What to do when a film with the same id exists", DefaultValueFactory = _ => "error" };
    private readonly Option<string> _onError = new("--on-error") { Description = "abort: store nothing if any line is invalid; skip: store the valid lines", DefaultValueFactory = _ => "abort" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check everything, store nothing" };
    private readonly Option<string?> _latest = new("--latest") { Description = "Latest release date to accept, such as 2011-12-31 [default: today]", HelpName = "date" };
    private readonly Option<string?> _key = new("--idempotency-key") { Description = "Idempotency key for retrying the same import [default: a new one]", HelpName = "key" };

    public Command ToCommand()
    {
        _format.AcceptOnlyFromAmong("csv", "ndjson", "json");
        _onConflict.AcceptOnlyFromAmong("error", "skip", "replace", "merge");
        _onError.AcceptOnlyFromAmong("abort", "skip");
        var command = new Command("import", "Imports the films in a file into a running service") { _file, _format, _onConflict, _onError, _dryRun, _latest, _key };
        _service.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var path = arguments.GetValue(_file)!;
        var format = FileFormats.Of(path, arguments.GetValue(_format));
        var mapper = new FilmMapper(Latest(arguments));
        using var service = _service.Connect(arguments);
        await using var file = InputFile.Open(path);
        var order = new ImportOrder(arguments.GetValue(_onConflict)!, arguments.GetValue(_onError)!, arguments.GetValue(_dryRun), arguments.GetValue(_key) ?? Guid.NewGuid().ToString());
        return await new FilmImport(service, new CommandScreen(arguments.InvocationConfiguration), mapper).RunAsync(file, format, order, cancellationToken);
    }

    private DateOnly Latest(ParseResult arguments)
    {
        var said = arguments.GetValue(_latest);
        return said is null ? DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date)
            : DateOnly.TryParseExact(said, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
            : throw new CommandException($"--latest must be a date such as 2011-12-31, not {said}.", ExitCode.Usage);
    }
}
