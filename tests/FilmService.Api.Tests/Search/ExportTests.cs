using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Search;

/// <summary>Lists as files: NDJSON and CSV.</summary>
public sealed class ExportTests : ServiceTest
{
    private const string Lines = """
        {"Id":"1","Name":"Avengers: Infinity War","Year":2018,"Month":"March"}
        {"Id":"2","Name":"Ant Man and the Wasp","Year":2018,"Month":"August"}

        """;

    private const string Table = "Id,Name,Year,Month\r\n1,Avengers: Infinity War,2018,March\r\n2,Ant Man and the Wasp,2018,August\r\n";

    [TestCase("/films", "Accept: application/x-ndjson", "application/x-ndjson", Lines, "ndjson")]
    [TestCase("/films?format=ndjson", "Accept: */*", "application/x-ndjson", Lines, "ndjson")]
    [TestCase("/films", "Accept: text/csv", "text/csv; charset=utf-8", Table, "csv")]
    [TestCase("/films?FORMAT=csv", "Accept: text/html, */*;q=0.8", "text/csv; charset=utf-8", Table, "csv")]
    public async Task Get_AsAFile_AnswersWithItAndItsName(string address, string accept, string contentType, string body, string name)
    {
        var answer = await GetAsync(address, accept);

        Assert.That((answer.Status, answer.ContentType, answer.Body), Is.EqualTo((200, contentType, body)));
        Assert.That(answer.Field("Content-Disposition"), Is.EqualTo($"attachment; filename=\"films.{name}\""));
        Assert.That(answer.Field("ETag"), Is.EqualTo($"\"{Revision(2)}.{(name == "csv" ? "a4594ac057594a6b" : "5a8a6cbe6eee93e4")}\""));
        Assert.That((answer.Field("Vary"), answer.Field("Films-Revision")), Is.EqualTo(("Accept", Revision(2))));
    }

    [TestCase("/films?format=csv&month=March", "Id,Name,Year,Month\r\n1,Avengers: Infinity War,2018,March\r\n")]
    [TestCase("/films?format=csv&sort=-id&fields=Month,Name", "Id,Name,Month\r\n2,Ant Man and the Wasp,August\r\n1,Avengers: Infinity War,March\r\n")]
    [TestCase("/films?format=ndjson&q=ant&fields=Year", "{\"Id\":\"2\",\"Year\":2018}\n")]
    [TestCase("/films?format=ndjson&limit=1&sort=name", """{"Id":"2","Name":"Ant Man and the Wasp","Year":2018,"Month":"August"}""" + "\n")]
    public async Task Get_PartOfTheFilmsAsAFile_IsThatPart(string address, string body)
    {
        var answer = await GetAsync(address);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, body)));
        Assert.That(answer.Field("Link"), address.Contains("limit", StringComparison.Ordinal) ? Does.EndWith("rel=\"next\"") : Is.Null);
    }

    [TestCase("/films?format=json", "Accept: */*")]
    [TestCase("/films", "Accept: text/csv;q=0.5, application/json")]
    [TestCase("/films", "Accept: text/html, */*;q=0.8")]
    public async Task Get_AsJson_AnswersWithTheMap(string address, string accept)
    {
        var answer = await GetAsync(address, accept);

        Assert.That((answer.Status, answer.ContentType, answer.Body), Is.EqualTo((200, "application/json", NewCatalogue)));
        Assert.That(answer.Field("Content-Disposition"), Is.Null);
    }

    [Test]
    public async Task Get_NamesWithQuotesCommasAndFormulas_AreExactInBoth()
    {
        await PutAsync("a,\"b\"".Replace("\"", "%22", StringComparison.Ordinal), """{"name":"=1+1, \"so\" it is 🎬\u2028","year":2009}""");

        var (lines, table) = (await GetAsync("/films?format=ndjson"), await GetAsync("/films?format=csv"));

        Assert.That(lines.Body, Does.EndWith("""{"Id":"a,\"b\"","Name":"=1+1, \"so\" it is 🎬","Year":2009,"Month":null}""" + "\n"));
        Assert.That(table.Body, Does.EndWith("\"a,\"\"b\"\"\",\"=1+1, \"\"so\"\" it is 🎬\",2009,\r\n"));
    }

    [Test]
    public async Task Get_IdsWithSpacesAtTheirEndsAndBackslashes_AreExactInAll()
    {
        foreach (var id in new[] { "%20a", "b%20", "c%5C" })
        {
            await PutAsync(id, """{"name":"Up","year":2009}""");
        }

        const string members = "\"Name\":\"Up\",\"Year\":2009,\"Month\":null}";
        Assert.That((await GetAsync("/films?format=csv&year=2009")).Body, Is.EqualTo("Id,Name,Year,Month\r\n\" a\",Up,2009,\r\n\"b \",Up,2009,\r\nc\\,Up,2009,\r\n"));
        Assert.That((await GetAsync("/films?format=ndjson&id=c%5C")).Body, Is.EqualTo($$"""{"Id":"c\\",{{members}}""" + "\n"));
        Assert.That((await GetAsync("/films?id=c%5C")).Body, Is.EqualTo($$"""{"c\\":{{{members}}}"""));
    }

    [Test]
    public async Task Get_TheSameFileAgain_IsNotModifiedUntilAChange()
    {
        var first = (await GetAsync("/films?format=csv")).Field("ETag");

        Assert.That((await GetAsync("/films?format=csv", $"If-None-Match: {first}")).Status, Is.EqualTo(304));
        Assert.That((await GetAsync("/films?format=ndjson", $"If-None-Match: {first}")).Status, Is.EqualTo(200));
        await DeleteAsync("1");
        Assert.That((await GetAsync("/films?format=csv", $"If-None-Match: {first}")).Status, Is.EqualTo(200));
    }

    [TestCase("/films?format=xml", "Accept: */*", 400)]
    [TestCase("/films?format=CSV", "Accept: */*", 400)]
    [TestCase("/films?format=", "Accept: */*", 400)]
    [TestCase("/films?format=csv&Format=csv", "Accept: */*", 400)]
    [TestCase("/films?format=csv", "Accept: application/json", 406)]
    [TestCase("/films", "Accept: application/xml", 406)]
    public async Task Get_FormatThatIsNotToBeHad_IsRefused(string address, string accept, int status) =>
        Assert.That((await GetAsync(address, accept)).Status, Is.EqualTo(status));

    [Test]
    public async Task Get_EmptyCatalogue_AnswersWithNoLines()
    {
        await DeleteAsync("1");
        await DeleteAsync("2");

        Assert.That((await GetAsync("/films?format=ndjson")).Body, Is.Empty);
        Assert.That((await GetAsync("/films?format=csv")).Body, Is.EqualTo("Id,Name,Year,Month\r\n"));
        Assert.That((await GetAsync("/films")).Body, Is.EqualTo("{}"));
    }

    [TestCase("json")]
    [TestCase("ndjson")]
    [TestCase("csv")]
    public async Task Head_AsAFile_HasTheFieldsOfGet(string format)
    {
        var (get, head) = (await GetAsync($"/films?format={format}"), await Client.SendAsync("HEAD", $"/films?format={format}"));

        Assert.That(head.Body, Is.Empty);
        Assert.That(Fields(head), Is.EqualTo(Fields(get)));

        static List<string> Fields(HttpAnswer answer) =>
            [.. answer.Message.Headers.Concat(answer.Message.Content.Headers).Where(field => field.Key is not ("Date" or "Trace-Id")).Select(field => $"{field.Key}: {string.Join(", ", field.Value)}").Order()];
    }
}
