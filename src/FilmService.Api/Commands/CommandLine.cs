using System.CommandLine;
using FilmService.Api.Http.Binding;

namespace FilmService.Api.Commands;

/// <summary>The program's commands, such as <c>FilmService.Api import films.csv</c>.</summary>
internal static class CommandLine
{
    private static readonly string[] Help = ["--help", "-h", "-?", "help"];

    /// <summary>
    /// True if the first argument is <c>--help</c> or a word. Any other is a setting of the service, which begins with a dash or
    /// slash or contains an equals sign.
    /// </summary>
    public static bool IsFor(string[] arguments) =>
        arguments is [var first, ..] && (Help.Contains(first) || (first is not ['-' or '/', ..] && !first.Contains('=')));

    /// <summary>Runs a command without starting the service or opening a database.</summary>
    /// <returns>The program's exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Create().Parse(arguments[0] == "help" ? ["--help"] : arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var (output, error) = (Console.Out, Console.Error);
        if (parsed.Errors.Count > 0)
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
    };

    // An unknown word is reported alone: other missing arguments are a consequence of it.
    private static string Explain(ParseResult parsed) => parsed.UnmatchedTokens is [var unknown, ..]
        ? Suggestion.Unknown(unknown, Known(parsed.CommandResult.Command, unknown))
        : string.Join('\n', parsed.Errors.Select(error => error.Message));

    private static List<string> Known(Command command, string unknown) =>
        [.. unknown.StartsWith('-') ? command.Options.Select(option => option.Name) : command.Subcommands.Select(subcommand => subcommand.Name)];
}
