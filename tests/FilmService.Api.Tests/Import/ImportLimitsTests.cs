using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Import;

/// <summary><c>Imports:MaxLines</c>, in every format.</summary>
public sealed class ImportLimitsTests : ImportTest
{
    private const string TooManyLines = "The import has more than 3 lines, blank ones included (the setting Imports:MaxLines). Split it into several.";

    protected override string[] Settings => ["Imports:MaxLines=3"];

    [TestCase(Lines, "{\"Name\":\"Up\",\"Year\":2009}\n", 4)]
    [TestCase(Lines, "\n", 4)]
    [TestCase(Lines, " \t\r\n", 1_000_000)]
    [TestCase(Lines, "rubbish\n", 4)]
    [TestCase(Table, "Name,Year\nUp,2009\n", 2)]
    [TestCase(Table, "Name,Year\nUp,2009\n\n\n\n\n\n", 1)]
    public async Task Import_TooManyLines_Returns413(string type, string lines, int times)
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(lines, times)));
        foreach (var query in new[] { "", "dryRun=true", "onError=skip" })
        {
            await AssertRefusedAsync(await ImportAsAsync(type, body, query), Problem("content-too-large", "The body is too large", 413, TooManyLines, "/films"));
            await AssertRefusedAsync(
                await ImportAsAsync(type, Gzip(body), query, "Content-Encoding: gzip"), Problem("content-too-large", "The body is too large", 413, TooManyLines, "/films"));
        }
    }

    [Test]
    public async Task Import_TooManyElements_Returns413()
    {
        var films = string.Join(',', Enumerable.Repeat("""{"Name":"Up","Year":2009}""", 4));

        await AssertRefusedAsync(await ImportAsAsync(Array, $"[{films}]", ""), Problem("content-too-large", "The body is too large", 413, TooManyLines, "/films"));
    }

    [TestCase(Lines, "{\"Name\":\"Up\",\"Year\":2009}\n\n{\"Name\":\"Up\",\"Year\":2009}\n")]
    [TestCase(Table, "Name,Year\nUp,2009\nUp,2009\n")]
    [TestCase(Array, "[\n\n\n\n\n{\"Name\":\"Up\",\"Year\":2009},\n\n{\"Name\":\"Up\",\"Year\":2009}\n\n]\n")]
    public async Task Import_AsManyLinesAsMayBe_IsApplied(string type, string text) =>
        AssertDone(await ImportAsAsync(type, text, ""), Result(created: 2, revision: 4)[..^1] + ",\"possibleDuplicates\":1}");

    /// <summary>A few kilobytes of gzip can be gigabytes of blank lines; the default is reached long before their end.</summary>
    [Test]
    public async Task Import_OfPackedBlankLines_IsRefusedAtTheDefault()
    {
        await Host.RestartAsync("Imports:MaxLines=5000000");
        using var client = Host.CreateClient();
        using var body = new ByteArrayContent(Gzip(Encoding.UTF8.GetBytes(new string('\n', 20_000_000))));
        body.Headers.Add("Content-Encoding", "gzip");
        body.Headers.Add("Content-Type", Lines);

        var answer = await client.SendAsync("POST", "/films", body);

        Assert.That((answer.Status, (string?)answer.Json["detail"]), Is.EqualTo((413, TooManyLines.Replace("3 lines", "5000000 lines", StringComparison.Ordinal))));
    }
}
