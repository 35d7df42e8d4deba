using System.CommandLine;
using FilmService.Api.Import;
using FilmService.Api.Import.Reading;

namespace FilmService.Api.Commands;

/// <summary><c>FilmService.Api export films.csv</c>: writes the films of a running service to a file.</summary>
internal sealed class ExportCommand
{
    private readonly ServiceOptions _service = new();
    private readonly Argument<string> _file = new("file") { Description = "File to write: .csv, .ndjson or .jsonl, optionally followed by .gz; - for standard output" };
    private readonly Option<string?> _format = new("--format") { Description = "File format, if the name does not show it" };
    private readonly Option<string[]> _where = new("--where") { Description = "A parameter of GET /films, such as year.gte=2000; can be repeated", HelpName = "name=value" };

    private readonly Option<bool> _excel = new("--excel") { Description = "CSV that Excel opens as it is: with a byte order mark" };
    private readonly Option<string?> _delimiter = new("--delimiter") { Description = "Character between the values of a CSV file, such as ; for Excel in many languages, or tab", HelpName = "character" };
    private readonly Option<bool> _protect = new("--protect-formulas") { Description = "In CSV, put an apostrophe before values that a spreadsheet would compute, which begin with =, +, - or @; such names are then not imported as they were" };

    public Command ToCommand()
    {
        _format.AcceptOnlyFromAmong("csv", "ndjson");
        var command = new Command("export", "Writes the films of a running service to a file") { _file, _format, _where, _excel, _delimiter, _protect };
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
            throw new CommandException("An export can be csv or ndjson.", ExitCode.Usage);
        }

        var conditions = (arguments.GetValue(_where) ?? []).Select(ToCondition).ToList();
        using var service = _service.Connect(arguments);
        await new FilmExport(service, new CommandScreen(arguments.InvocationConfiguration)).RunAsync(path, format, Spreadsheet(arguments, format), conditions, cancellationToken);
        return ExitCode.Done;
    }

    private SpreadsheetOptions? Spreadsheet(ParseResult arguments, FileFormat format)
    {
        var (excel, delimiter, protect) = (arguments.GetValue(_excel), arguments.GetValue(_delimiter), arguments.GetValue(_protect));
        if (!excel && delimiter is null && !protect)
        {
            return null;
        }

        var character = delimiter is null ? ',' : CsvDialect.FindDelimiter(delimiter) ?? throw new CommandException($"--delimiter must be {TableParameters.DelimiterRule}, not {delimiter}.", ExitCode.Usage);
        return format is FileFormat.Csv ? new SpreadsheetOptions(excel, character, protect) : throw new CommandException("--excel, --delimiter and --protect-formulas apply only to csv.", ExitCode.Usage);
    }

    private static KeyValuePair<string, string> ToCondition(string text) => text.Split('=', 2) is [var name, var value]
        ? new(name, value)
        : throw new CommandException($"--where must be name=value, such as year=2018, not {text}.", ExitCode.Usage);
}
