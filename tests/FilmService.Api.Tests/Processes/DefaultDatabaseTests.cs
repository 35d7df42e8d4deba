using System.Runtime.Versioning;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>Where a published program keeps its database if no setting names one.</summary>
[Platform(Exclude = "Win")]
[UnsupportedOSPlatform("windows")]
public sealed class DefaultDatabaseTests : ProcessTest
{
    private string Program => Path.Combine(Folder, "program");

    private string Here => Path.Combine(Folder, "here");

    [SetUp]
    public void CopyProgram()
    {
        Directory.CreateDirectory(Here);
        Directory.CreateDirectory(Program);
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => !Path.GetFileName(file).StartsWith("FilmService.Api.Tests", StringComparison.Ordinal)))
        {
            // Code is shared with the original; the runtime finds the program's folder by the name that it was started with.
            File.CreateSymbolicLink(Path.Combine(Program, Path.GetFileName(file)), file);
        }

        foreach (var name in new[] { "FilmService.Api.dll", "FilmService.Api.runtimeconfig.json", "FilmService.Api.deps.json" })
        {
            File.Delete(Path.Combine(Program, name));
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(Program, name));
        }

        Directory.CreateSymbolicLink(Path.Combine(Program, "runtimes"), Path.Combine(AppContext.BaseDirectory, "runtimes"));
    }

    [Test]
    public async Task Start_Production_IsBesideTheProgramWhereverItIsStarted()
    {
        await RunAsync("Production");

        Assert.That((HasDatabase(Program), HasDatabase(Here)), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task Start_DatabaseInTheFolder_IsUsedAsBefore()
    {
        await RunAsync("Development");
        await RunAsync("Production");

        Assert.That((HasDatabase(Program), HasDatabase(Here)), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Start_ProgramInAReadOnlyFolder_IsInTheFolderInWhichItWasStarted()
    {
        // Root may write into any folder, so the program's data folder is a file.
        await File.WriteAllTextAsync(Path.Combine(Program, "data"), "");
        if (!Environment.IsPrivilegedProcess)
        {
            File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        try
        {
            await RunAsync("Production");
        }
        finally
        {
            File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.That((HasDatabase(Program), HasDatabase(Here)), Is.EqualTo((false, true)));
    }

    [Test]
    public async Task Start_Development_IsInTheFolderInWhichItWasStarted()
    {
        await RunAsync("Development");

        Assert.That((HasDatabase(Program), HasDatabase(Here)), Is.EqualTo((false, true)));
    }

    private async Task RunAsync(string environment)
    {
        using var service = await FilmServiceProcess.StartProgramAsync(Path.Combine(Program, "FilmService.Api.dll"), Here, environment);
        await service.TerminateAsync();
        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
        Assert.That(service.Output, Has.One.Contains(Path.Combine(HasDatabase(Program) ? Program : Here, "data", "films.db")));
    }

    private static bool HasDatabase(string folder) => File.Exists(Path.Combine(folder, "data", "films.db"));
}
