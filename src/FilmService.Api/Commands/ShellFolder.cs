namespace FilmService.Api.Commands;

/// <summary>
/// The folder in which the command was typed. <c>dotnet run</c> starts the program in the project's folder; a POSIX shell keeps
/// its own in <c>PWD</c>.
/// </summary>
internal static class ShellFolder
{
    private const string Project = "FilmService.Api.csproj";

    /// <summary>The folder in which the program was started, in which the service looks for its settings.</summary>
    public static string Started { get; private set; } = "";

    /// <summary>Resolves relative paths against it.</summary>
    public static void Enter()
    {
        Started = Environment.CurrentDirectory;
        if (File.Exists(Project) && Environment.GetEnvironmentVariable("PWD") is { } folder && Directory.Exists(folder))
        {
            Environment.CurrentDirectory = folder;
        }
    }
}
