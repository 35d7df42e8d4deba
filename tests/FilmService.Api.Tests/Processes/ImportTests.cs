using System.Net;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>Imports in a process: the memory they need, and what a crash leaves of them.</summary>
public sealed class ImportTests : ProcessTest
{
    private const int Megabyte = 1 << 20;
    private const int Many = 30_000;

    private string TemporaryFolder => DatabasePath + ".tmp";

    [TestCase("staged")]
    [TestCase("begun to be written")]
    [TestCase("half written")]
    public async Task Promise6_AnImportThatACrashEnds_ChangedNothingOrEverything(string when)
    {
        var service = await StartAsync();
        var importing = ImportAsync(service, new ByteArrayContent(Encoding.UTF8.GetBytes(Films(Many))));
        await UntilAsync(() => when switch
        {
            "staged" => Length(Directory.EnumerateFiles(TemporaryFolder).FirstOrDefault()) > 0,
            "begun to be written" => Length(DatabasePath + "-wal") > Megabyte,
            _ => Length(DatabasePath + "-wal") > 8 * Megabyte,
        });
        await service.KillAsync();
        var wasAnswered = await importing;

        service = await StartAsync();
        Assert.That(Directory.EnumerateFiles(TemporaryFolder), Is.Empty);
        var films = int.Parse(Query("SELECT count(*) || '' FROM films")[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(films, wasAnswered ? Is.EqualTo(Many + 2) : Is.EqualTo(2).Or.EqualTo(Many + 2));
        Assert.That(Query("SELECT (SELECT count(*) FROM changes) || ' ' || number || ' ' || checkpoint || ' ' || (SELECT count(*) FROM films) FROM revision"), Is.EqualTo(new[] { $"{films} {films} {films} {films}" }));
        Assert.That(Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));

        // A retry with the same key has its effect once.
        Assert.That(await ImportAsync(service, new ByteArrayContent(Encoding.UTF8.GetBytes(Films(Many)))), Is.True);
        Assert.That(Query("SELECT count(*) || '' FROM changes"), Is.EqualTo(new[] { $"{Many + 2}" }));
    }

    [Test]
    public async Task Import_RubbishWithoutEnd_StaysInBoundedMemory()
    {
        var service = await StartAsync();
        using var client = service.CreateClient();
        var rubbish = new Repeated(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("rubbish\n", 1000))), 2_000);
        var lineWithoutEnd = new Repeated(Encoding.ASCII.GetBytes(new string('x', 100_000)), 1_000);
        var peak = 0L;
        foreach (var (body, faults) in new[] { (rubbish, 2_000_000), (lineWithoutEnd, 1) })
        {
            body.Headers.TryAddWithoutValidation("Content-Type", "application/x-ndjson");
            var answering = client.SendAsync("POST", "/films", body);
            do
            {
                peak = Math.Max(peak, service.ResidentBytes);
            }
            while (await Task.WhenAny(answering, Task.Delay(20)) != answering);

            Assert.That((int)(await answering).Json["lineErrorCount"]!, Is.EqualTo(faults));
        }

        Assert.That(peak / Megabyte, Is.LessThan(300));
    }

    // True if it was answered with success.
    private static async Task<bool> ImportAsync(FilmServiceProcess service, HttpContent films)
    {
        using var client = service.CreateClient();
        films.Headers.TryAddWithoutValidation("Content-Type", "application/x-ndjson");
        try
        {
            var answer = await client.SendAsync("POST", "/films", films, "Idempotency-Key: 8e03978e-40d5-43dd-bc93-6894a57f9324");
            Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Films(int count) =>
        string.Concat(Enumerable.Range(1, count).Select(number => $$"""{"Id":"film {{number}}","Name":"Film number {{number}} of many","Year":2009}""" + "\n"));

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

    /// <summary>A body that repeats the same bytes and is never completely in memory.</summary>
    private sealed class Repeated(byte[] bytes, int times) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 0; i < times; i++)
            {
                await stream.WriteAsync(bytes);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.LongLength * times;
            return true;
        }
    }
}
