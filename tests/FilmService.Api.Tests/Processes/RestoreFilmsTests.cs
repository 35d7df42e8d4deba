using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>What a crash leaves of a restore of all films.</summary>
public sealed class RestoreFilmsTests : ProcessTest
{
    private const int Megabyte = 1 << 20;
    private const int Many = 30_000;
    private const string Key = "Idempotency-Key: 8e03978e-40d5-43dd-bc93-6894a57f9324";

    [TestCase("staged")]
    [TestCase("begun to be written")]
    [TestCase("half written")]
    public async Task Restore_ThatACrashEnds_ChangedNothingOrEverything(string when)
    {
        var service = await StartAsync();
        using (var client = service.CreateClient())
        {
            var lines = string.Concat(Enumerable.Range(1, Many).Select(number => $$"""{"Id":"film {{number}}","Name":"Film number {{number}} of many","Year":2009}""" + "\n"));
            Assert.That((await client.SendAsync("POST", "/imports", new StringContent(lines, null, "application/x-ndjson"))).Status, Is.EqualTo(200));
        }

        var restoring = RestoreAsync(service);
        await UntilAsync(() => when switch
        {
            "staged" => Length(Directory.EnumerateFiles(DatabasePath + ".tmp").FirstOrDefault()) > 0,
            "begun to be written" => Length(DatabasePath + "-wal") > Megabyte,
            _ => Length(DatabasePath + "-wal") > 4 * Megabyte,
        } || restoring.IsCompleted);
        await service.KillAsync();
        var wasAnswered = await restoring;

        service = await StartAsync();
        Assert.That(Directory.EnumerateFiles(DatabasePath + ".tmp"), Is.Empty);
        var films = int.Parse(Query("SELECT count(*) || '' FROM films")[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(films, wasAnswered ? Is.EqualTo(2) : Is.EqualTo(2).Or.EqualTo(Many + 2));
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));

        // A retry with the same key has its effect once.
        Assert.That(await RestoreAsync(service), Is.True);
        Assert.That(Query("SELECT (SELECT count(*) FROM films) || ' ' || (SELECT count(*) FROM changes) || ' ' || number FROM revision"), Is.EqualTo(new[] { $"2 {(2 * Many) + 2} {(2 * Many) + 2}" }));
    }

    // True if it was answered with success.
    private async Task<bool> RestoreAsync(FilmServiceProcess service)
    {
        using var client = service.CreateClient();
        try
        {
            var answer = await client.SendAsync("POST", "/restore", HttpRequests.Json($$"""{"revision":"{{Query("SELECT epoch || '-2' FROM revision")[0]}}"}"""), Key);
            Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo())
        {
            await Task.Delay(1, patience.Token);
        }
    }

    private static long Length(string? path) => path is not null && new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private List<string> Query(string sql) => FilmServiceProcess.Query(DatabasePath, sql);
}
