using System.CommandLine;
using FilmService.Api.Commands.Reading;
using FilmService.Api.Import.Mapping;
using FilmService.Domain.Films;

namespace FilmService.Api.Commands;

/// <summary><c>FilmService.Api import films.csv</c>: sends the films of a file to a running service.</summary>
internal sealed class ImportCommand
{
    private readonly ServiceOptions _service = new();
    private readonly MappingArguments _mapping = new();
    private readonly Argument<string> _file = new("file") { Description = "File with the films: .csv, .tsv, .ndjson, .jsonl or .json, optionally followed by .gz; - for standard input" };
    private readonly Option<string?> _format = new("--format") { Description = "File format, if the name does not show it" };
    private readonly Option<string?> _onConflict = new("--on-conflict") { Description = "What to do when the film exists: error, skip, replace or merge [default: error, or skip with --match name,year]" };
    private readonly Option<string> _onError = new("--on-error") { Description = "abort: store nothing if any line is invalid; skip: store the valid lines", DefaultValueFactory = _ => "abort" };
    private readonly Option<string> _match = new("--match") { Description = "How to find the film of a line without an id: by nothing else (id), or by name,year", DefaultValueFactory = _ => "id" };
    private readonly Option<string?> _report = new("--report") { Description = "Write the result of each line to this file, as NDJSON; - for standard output", HelpName = "file" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Check everything, store nothing" };
    private readonly Option<string?> _key = new("--idempotency-key") { Description = "Idempotency key for retrying the same import [default: a new one]", HelpName = "key" };

    public Command ToCommand()
    {
        _format.AcceptOnlyFromAmong("csv", "tsv", "ndjson", "json");
        _onConflict.AcceptOnlyFromAmong("error", "skip", "replace", "merge");
        _match.AcceptOnlyFromAmong("id", "name,year");
        _onError.AcceptOnlyFromAmong("abort", "skip");
        var command = new Command("import", "Imports the films in a file into a running service") { _file, _format, _onConflict, _onError, _match, _report, _dryRun, _key };
        _mapping.AddTo(command);
        _service.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var path = arguments.GetValue(_file)!;
        var format = FileFormats.OfInput(path, arguments.GetValue(_format));
        var mapping = _mapping.Read(arguments) with { Required = arguments.GetValue(_onConflict) == "merge" ? [] : FilmFields.Required };
        var encoding = _mapping.ReadEncoding(arguments);
        using var service = _service.Connect(arguments);
        await using var file = InputFile.Open(path, encoding);
        var order = new ImportOrder(
            arguments.GetValue(_onConflict), arguments.GetValue(_onError)!, arguments.GetValue(_match)!, arguments.GetValue(_dryRun), arguments.GetValue(_key) ?? Guid.NewGuid().ToString(), arguments.GetValue(_report));
        return await new FilmImport(service, new CommandScreen(arguments.InvocationConfiguration), new FilmMapper(mapping)).RunAsync(file, format, order, cancellationToken);
    }
}
