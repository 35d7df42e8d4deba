using System.CommandLine;
using System.CommandLine.Parsing;
using FilmService.Api.Http.Binding;

namespace FilmService.Api.Commands;

/// <summary>The program's commands, such as <c>FilmService.Api import films.csv</c>.</summary>
internal static class CommandLine
{
    private const string HelpOption = "--help";
    private const string HelpCommand = "help";

    private static readonly string[] Help = [HelpOption, "-h", "-?", "/h", "/?", HelpCommand];
    private static readonly string[] Version = ["--version", "-v", "-V", "version"];

    /// <summary>The options that are valid without a command.</summary>
    public static IReadOnlyList<string> Options { get; } = [HelpOption, Version[0]];

    /// <summary>
    /// True if the first argument is <c>--help</c>, <c>--version</c> or a word. Any other is a setting of the service, which begins with a dash or
    /// slash or contains an equals sign.
    /// </summary>
    public static bool IsFor(string[] arguments) =>
        arguments is [var first, ..] && (Help.Contains(first) || Version.Contains(first) || (first is not ['-' or '/', ..] && !first.Contains('=')));

    /// <summary>Runs a command without starting the service or opening a database.</summary>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (output, error) = (Console.Out, Console.Error);
        if (Extra(arguments) is { } extra)
        {
            await error.WriteLineAsync(Suggestion.Unknown(extra, []));
            return ExitCode.Usage;
        }

        if (Version.Contains(arguments[0]))
        {
            await output.WriteLineAsync($"FilmService {typeof(CommandLine).Assembly.GetName().Version!.ToString(3)}");
            return ExitCode.Done;
        }

        var parsed = Create().Parse(HelpFor(arguments), new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (UnknownOption(parsed) is { } option)
        {
            await error.WriteLineAsync(Suggestion.Unknown(option, Known(parsed.CommandResult.Command, option)));
            return ExitCode.Usage;
        }

        if (parsed.Errors.Count + parsed.UnmatchedTokens.Count > 0)
        {
            await error.WriteLineAsync(Explain(parsed));
            return ExitCode.Usage;
        }

        try
        {
            ShellFolder.Enter();
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        }
        catch (CommandException exception)
        {
            await error.WriteLineAsync(exception.Message);
            return exception.Code;
        }
    }

    private static RootCommand Create() => new("FilmService. Without a command, it runs the service; see docs/settings.md for its settings.")
    {
        new ImportCommand().ToCommand(),
        new ExportCommand().ToCommand(),
        HashPasswordCommand.ToCommand(),
        DatabaseCommands.Check(),
        DatabaseCommands.Reindex(),
        RecoveryCommands.Restore(),
        RecoveryCommands.RenewEpoch(),
    };

    // A word that would be ignored.
    private static string? Extra(string[] arguments) => arguments switch
    {
        [HelpCommand, _, var extra, ..] => extra,
        [not HelpCommand, var extra, ..] when Help.Concat(Version).Contains(arguments[0]) => extra,
        _ => null,
    };

    // 'help import' means 'import --help'.
    private static string[] HelpFor(string[] arguments) => arguments switch
    {
        [HelpCommand, var command] when !Help.Concat(Version).Contains(command) => [command, HelpOption],
        [var first, ..] when Help.Contains(first) => [HelpOption],
        _ => arguments,
    };

    // The parser takes a misspelt option for a file's name. A file whose name begins with a dash comes after '--'.
    private static string? UnknownOption(ParseResult parsed) => parsed.Tokens.Any(token => token.Type is TokenType.DoubleDash)
        ? null
        : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value).FirstOrDefault(value => value is ['-', _, ..]);

    // An unknown word is reported alone: other missing arguments are a consequence of it.
    private static string Explain(ParseResult parsed) => parsed.UnmatchedTokens is [var unknown, ..]
        ? Suggestion.Unknown(unknown, Known(parsed.CommandResult.Command, unknown))
        : string.Join('\n', parsed.Errors.Select(error => error.Message));

    private static List<string> Known(Command command, string unknown) =>
        [.. unknown.StartsWith('-') ? command.Options.Select(option => option.Name).Except(Options).Append(HelpOption)
            : command.Subcommands.Any() ? command.Subcommands.Select(subcommand => subcommand.Name).Concat([HelpCommand, "version"])
            : []];
}
