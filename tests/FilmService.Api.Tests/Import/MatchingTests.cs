using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Import;

/// <summary><c>match=name,year</c>: a line without an id is the film that has its name and year.</summary>
public sealed class MatchingTests : ImportTest
{
    private const string Match = "match=name,year";
    private const string Several = "Several films have this name and year, so it is unclear which one the line means. Give its Id.";

    [TestCase("""{"Name":"AVENGERS infinity-war","Year":2018,"Month":"May"}""", "")]
    [TestCase("""{"Name":"avengers: infinity war!","Year":"2018"}""", "&dryRun=true")]
    public async Task Import_FilmThatIsThere_IsSkipped(string line, string query)
    {
        AssertDone(await ImportAsync(line, Match + query), Result(skipped: 1));
        await AssertNothingStoredAsync();
    }

    [TestCase("/films")]
    [TestCase("/imports")]
    public async Task Import_TheSameFileTwice_AddsItsFilmsOnce(string address)
    {
        var first = await SendFileAsync(address, Match);
        var second = await SendFileAsync(address, Match);
        var without = await SendFileAsync(address, "dryRun=true");

        AssertDone(first, Result(created: 1, revision: 3));
        AssertDone(second, Result(skipped: 1, revision: 3));
        AssertDone(without, Result(created: 1, revision: 3, before: 3)[..^1] + ",\"possibleDuplicates\":1}");
        Assert.That((await GetAsync("/films?name=up")).Body, Is.EqualTo("""{"3":{"Name":"Up","Year":2009,"Month":null}}"""));
    }

    [Test]
    public async Task Import_AnotherYear_IsAnotherFilm() =>
        AssertDone(await ImportAsync("""{"Name":"Avengers: Infinity War","Year":2019}""", Match), Result(created: 1, revision: 3));

    [TestCase("merge", """{"Name":"Avengers: Infinity War","Year":2018,"Month":"April"}""")]
    [TestCase("replace", """{"Name":"avengers infinity war","Year":2018,"Month":"April"}""")]
    public async Task Import_FilmThatIsThere_IsChangedAsTheOptionsSay(string onConflict, string film)
    {
        var answer = await ImportAsync(film, $"{Match}&onConflict={onConflict}");

        AssertDone(answer, Result(updated: 1, revision: 3));
        Assert.That((await GetAsync("/films/1")).Body, Is.EqualTo(film));
    }

    [Test]
    public async Task Import_FilmThatIsThereAndError_IsAFaultThatNamesIt() => await AssertRefusedAsync(
        await ImportAsync("""{"Name":"Avengers: Infinity War","Year":2018}""", Match + "&onConflict=error"), Faults(Fault(1, "id", "Film 1 already exists. To accept the line, set onConflict to skip, replace or merge.")));

    // 1,500 lines: films of an earlier batch are found, too.
    [TestCase(2, "")]
    [TestCase(1500, "")]
    [TestCase(1500, "&dryRun=true")]
    public async Task Import_EarlierLines_AreFound(int count, string query)
    {
        var others = string.Concat(Enumerable.Range(1, count - 2).Select(number => $"{{\"Name\":\"Film {number}\",\"Year\":2009}}\n"));

        var answer = await ImportAsync($"{{\"Name\":\"Up\",\"Year\":2009}}\n{others}{{\"Name\":\"up!\",\"Year\":2009}}", Match + query);

        Assert.That(answer.Body, Does.StartWith($"{{\"created\":{count - 1},\"updated\":0,\"unchanged\":0,\"deleted\":0,\"skipped\":1,"));
    }

