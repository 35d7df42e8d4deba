using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Process;

/// <summary>A test with a folder of its own, in which the program runs. Its processes end with the test.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class ProcessTest : IDisposable
{
    private readonly List<FilmServiceProcess> _started = [];

    /// <summary>The program's working directory.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("filmservice-").FullName;

    /// <summary>Where the database is by default.</summary>
    protected string DatabasePath => Path.Combine(Folder, "data", "films.db");

    protected async Task<FilmServiceProcess> StartAsync(string environment = "Development", params string[] settings) =>
        Kept(await FilmServiceProcess.StartAsync(Folder, environment, settings));

    protected FilmServiceProcess Run(string environment, params string[] settings) => Kept(FilmServiceProcess.Run(Folder, environment, settings));

    /// <summary>Runs the program, which must end by itself with an exit code other than 0 and without a stack trace; the answer is what it says.</summary>
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
