using System.Diagnostics;
using System.Globalization;
using System.Text;
using FilmService.Api.Tests.Changes;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Import;

/// <summary>Exports can be imported, and one catalogue can follow another.</summary>
public sealed class RoundTripTests : ImportTest
{
    private static readonly string[] Odd =
    [
        "=1+1", "\"", "\"\"", ",", "a,b", "'", "It's \"so\", isn't it?", "- -", "\u2028", "🎬 фильм 映画", "e\u0301", "\uFEFF", "\uFFFD", "\uFFFE", "null", "0012", "<b>", "\\", "\\n",
    ];

    [TestCase("ndjson", Lines)]
    [TestCase("csv", Table)]
    public async Task Export_ImportedIntoAnEmptyDatabaseAndExportedAgain_IsTheSameBytes(string format, string type)
    {
        await ImportAsync(OddFilms(), "onConflict=replace");
        var first = await Client.GetByteArrayAsync($"/films?format={format}");

        await using var other = await FilmServiceHost.StartAsync("Films:Seed=false");
        using var client = other.CreateClient();
        using var body = new ByteArrayContent(first);
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        var answer = await client.SendAsync("POST", "/films", body);

        Assert.That((answer.Status, (int)answer.Json["created"]!), Is.EqualTo((200, 1000)), answer.Body);
        Assert.That(await client.GetByteArrayAsync($"/films?format={format}"), Is.EqualTo(first));
        Assert.That(await client.GetStringAsync("/films"), Is.EqualTo((await GetAsync("/films")).Body), "So is the map.");
    }

    [Test]
    public async Task Export_ImportedIntoItself_ChangesNothing()
    {
        await ImportAsync(OddFilms(), "onConflict=replace");
        var exported = (await GetAsync("/films?format=csv")).Body;

        var answer = await ImportAsAsync(Table, exported, "onConflict=replace");

        Assert.That((string)answer.Json["revision"]!, Is.EqualTo((await GetAsync("/films")).Field("Films-Revision")));
        Assert.That((int)answer.Json["unchanged"]!, Is.EqualTo(1000));
    }

    [Test]
    public async Task Feed_ImportedIntoAnother_MakesItTheSame()
    {
        await ImportAsync(OddFilms(), "onConflict=replace");
        await PutAsync("up", UpArguments);
        await DeleteAsync("1");
        await DeleteAsync("up");
        await PatchAsync("2", """{"month":null}""");

        await using var other = await FilmServiceHost.StartAsync("Films:Seed=false");
        using var client = other.CreateClient();
        var position = await ReplicateAsync(client, "");

        Assert.That(await client.GetStringAsync("/films?format=ndjson"), Is.EqualTo(await ExportAsync()));
        await DeleteAsync("2");
        await ReplicateAsync(client, $"?since={position}");
        Assert.That(await client.GetStringAsync("/films?format=ndjson"), Is.EqualTo(await ExportAsync()));
    }

    [Test]
    public async Task Feed_PipedAsTheGuideSays_MakesTheOtherTheSame()
    {
        await ImportAsync(OddFilms(), "onConflict=replace");
        await DeleteAsync("1");
        await using var other = await FilmServiceHost.StartAsync("Films:Seed=false");
        using var client = other.CreateClient();
        var pipe = File.ReadLines(Repository.Path("docs/import-export.md")).Single(line => line.StartsWith("curl", StringComparison.Ordinal) && line.Contains(" | ", StringComparison.Ordinal));

        var output = await RunAsync(pipe.Replace(" A/", $" {Host.Address}", StringComparison.Ordinal).Replace("'B/", $"'{other.Address}", StringComparison.Ordinal));

        Assert.That(output, Does.StartWith("{\"created\":").And.Contain("\"deleted\":1,"));
        Assert.That(await client.GetStringAsync("/films?format=ndjson"), Is.EqualTo(await ExportAsync()));
    }

    [Test]
    public async Task Import_StreamsOfChanges_GetEachChangeOnce()
    {
        await using var open = await EventReader.OpenAsync(Client);
        await ImportAsync(OddFilms(), "onConflict=replace");
        var feed = (await GetAsync($"/changes?since={Revision(2)}")).Json["items"]!.AsArray().Select(change => ChangesTest.Brief(change!)).ToList();

        Assert.That(await open.ReadChangesAsync(feed.Count), Is.EqualTo(feed));
        Assert.That(feed, Has.Count.EqualTo(1000));
    }

    private static async Task<string> RunAsync(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        Assert.That(shell.ExitCode, Is.Zero, await error);
        return await output;
    }

    // Pipes one service's stream to the other, as with curl, and returns the position reached.
    private async Task<string> ReplicateAsync(HttpClient to, string since)
    {
        using var source = new HttpClient { BaseAddress = Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/changes" + since);
        request.Headers.TryAddWithoutValidation("Accept", Lines);
        using var changes = await source.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var body = new StreamContent(await changes.Content.ReadAsStreamAsync());
        body.Headers.TryAddWithoutValidation("Content-Type", Lines);
        var answer = await to.SendAsync("POST", "/films?onConflict=replace", body);

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        return changes.Headers.GetValues("Films-Revision").Single();
    }

    // A thousand films with all kinds of names and ids that tend to cause trouble.
    private static string OddFilms()
    {
        var lines = new StringBuilder();
        for (var number = 1; number <= 1000; number++)
        {
            var odd = Odd[number % Odd.Length];
            var id = number % 3 == 0 ? $"{odd.Replace("/", "", StringComparison.Ordinal)} {number}" : number.ToString(CultureInfo.InvariantCulture);
            var month = number % 13 == 0 ? "null" : $"\"{CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[number % 12]}\"";
            lines.Append(CultureInfo.InvariantCulture, $"{{\"Id\":{Quoted(id)},\"Name\":{Quoted($"{odd} {number} {odd}")},\"Year\":{1900 + (number % 120)},\"Month\":{month}}}\n");
        }

        return lines.ToString();
    }
}
