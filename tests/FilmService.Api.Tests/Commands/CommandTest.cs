using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Commands;

/// <summary>Base class for tests of a command, run in its own folder against its own service.</summary>
public abstract class CommandTest : ServiceTest
{
    /// <summary>The command's working directory, removed at the end.</summary>
    protected string Folder { get; private set; } = null!;

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("filmservice-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Folder, recursive: true);

    /// <summary>The service's URL, without a trailing slash.</summary>
    protected string Url => Host.Address.ToString().TrimEnd('/');

    /// <summary>Runs a command with the service's URL.</summary>
    private protected Task<CommandResult> RunAsync(params string[] arguments) => CommandProcess.RunAsync(Folder, [.. arguments, "--url", Url]);

    /// <summary>Runs a command with the service's URL, a standard input and environment variables.</summary>
    private protected Task<CommandResult> RunAsync(string input, string[] environment, params string[] arguments) =>
        CommandProcess.RunAsync(Folder, input, environment, [.. arguments, "--url", Url]);

    /// <summary>Creates a file in the working directory.</summary>
    protected void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>The number of films in the database.</summary>
    protected long Count() => (long)Host.Query("SELECT count(*) FROM films")!;
}
