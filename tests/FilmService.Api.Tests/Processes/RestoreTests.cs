using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>The command <c>restore</c>, and what is left when it is killed.</summary>
public sealed class RestoreTests : ProcessTest
{
    private const int Kills = 6;

    private static readonly string[] Database = ["ConnectionStrings__Films=Data Source=data/films.db"];

    [Test]
    public async Task Restore_WhileTheServiceRuns_IsRefused()
    {
        var service = await StartAsync();
        var backup = await BackUpAsync(service);

        var result = await RestoreAsync(backup);

        Assert.That((result.Code, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.Error, Does.Contain(DatabasePath).And.Contain("in use by another process"));
    }

    [Test]
    public async Task Restore_KilledAtAnyMoment_LeavesTheOldDatabaseOrTheNewOne()
    {
        var service = await StartAsync();
        var backup = await BackUpAsync(service);
        using (var client = service.CreateClient())
        {
            await client.SendAsync("PUT", "/films/3", HttpRequests.Json("""{"name":"Up","year":2009}"""));
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            await service.KillAsync();
            using (var restoring = CommandProcess.Start(Folder, Database, "restore", backup))
            {
                // Most of the time is the start of the program.
                await Task.WhenAny(restoring.WaitForExitAsync(), Task.Delay(100 + (kill * 120)));
                restoring.Kill();
                await restoring.WaitForExitAsync();
            }

            service = await StartAsync();
            using var client = service.CreateClient();
            var films = (await client.SendAsync("GET", "/films")).Json.AsObject().Count;
            Assert.That(films, Is.EqualTo(2).Or.EqualTo(3));
            Assert.That(FilmServiceProcess.Query(DatabasePath, "PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        }

        await service.KillAsync();
        var result = await RestoreAsync(backup);
        Assert.That(result.Output, Does.StartWith("Restored 2 films. The epoch is renewed: revision "), result.Error);
    }

    private static async Task<string> BackUpAsync(FilmServiceProcess service)
    {
        using var client = service.CreateClient();
        var credentials = Convert.ToBase64String("admin:atCh_5K}?g"u8);
        return $"data/backups/{(string)(await client.SendAsync("POST", "/backups", null, $"Authorization: Basic {credentials}")).Json["name"]!}";
    }

    private Task<CommandResult> RestoreAsync(string backup) => CommandProcess.RunAsync(Folder, "", Database, "restore", backup);
}
