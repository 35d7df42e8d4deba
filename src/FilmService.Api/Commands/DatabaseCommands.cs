using System.CommandLine;
using System.Globalization;
using FilmService.Infrastructure;
using Microsoft.Extensions.Options;

namespace FilmService.Api.Commands;

/// <summary>
/// <c>FilmService.Api check [file]</c> and <c>reindex</c>: for the operator of the machine on which the database is. They read the
/// service's settings.
/// </summary>
internal static class DatabaseCommands
{
    private static readonly Argument<string?> File = new("file") { Description = "Database or backup to check; without it, the database of the settings", Arity = ArgumentArity.ZeroOrOne };

    public static Command Check()
    {
        var command = new Command("check", "Checks a database file, or a backup, and says in words what is wrong") { File };
        command.SetAction(arguments => Run(() => Check(arguments.GetValue(File) ?? DatabaseFile.PathOf(ServiceDatabase.Options()), arguments.InvocationConfiguration)));
        return command;
    }

    public static Command Reindex()
    {
        var command = new Command("reindex", "Rebuilds the tables for lists and searches from the changes; stop the service first");
        command.SetAction(arguments => Run(() => Reindex(arguments.InvocationConfiguration)));
        return command;
    }

    private static int Run(Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception exception) when (exception is InvalidConfigurationException or OptionsValidationException)
        {
            throw new CommandException(exception.Message);
        }
    }

    private static int Check(string path, InvocationConfiguration screen)
    {
        screen.Error.WriteLine($"Checking {path}");
        var report = DatabaseFile.Check(path);
        foreach (var problem in report.Problems)
        {
            screen.Output.WriteLine(problem);
        }

        screen.Output.WriteLine(Summary(report));
        return report.IsIntact ? ExitCode.Done : ExitCode.NotDone;
    }

    private static string Summary(DatabaseReport report) =>
        report.IsIntact ? string.Create(CultureInfo.InvariantCulture, $"No problem found{(report.Films is { } films ? $": {films} films at revision {report.Revision}" : ". It was written by an older version: start the service, which migrates it, and check it again")}.")
        : report.IsRebuildable ? "All of it can be rebuilt from the changes: stop the service and run the command reindex."
        : "The changes themselves, or tables that nothing else contains, are affected: restore a backup.";

    private static int Reindex(InvocationConfiguration screen)
    {
        var options = ServiceDatabase.Options();
        using var log = LoggerFactory.Create(logging => logging.AddProvider(new ScreenLog(screen.Error)));
        DatabaseFile.Reindex(options, log.CreateLogger("reindex"));
        return Check(DatabaseFile.PathOf(options), screen);
    }

    private sealed class ScreenLog(TextWriter screen) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            screen.WriteLine(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
