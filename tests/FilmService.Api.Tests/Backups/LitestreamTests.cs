using System.Diagnostics;
using System.Globalization;
using FilmService.Api.Tests.Hosting;
using FilmService.Api.Tests.Processes;

namespace FilmService.Api.Tests.Backups;

/// <summary>Litestream replicates the database while the service writes; what was answered can be restored.</summary>
public sealed class LitestreamTests : ProcessTest
{
    private const int Films = 500;

    private static readonly string Program = Repository.Path("tests/tools/litestream/node_modules/@flydotio/litestream-linux-x64/litestream");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private string Replica => $"file://{Folder}/replica";

    [Test]
    public async Task Replica_OfAServiceThatWrites_RestoresTheLastAnsweredRevisionAndRenewsTheEpoch()
    {
        if (!File.Exists(Program))
        {
            Assert.Ignore("Run npm ci in tests/tools/litestream first.");
        }

        var service = await StartAsync();
        using var litestream = Start("replicate", DatabasePath, Replica);
        Assert.That(() => Directory.Exists($"{Folder}/replica") && Directory.EnumerateFiles($"{Folder}/replica", "*.snapshot.lz4", SearchOption.AllDirectories).Any(), Is.True.After(30_000, 50), "It has begun.");
        using var client = service.CreateClient();
        var answered = "";
        for (var number = 0; number < Films; number++)
        {
            answered = (await client.SendAsync("PUT", $"/films/{number % 50}", HttpRequests.Json($$"""{"name":"Film {{number}}","year":2000}"""))).Field("Films-Revision")!;
        }

        await service.TerminateAsync();
        await service.EndsAsync();
        await EndAsync(litestream);
        Directory.Delete(Path.GetDirectoryName(DatabasePath)!, recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(DatabasePath)!);
        using var restore = Start("restore", "-o", DatabasePath, Replica);
        await restore.WaitForExitAsync().WaitAsync(Patience);
        Assert.That(restore.ExitCode, Is.Zero);

        Assert.That(FilmServiceProcess.Query(DatabasePath, "SELECT epoch || '-' || number FROM revision").Single(), Is.EqualTo(answered));
        var again = await StartAsync();
        using var follower = again.CreateClient();
        Assert.That((await follower.SendAsync("GET", $"/changes?since={answered}")).Status, Is.EqualTo(410));
        Assert.That((await follower.SendAsync("GET", "/films/49")).Body, Is.EqualTo("""{"Name":"Film 499","Year":2000,"Month":null}"""));
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(Program, arguments))!;

    private static async Task EndAsync(Process litestream)
    {
        using var kill = Process.Start("kill", ["-INT", litestream.Id.ToString(CultureInfo.InvariantCulture)]);
        await litestream.WaitForExitAsync().WaitAsync(Patience);
    }
}
