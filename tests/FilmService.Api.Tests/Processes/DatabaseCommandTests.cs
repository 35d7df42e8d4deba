using System.Diagnostics;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>The commands check and reindex on the database of a stopped service.</summary>
public sealed class DatabaseCommandTests : ProcessTest
{
    [Test]
    public async Task Check_DatabaseOfTheSettings_FindsNothing()
    {
        await MakeAsync();

        var result = await CommandProcess.RunAsync(Folder, "check");

        Assert.That((result.Code, result.Error), Is.EqualTo((0, $"Checking {DatabasePath}\n")));
        Assert.That(result.Output, Does.Match(@"^No problem found: 2 films at revision [a-z0-9]+-2\.\n$"));
    }

    [Test]
    public async Task Reindex_DamagedTables_RebuildsThem()
    {
        await MakeAsync();
        FilmServiceProcess.Query(DatabasePath, "DELETE FROM films WHERE id = '1'");
        var damaged = await CommandProcess.RunAsync(Folder, "check", DatabasePath);
        Assert.That(damaged.Code, Is.EqualTo(1));
        Assert.That(damaged.Output, Does.Contain("1 films are missing from films").And.EndWith("All of it can be rebuilt from the changes: stop the service and run the command reindex.\n"));

        var result = await CommandProcess.RunAsync(Folder, "reindex");

        Assert.That(result.Code, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain("Reindexing: 2 changes").And.Contain("Reindexed 2 films in "));
        Assert.That(result.Output, Does.StartWith("No problem found: 2 films"));
        Assert.That(FilmServiceProcess.Query(DatabasePath, "SELECT ifnull(\"by\", 'nobody') || ' ' || count FROM audit WHERE action = 'films.reindexed'"), Is.EqualTo(new[] { "nobody 2" }));
    }

    [Test]
    public async Task Reindex_ServiceRuns_IsRefused()
    {
        await StartAsync();

        var result = await CommandProcess.RunAsync(Folder, "reindex");

        Assert.That((result.Code, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.Error, Does.Contain("in use by another process"));
    }

    [Test]
    public async Task Commands_NoDatabase_SayWhereTheyLooked()
    {
        var check = await CommandProcess.RunAsync(Folder, "", ["DOTNET_ENVIRONMENT=Development"], "check");
        var reindex = await CommandProcess.RunAsync(Folder, "", ["ConnectionStrings__Films=Data Source=other.db"], "reindex");
        var wrong = await CommandProcess.RunAsync(Folder, "", ["ConnectionStrings__Films=other.db"], "check");

        Assert.That((check.Code, check.Output, check.Error), Is.EqualTo((1, "", $"Checking {DatabasePath}\n'{DatabasePath}' cannot be read: it does not exist.\n")));
        Assert.That((reindex.Code, reindex.Error), Is.EqualTo((1, $"There is no database '{Path.Combine(Folder, "other.db")}'.\n")));
        Assert.That(wrong.Code, Is.EqualTo(1));
        Assert.That(wrong.Error, Does.Contain("ConnectionStrings:Films is 'other.db'"));
        Assert.That(Directory.EnumerateFileSystemEntries(Folder), Is.Empty);
    }

    private async Task MakeAsync()
    {
        var service = await StartAsync();
        await service.TerminateAsync();
        await service.EndsAsync();
    }

    [TestCase("check", "")]
    [TestCase("check", "missing.db")]
    [TestCase("restore", "")]
    [TestCase("restore", "missing.db")]
    public async Task Command_OfAFileThatIsNotThere_SaysSo(string command, string file)
    {
        var result = await CommandProcess.RunAsync(Folder, command, file);

        Assert.That(result.Code, Is.Not.Zero);
        Assert.That(result.Error, Does.Contain("There is no file").Or.Contain("cannot be read").And.Not.Contain("   at "));
    }

    [Platform("Linux")]
    [TestCase("check", "/dev/zero", "It is not a database of FilmService.")]
    [TestCase("restore", "/dev/zero", "'/dev/zero' is not a SQLite database. The database is unchanged.")]
    [TestCase("check", "pipe", "It is not a database of FilmService.")]
    [TestCase("restore", "pipe", "pipe' is not a SQLite database. The database is unchanged.")]
    public async Task Command_OfAPipeOrADevice_IsRefusedWithoutReadingIt(string command, string file, string reason)
    {
        using var made = Process.Start("mkfifo", Path.Combine(Folder, "pipe"));
        await made.WaitForExitAsync();

        var result = await CommandProcess.RunAsync(Folder, command, file);

        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Output + result.Error, Does.Contain(reason));
    }
}
