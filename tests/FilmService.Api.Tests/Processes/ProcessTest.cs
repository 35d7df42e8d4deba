using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>Base class for tests that run the program in a new folder. Its processes end with the test.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class ProcessTest : IDisposable
{
    private readonly List<FilmServiceProcess> _started = [];

    /// <summary>The program's working directory.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("filmservice-").FullName;

    /// <summary>The default path of the database.</summary>
    protected string DatabasePath => Path.Combine(Folder, "data", "films.db");

    protected async Task<FilmServiceProcess> StartAsync(string environment = "Development", params string[] settings) =>
        Kept(await FilmServiceProcess.StartAsync(Folder, environment, settings));

    protected FilmServiceProcess Run(string environment, params string[] settings) => Kept(FilmServiceProcess.Run(Folder, environment, settings));

    protected FilmServiceProcess RunWithOpenFiles(int limit, params string[] settings) => RunBy(["prlimit", $"--nofile={limit}"], "Development", settings);

    protected FilmServiceProcess RunBy(string[] launcher, string environment, params string[] settings) =>
        Kept(FilmServiceProcess.RunBy(launcher, Folder, environment, settings));

    protected FilmServiceProcess RunIgnoring(string signal) => Kept(FilmServiceProcess.RunIgnoring(signal, Folder));

    /// <summary>
    /// Runs the program, which must exit by itself with a code other than 0 and without a stack trace; returns its message.
    /// </summary>
    protected async Task<string> RefusalAsync(string environment, params string[] settings)
    {
        var service = Run(environment, settings);
        Assert.That(await service.EndsAsync(), Is.EqualTo(1), service.Errors);
        Assert.That(service.Errors, Does.StartWith("FilmService does not start. ").And.Not.Contain("   at "));
        Assert.That(service.Output, Has.None.Contain("   at "));
        return service.Errors;
    }

    public void Dispose()
    {
        _started.ForEach(service => service.Dispose());
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private FilmServiceProcess Kept(FilmServiceProcess service)
    {
        _started.Add(service);
        return service;
    }
}
