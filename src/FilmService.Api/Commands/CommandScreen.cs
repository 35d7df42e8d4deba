using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace FilmService.Api.Commands;

/// <summary>A command's output: the result goes to standard output, messages about it to standard error.</summary>
internal sealed class CommandScreen(InvocationConfiguration streams)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    /// <summary>True if standard error is a terminal.</summary>
    public bool IsTerminal { get; } = !Console.IsErrorRedirected;

    /// <summary>Writes a line of the result.</summary>
    public Task SayAsync(string text) => streams.Output.WriteLineAsync(text);

    /// <summary>Writes a message.</summary>
    public Task TellAsync(string text) => streams.Error.WriteLineAsync(text);

    /// <summary>Runs the work and shows its progress: a bar on a terminal, otherwise a line every ten seconds.</summary>
    /// <param name="work">
    /// The work; it reports its current step and the completed share from 0 to 1, null if that is unknown.
    /// </param>
    public Task<T> ShowAsync<T>(Func<Action<string, double?>, Task<T>> work) =>
        IsTerminal ? ShowBarAsync(work) : ShowLinesAsync(work);

    private static Task<T> ShowBarAsync<T>(Func<Action<string, double?>, Task<T>> work) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
            .Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(progress =>
            {
                var bar = progress.AddTask("Connecting", maxValue: 1).IsIndeterminate();
                return work((text, share) =>
                {
                    (bar.Description, bar.IsIndeterminate) = (Markup.Escape(text), share is null);
                    bar.Value = share ?? bar.Value;
                });
            });

    private Task<T> ShowLinesAsync<T>(Func<Action<string, double?>, Task<T>> work)
    {
        var last = TimeProvider.System.GetTimestamp();
        return work((text, share) =>
        {
            if (TimeProvider.System.GetElapsedTime(last) >= BetweenLines)
            {
                last = TimeProvider.System.GetTimestamp();
                streams.Error.WriteLine(share is null ? text : string.Create(CultureInfo.InvariantCulture, $"{text}, {share:P0}"));
            }
        });
    }
}
