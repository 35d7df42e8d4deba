using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Import;

/// <summary><c>report=lines</c>: the result of each line.</summary>
public sealed class ImportReportTests : ImportTest
{
    private const string Report = "report=lines&onConflict=merge&onError=skip";

    private const string Films = """
        {"Id":"1","Month":"May"}
        {"Id":"2","Deleted":true}
        {"Id":"9","Deleted":true}

        {"Name":"Up","Year":2009}
        {"Name":"Up"}
        {"Id":"2","Year":2000}
        {"Id":"1","Month":"May"}
        """;

    private static readonly string[] Results =
    [
        """{"line":1,"id":"1","result":"updated","before":{"Name":"Avengers: Infinity War","Year":2018,"Month":"March"},"after":{"Name":"Avengers: Infinity War","Year":2018,"Month":"May"}}""",
        """{"line":2,"id":"2","result":"deleted","before":{"Name":"Ant Man and the Wasp","Year":2018,"Month":"August"},"after":null}""",
        """{"line":3,"id":"9","result":"unchanged","before":null,"after":null}""",
        """{"line":5,"id":"3","result":"created","before":null,"after":{"Name":"Up","Year":2009,"Month":null}}""",
        """{"line":6,"id":"4","result":"error","before":null,"after":null,"errors":{"name":["The film doesn't exist yet, so the line needs Name and Year."]}}""",
        """{"line":7,"id":"2","result":"error","before":null,"after":null,"errors":{"name":["The film doesn't exist yet, so the line needs Name and Year."]}}""",
        """{"line":8,"id":"1","result":"unchanged","before":{"Name":"Avengers: Infinity War","Year":2018,"Month":"May"},"after":{"Name":"Avengers: Infinity War","Year":2018,"Month":"May"}}""",
    ];

    [TestCase("", 5)]
    [TestCase("&dryRun=true", 2)]
    public async Task Import_Report_HasALineForEachAndTheCountsAtTheEnd(string query, int revision)
    {
        var answer = await ImportAsync(Films, Report + query);

        AssertReport(answer, Results, Result(created: 1, updated: 1, unchanged: 2, deleted: 1, skipped: 2, revision: revision));
    }

    [Test]
    public async Task Import_LinesThatCannotBeRead_AreReportedInTheirPlace()
    {
        var answer = await ImportAsync("rubbish\n{\"Id\":\"1\",\"Name\":\"Up\",\"Year\":2009}\n{\"Id\":\"1\",\"Name\":\"Up\",\"Year\":\"x\"}", "report=lines&onConflict=skip&onError=skip");

        AssertReport(
            answer,
            [
                """{"line":1,"id":null,"result":"error","before":null,"after":null,"errors":{"line":["The line is not valid JSON of at most 8 levels: byte 1."]}}""",
                """{"line":2,"id":"1","result":"skipped","before":{"Name":"Avengers: Infinity War","Year":2018,"Month":"March"},"after":{"Name":"Avengers: Infinity War","Year":2018,"Month":"March"}}""",
                """{"line":3,"id":null,"result":"error","before":null,"after":null,"errors":{"year":["Year is 'x'. Year must be a whole number from 1870 to 2200."]}}""",
            ],
            Result(skipped: 3));
    }

    [Test]
    public async Task Import_EntriesThatAreNoFilms_AreReportedAsLeftOut()
    {
        var answer = await ImportAsAsync(Table, "Title,Title Type,Year\nX,TV Episode,2013\n", "report=lines");

        Assert.That(answer.Body, Is.EqualTo("""{"line":2,"id":null,"result":"leftOut","before":null,"after":null}""" + "\n" + Result()[..^1] + ",\"leftOut\":{\"TV Episode\":1}}\n"));
    }

    [Test]
    public async Task Import_ReportAgainWithItsKey_HasTheCountsAlone()
    {
        await ImportAsync("""{"Name":"Up","Year":2009}""", "report=lines", Key);

        Assert.That((await ImportAsync("""{"Name":"Up","Year":2009}""", "report=lines", Key)).Body, Is.EqualTo(Result(created: 1, revision: 3) + "\n"));
    }

    [Test]
    public async Task Import_Faults_AreAProblemAllTheSame() => await AssertRefusedAsync(
        await ImportAsync("""{"Id":"1","Name":"Up","Year":2009}""", "report=lines"), Faults(Fault(1, "id", "Film 1 already exists. To accept the line, set onConflict to skip, replace or merge.")));

    [Test]
    public async Task Import_ReportOfManyLines_IsSpooledAndComplete()
    {
        var answer = await ImportAsync(string.Concat(Enumerable.Range(1, 5_000).Select(number => $"{{\"Name\":\"Film {number}\",\"Year\":2009}}\n")), "report=lines");

        var lines = answer.Body.TrimEnd('\n').Split('\n');
        Assert.That(lines, Has.Length.EqualTo(5_001));
        Assert.That(lines[4_999], Is.EqualTo("""{"line":5000,"id":"5002","result":"created","before":null,"after":{"Name":"Film 5000","Year":2009,"Month":null}}"""));
        Assert.That(lines[5_000], Is.EqualTo(Result(created: 5_000, revision: 5_002)));
    }

    [Test]
    public async Task Import_OtherReport_IsRefused() =>
        await AssertRefusedAsync(await ImportAsync("""{"Name":"Up","Year":2009}""", "report=all"), InvalidParameters("/films", ("report", "'report' must be lines.")));

    private static void AssertReport(HttpAnswer answer, string[] lines, string counts)
    {
        var told = answer.Body.TrimEnd('\n').Split('\n');
        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((200, "application/x-ndjson")));
        Assert.That(told[..^1], Is.EqualTo(lines));
        Assert.That(told[^1], Does.StartWith(counts[..^1]));
    }
}
