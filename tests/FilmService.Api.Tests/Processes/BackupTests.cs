using System.Diagnostics;
using System.Net.Http.Headers;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>A service that ends while a backup is made.</summary>
public sealed class BackupTests : ProcessTest
{
    private const int Films = 20_000;
    private const int Kills = 3;

    private static readonly string Admin = "Authorization: Basic " + Convert.ToBase64String("admin:atCh_5K}?g"u8);
    private static readonly TimeSpan MaxStop = TimeSpan.FromSeconds(25);

    private string Backups => Path.Combine(Folder, "data", "backups");

    private string Partial => Path.Combine(Backups, "backup.partial");

    [Test]
    public async Task Kill_WhileABackupIsMade_LeavesTheOthersAndNothingOfIt()
    {
        var service = await StartFilledAsync();
        var kept = await BackUpAsync(service);
        for (var kill = 0; kill < Kills; kill++)
        {
            var backup = BeginAsync(service);
            await PartialAsync();
            await Task.Delay(kill * 40);
            await service.KillAsync();
            Assert.That(kill > 0 || File.Exists(Partial), Is.True, "It was being made.");
            await backup.ContinueWith(_ => { }, TaskScheduler.Default);

            service = await StartAsync();
            Assert.That(Unfinished, Is.Empty.After(30_000, 20));
            using var client = service.CreateClient();
            var listed = (await client.SendAsync("GET", "/backups", null, Admin)).Json["items"]!.AsArray();
            Assert.That(listed.Select(item => item!.ToJsonString()), Has.Member(kept), "It is what it was.");
            Assert.That(listed.Select(item => (bool)item!["verified"]!), Is.All.True);
            Assert.That(Directory.GetFiles(Backups), Has.Length.EqualTo(2 * listed.Count));
        }

        await BackUpAsync(service);
    }

    [Test]
    public async Task Terminate_WhileABackupIsMade_GivesItUp()
    {
        var service = await StartFilledAsync();
        var backup = BeginAsync(service);
        await PartialAsync();
        var time = Stopwatch.StartNew();

        await service.TerminateAsync();

        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
        Assert.That(time.Elapsed, Is.LessThan(MaxStop));
        var answer = await backup;
        Assert.That((answer.Status, (string?)answer.Json["detail"]), Is.EqualTo((500, "The service is stopping.")));
        Assert.That(Directory.GetFiles(Backups), Is.Empty);
        Assert.That(File.Exists(DatabasePath + "-wal"), Is.False, "It closed its database.");
    }

    private string[] Unfinished() => [.. Directory.GetFiles(Backups).Where(file => file.Contains(".partial", StringComparison.Ordinal))];

    private async Task<FilmServiceProcess> StartFilledAsync()
    {
        var service = await StartAsync();
        using var client = service.CreateClient();
        var line = $$"""{"Name":"{{new string('x', 400)}}","Year":2009}""" + "\n";
        using var body = new StringContent(string.Concat(Enumerable.Repeat(line, Films)), new MediaTypeHeaderValue("application/x-ndjson"));
        Assert.That((await client.SendAsync("POST", "/films", body)).Status, Is.EqualTo(200));
        return service;
    }

    // Its line in the list.
    private static async Task<string> BackUpAsync(FilmServiceProcess service)
    {
        using var client = service.CreateClient();
        var answer = await client.SendAsync("POST", "/backups", null, Admin);
        Assert.That(answer.Status, Is.EqualTo(201), answer.Body);
        return answer.Body;
    }

    private static async Task<HttpAnswer> BeginAsync(FilmServiceProcess service)
    {
        using var client = service.CreateClient();
        return await client.SendAsync("POST", "/backups", null, Admin);
    }

    // Waits until some of the copy is written.
    private async Task PartialAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (new FileInfo(Partial) is not { Exists: true, Length: > 0 })
        {
            await Task.Delay(1, patience.Token);
        }
    }
}
