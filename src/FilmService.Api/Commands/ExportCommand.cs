using System.CommandLine;

namespace FilmService.Api.Commands;

/// <summary><c>FilmService.Api export films.csv</c>: writes the films of a running service to a file.</summary>
internal sealed class ExportCommand
{
    private readonly ServiceOptions _service = new();
    private readonly Argument<string> _file = new("file") { Description = "Where to: .csv, .ndjson or .jsonl, each also with .gz; - is the standard output" };
    private readonly Option<string?> _format = new("--format") { Description = "What the file shall hold, where its name does not tell it" };
    private readonly Option<string[]> _where = new("--where") { Description = "A condition of GET /films, such as year.gte=2000; may be repeated", HelpName = "name=value" };

    /// <summary>The command as the parser takes it.</summary>
    public Command ToCommand()
    {
        _format.AcceptOnlyFromAmong("csv", "ndjson");
        var command = new Command("export", "Writes the films of a running service to a file") { _file, _format, _where };
        _service.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var path = arguments.GetValue(_file)!;
        var format = FileFormats.Of(path, arguments.GetValue(_format));
        if (format is FileFormat.Json)
        {
            throw new CommandException("An export is csv or ndjson; import reads both back.", ExitCode.Usage);
        }

        var conditions = (arguments.GetValue(_where) ?? []).Select(ToCondition).ToList();
        using var service = _service.Connect(arguments);
        await new FilmExport(service, new CommandScreen(arguments.InvocationConfiguration)).RunAsync(path, format, conditions, cancellationToken);
        return ExitCode.Done;
    }

    private static KeyValuePair<string, string> ToCondition(string text) => text.Split('=', 2) is [var name, var value]
        ? new(name, value)
        : throw new CommandException($"--where takes name=value, such as year=2018, not {text}.", ExitCode.Usage);
}
