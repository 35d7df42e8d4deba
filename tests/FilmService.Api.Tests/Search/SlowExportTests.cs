using FilmService.Api.Tests.Import;

namespace FilmService.Api.Tests.Search;

/// <summary>Exports whose clients do not read while many films are written.</summary>
public sealed class SlowExportTests : ImportTest
{
    private const int Films = 20_000;
    private const int Writers = 16;
    private const int Writes = 12_000;
    private const long LargeLogBytes = 48 << 20;
    private const long MaxLogBytes = 100_000_000;

    // Too long together for what sockets hold.
    private static readonly string Padding = new('x', 450);

    protected override string[] Settings => ["RateLimits:Enabled=false", "Films:Seed=false"];

    [Test]
    public async Task Promise7_ExportsThatAreNotReadAmongManyWrites_AreOneMomentAndKeepTheLogSmall()
    {
        var lines = string.Concat(Enumerable.Range(1, Films).Select(number => $$"""{"Id":"{{number}}","Name":"{{Padding}} {{number}}","Year":1900,"Month":null}""" + "\n"));
        await ImportAsync(lines);
        using var client = new HttpClient { BaseAddress = Host.Address };
        using var first = await BeginExportAsync(client);
        using var second = await BeginExportAsync(client);

        var logs = await Task.WhenAll(Enumerable.Range(0, Writers).Select(WriteAsync));

        Assert.That(logs.Max(), Is.InRange(LargeLogBytes, MaxLogBytes), "Large enough that the exports had to be spooled.");
        Assert.That(await first.Content.ReadAsStringAsync(), Is.EqualTo(lines));
        Assert.That(await second.Content.ReadAsStringAsync(), Is.EqualTo(lines));
    }

    private static async Task<HttpResponseMessage> BeginExportAsync(HttpClient client)
    {
        var response = await client.GetAsync("/films?format=ndjson", HttpCompletionOption.ResponseHeadersRead);
        return response.EnsureSuccessStatusCode();
    }

    // The most bytes that the log was seen to have.
    private async Task<long> WriteAsync(int writer)
    {
        var most = 0L;
        for (var number = writer; number < Writes; number += Writers)
        {
            // All over the catalogue, so that each write changes pages of its own.
            var id = (number * 7_919L % Films) + 1;
            var answer = await PutAsync($"{id}", $$"""{"name":"Up {{number}} {{Padding}}","year":{{1900 + (number % 100)}}}""");
            Assert.That(answer.Status, Is.EqualTo(200));
            most = Math.Max(most, new FileInfo(Host.DatabasePath + "-wal").Length);
        }

        return most;
    }
}
