using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

public sealed class RenewEpochTests : ProcessTest
{
    private static readonly string[] Database = ["ConnectionStrings__Films=Data Source=data/films.db"];

    [Test]
    public async Task RenewEpoch_OfAStoppedService_RenewsItOnce()
    {
        var before = await EpochAsync();

        var result = await RunAsync();

        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Match($"^The epoch is renewed: revision {before}-2 is now [a-z0-9]{{6}}-2\\.\n$").And.Not.Contain($"now {before}"));
        Assert.That(result.Output, Does.Contain($"now {await EpochAsync()}-2"));
        Assert.That(Recorded(), Is.EqualTo(new[] { result.Output["The epoch is renewed: revision ".Length..^2] }));
    }

    [Test]
    public async Task Start_OnAnOlderCopy_SaysSoInTheLog()
    {
        await EpochAsync();
        File.Delete(DatabasePath + ".run");

        var service = await StartAsync();

        Assert.That(string.Join('\n', service.Output), Does.Contain("The database's epoch was renewed from").And.Contain("the file beside it, which names its last run, is missing"));
        Assert.That(Recorded(), Is.Empty, "Nobody has done it.");
    }

    [Test]
    public async Task RenewEpoch_WhileTheServiceRuns_IsRefused()
    {
        await StartAsync();

        var result = await RunAsync();

        Assert.That((result.Code, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.Error, Does.Contain(DatabasePath).And.Contain("in use by another process"));
    }

    [Test]
    public async Task RenewEpoch_WithoutADatabase_IsRefusedAndCreatesNone()
    {
        var result = await RunAsync();

        Assert.That(result, Is.EqualTo(new CommandResult(1, "", $"There is no database at '{DatabasePath}'. Set ConnectionStrings:Films as for the service.\n")));
        Assert.That(Directory.GetFileSystemEntries(Folder), Is.Empty);
    }

    private List<string> Recorded() => FilmServiceProcess.Query(DatabasePath, "SELECT detail FROM audit WHERE action = 'epoch.renewed' AND \"by\" IS NULL AND target IS NULL");

    private Task<CommandResult> RunAsync() => CommandProcess.RunAsync(Folder, "", Database, "renew-epoch");

    // Starts the service, and stops it.
    private async Task<string> EpochAsync()
    {
        var service = await StartAsync();
        await service.TerminateAsync();
        await service.EndsAsync();
        return FilmServiceProcess.Query(DatabasePath, "SELECT epoch FROM revision").Single();
    }
}
