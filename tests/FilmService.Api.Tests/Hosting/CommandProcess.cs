using System.Diagnostics;

namespace FilmService.Api.Tests.Hosting;

/// <summary>Runs the built program as if typed in a shell: <c>FilmService.Api import films.csv</c>.</summary>
internal static class CommandProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs it in a folder with an empty standard input.</summary>
    public static Task<CommandResult> RunAsync(string folder, params string[] arguments) => RunAsync(folder, "", [], arguments);

    /// <summary>Runs it with a standard input and environment variables, written as <c>FILMSERVICE_USER=me</c>.</summary>
    public static Task<CommandResult> RunAsync(string folder, string input, string[] environment, params string[] arguments) =>
        RunAsync(StartInfo(folder, environment, arguments), input);

    /// <summary>Starts it with environment variables.</summary>
    public static Process Start(string folder, string[] environment, params string[] arguments) => Process.Start(StartInfo(folder, environment, arguments))!;

    private static ProcessStartInfo StartInfo(string folder, string[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, .. arguments]) { WorkingDirectory = folder };
        foreach (var variable in environment)
        {
            start.Environment[variable.Split('=')[0]] = variable.Split('=', 2)[1];
        }

        return start;
    }

    public static async Task<CommandResult> RunAsync(ProcessStartInfo start, string input)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return new CommandResult(process.ExitCode, await output, await error);
    }
}

/// <summary>The exit code, standard output and standard error.</summary>
internal sealed record CommandResult(int Code, string Output, string Error);
