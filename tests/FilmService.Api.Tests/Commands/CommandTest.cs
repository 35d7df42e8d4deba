using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Commands;

/// <summary>A test of a command, typed in a folder of its own, against a service of its own.</summary>
public abstract class CommandTest : ServiceTest
{
    /// <summary>The folder of the shell, removed at the end.</summary>
    protected string Folder { get; private set; } = null!;

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("filmservice-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Folder, recursive: true);

    /// <summary>The service's address, without a slash behind it.</summary>
    protected string Url => Host.Address.ToString().TrimEnd('/');

    /// <summary>Types a command with the service's address.</summary>
    private protected Task<CommandResult> RunAsync(params string[] arguments) => CommandProcess.RunAsync(Folder, [.. arguments, "--url", Url]);

    /// <summary>Types a command with the service's address, a standard input and variables of the environment.</summary>
    private protected Task<CommandResult> RunAsync(string input, string[] environment, params string[] arguments) =>
        CommandProcess.RunAsync(Folder, input, environment, [.. arguments, "--url", Url]);

    /// <summary>Makes a file in the folder of the shell.</summary>
    protected void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    /// <summary>The number of films in the database.</summary>
    protected long Count() => (long)Host.Query("SELECT count(*) FROM films")!;
}