    [Test]
    public async Task Import_LinesThatChangeWhatIsFound_AreSeenInOrder()
    {
        var answer = await ImportAsync("""
            {"Id":"1","Name":"Up","Year":2009}
            {"Name":"Avengers: Infinity War","Year":2018}
            {"Name":"Up","Year":2009}
            {"Id":"1","Deleted":true}
            {"Name":"Up","Year":2009}
            {"Id":"9","Name":"Up","Year":2009}
            {"Id":"9","Deleted":true}
            {"Name":"Up","Year":2009}
            """, Match + "&onConflict=replace");

        AssertDone(answer, Result(created: 3, updated: 1, unchanged: 2, deleted: 2, revision: 8));
        Assert.That(await ExportAsync(), Is.EqualTo("""
            {"Id":"2","Name":"Ant Man and the Wasp","Year":2018,"Month":"August"}
            {"Id":"10","Name":"Avengers: Infinity War","Year":2018,"Month":null}
            {"Id":"11","Name":"Up","Year":2009,"Month":null}

            """.ReplaceLineEndings("\n").Replace("\"10\"", "\"3\"", StringComparison.Ordinal).Replace("\"11\"", "\"4\"", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Import_SeveralFilmsOfTheNameAndYear_AreAFault()
    {
        await ImportAsync("""{"Name":"Up","Year":2009}""" + "\n" + """{"Name":"UP","Year":2009}""");

        Assert.That((await ImportAsync("""{"Name":"Up","Year":2009}""", Match)).Problem, Is.EqualTo(Faults(Fault(1, "name", Several))));
        AssertDone(await ImportAsync("""{"Name":"Up","Year":2009}""", Match + "&onError=skip"), Result(skipped: 1, revision: 4)[..^1] + $",\"lines\":[{Fault(1, "name", Several)}],\"lineErrorCount\":1}}");
        AssertDone(await ImportAsync("""{"Id":"3","Name":"Up","Year":2009}""", Match), Result(skipped: 1, revision: 4));
    }

    [TestCase("", 400)]
    [TestCase("&dryRun=true&onError=skip", 200)]
    public async Task Import_TenThousandFilmsOfOneName_AreAFault(string query, int status)
    {
        await ImportAsync(string.Concat(Enumerable.Range(0, 10_000).Select(number => $"{{\"Name\":\"Untitled\",\"Year\":{1900 + (number % 100)}}}\n")));

        var answer = await ImportAsync(string.Concat(Enumerable.Range(1900, 101).Select(year => $"{{\"Name\":\"Untitled\",\"Year\":{year}}}\n")), Match + query);

        Assert.That((answer.Status, (int)answer.Json["lineErrorCount"]!, (string)answer.Json["lines"]![0]!["errors"]!["name"]![0]!), Is.EqualTo((status, 101, Several)));
    }

    [Test]
    public async Task Import_MergeWithoutAName_NeedsAWholeFilm() => await AssertRefusedAsync(
        await ImportAsync("""{"Year":2018}""", Match + "&onConflict=merge"), Faults(Fault(1, "name", "The film doesn't exist yet, so the line needs Name and Year.")));

    [TestCase("")]
    [TestCase("&dryRun=true")]
    public async Task Import_WithoutMatching_CountsNewFilmsThatMayBeThereAlready(string query)
    {
        var answer = await ImportAsync("""
            {"Name":"AVENGERS: Infinity War","Year":2018}
            {"Name":"Avengers: Infinity War","Year":2019}
            {"Name":"Up","Year":2009}
            {"Id":"x","Name":"Up","Year":2009}
            {"Id":"2","Name":"Up","Year":2009}
            """, "onConflict=replace" + query);

        Assert.That(((int)answer.Json["created"]!, (int)answer.Json["updated"]!, (int)answer.Json["possibleDuplicates"]!), Is.EqualTo((4, 1, 2)), answer.Body);
    }

    // SQLite reuses the row of the newest film once that is deleted.
    [TestCase("""{"Id":"2","Deleted":true}""", "")]
    [TestCase("""{"Id":"2","Deleted":true}""", "&dryRun=true")]
    [TestCase("""
        {"Name":"Jaws","Year":1975}
        {"Id":"2","Deleted":true}
        {"Id":"3","Deleted":true}
        """, "")]
    public async Task Import_NewFilmInPlaceOfTheNewest_IsCounted(string deletions, string query)
    {
        var answer = await ImportAsync(deletions + "\n" + """
            {"Name":"Avengers: Infinity War","Year":2018}
            {"Name":"Avengers: Infinity War","Year":2018}
            """, "onConflict=replace" + query);

        Assert.That((int?)answer.Json["possibleDuplicates"], Is.EqualTo(2), answer.Body);
    }

    [Test]
    public async Task Import_AgainWithItsKey_CountsTheSame()
    {
        var first = await ImportAsync("""{"Name":"Avengers: Infinity War","Year":2018}""", "", Key);

        Assert.That((string?)first.Body, Does.Contain("\"possibleDuplicates\":1"));
        Assert.That((await ImportAsync("""{"Name":"Avengers: Infinity War","Year":2018}""", "", Key)).Body, Is.EqualTo(first.Body));
    }

    [TestCase("match=name", "'match' must be one of id or name,year.")]
    [TestCase("match=year,name", "'match' must be one of id or name,year.")]
    public async Task Import_OtherMatch_IsRefused(string query, string message) =>
        await AssertRefusedAsync(await ImportAsync("""{"Name":"Up","Year":2009}""", query), InvalidParameters("/films", ("match", message)));

    private Task<HttpAnswer> SendFileAsync(string address, string query) =>
        Client.SendAsync("POST", $"{address}?{query}", new StringContent("Name,Year\nUp,2009\n", Encoding.UTF8, "text/csv"));
}
