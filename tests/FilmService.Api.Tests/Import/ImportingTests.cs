using System.Net.Http.Headers;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Import;

/// <summary>Imports that succeed.</summary>
public sealed class ImportingTests : ImportTest
{
    private const string Three = """{"Id":"3","Name":"Up","Year":2009,"Month":"May"}""";
    private const string Avengers1 = """{"Id":"1","Name":"Avengers: Infinity War","Year":2018,"Month":"March"}""";
    private const string AntMan2 = """{"Id":"2","Name":"Ant Man and the Wasp","Year":2018,"Month":"August"}""";

    [Test]
    public async Task Import_Lines_AreCarriedOutInOrder()
    {
        var answer = await ImportAsync(
            """
            {"Id":"9","Name":"Coco","Year":2017}
            {"id":"3","NAME":" Up ","yEaR":"2009","month":"may"}

            {"Name":"Soul","Year":2020,"Month":null}
            {"Id":"9","Deleted":true}
            {"Id":"8","Deleted":true}
            {"Revision":"x-1","At":"2026-11-22T09:14:03.120Z","By":"ann","Id":"up","Name":"Up","Year":2009,"Month":"May"}
            """);

        AssertDone(answer, Result(created: 4, unchanged: 1, deleted: 1, revision: 7)[..^1] + ",\"possibleDuplicates\":1}");
        Assert.That(await ExportAsync(), Is.EqualTo(
            $$"""
            {{Avengers1}}
            {{AntMan2}}
            {{Three}}
            {"Id":"10","Name":"Soul","Year":2020,"Month":null}
            {"Id":"up","Name":"Up","Year":2009,"Month":"May"}

            """));
        Assert.That(await FeedAsync(), Is.EqualTo(new[] { "3 9 Coco", "4 3 Up", "5 10 Soul", "6 9", "7 up Up" }));
    }

    [TestCase("application/x-ndjson", Three)]
    [TestCase("application/json", $"[{Three}]")]
    [TestCase("text/csv", "Id,Name,Year,Month\n3,Up,2009,May")]
    [TestCase("text/csv", "Film;Jahr;Rating\nUp;2009;5", "&match=name,year&delimiter=;&encoding=utf-8&columns=name:Film,year:Jahr&ignore=Rating")]
    [TestCase("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"films.csv\"\r\n\r\nName,Year\nUp,2009\n\r\n--b--\r\n")]
    public async Task Import_AtItsOwnAddress_IsAnsweredAsAtFilms(string type, string body, string query = "")
    {
        var answer = await Client.SendAsync("POST", "/imports?dryRun=true" + query, new StringContent(body, MediaTypeHeaderValue.Parse(type)));

        Assert.That((answer.Status, answer.Body.Replace(",\"notUsed\":[\"Rating\"]", "", StringComparison.Ordinal)), Is.EqualTo((200, Result(created: 1, revision: 2))));
        Assert.That((await Client.SendAsync("POST", "/films?dryRun=true" + query, new StringContent(body, MediaTypeHeaderValue.Parse(type)))).Body, Is.EqualTo(answer.Body));
    }

    [TestCase("/films")]
    [TestCase("/imports")]
    public async Task Import_Report_IsSentAtBothAddresses(string address)
    {
        var answer = await Client.SendAsync("POST", address + "?report=lines", new StringContent(Three, Encoding.UTF8, "application/x-ndjson"));

        Assert.That((answer.ContentType, answer.Body), Is.EqualTo(("application/x-ndjson", $$$"""
            {"line":1,"id":"3","result":"created","before":null,"after":{"Name":"Up","Year":2009,"Month":"May"}}
            {{{Result(created: 1, revision: 3)}}}

            """.ReplaceLineEndings("\n"))));
    }

    [TestCase("null")]
    [TestCase("\"\"")]
    public async Task Import_LineWithNullOrEmptyId_GetsAGeneratedOne(string id)
    {
        await ImportAsync($$"""{"Id":{{id}},"Name":"Up","Year":2009,"Month":"May","Deleted":null,"Revision":null}""");

        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo(Up));
    }

    [TestCase("skip", """{"created":1,"updated":0,"unchanged":0,"deleted":0,"skipped":2,""", 3)]
    [TestCase("replace", """{"created":1,"updated":1,"unchanged":1,"deleted":0,"skipped":0,""", 4)]
    [TestCase("merge", """{"created":1,"updated":1,"unchanged":1,"deleted":0,"skipped":0,""", 4)]
    public async Task Import_FilmsThatAreThere_BecomeWhatIsAskedFor(string onConflict, string counts, int revision)
    {
        var answer = await ImportAsync($$"""
            {{Three}}
            {{Avengers1}}
            {"Id":"2","Name":"Ant-Man","Year":2018}
            """, "onConflict=" + onConflict);

        AssertDone(answer, $"{counts}\"revision\":\"{Revision(revision)}\",\"before\":\"{Revision(2)}\"}}");
        Assert.That((await GetAsync("/films/2")).Body, Is.EqualTo(onConflict switch
        {
            "skip" => """{"Name":"Ant Man and the Wasp","Year":2018,"Month":"August"}""",
            "replace" => """{"Name":"Ant-Man","Year":2018,"Month":null}""",
            _ => """{"Name":"Ant-Man","Year":2018,"Month":"August"}""",
        }));
    }

    [Test]
    public async Task Import_MergeOfSomeMembers_KeepsTheRest()
    {
        var answer = await ImportAsync("{\"Id\":\"1\",\"Month\":null}\n{\"Id\":\"2\",\"Year\":2015}", "onConflict=merge");

        AssertDone(answer, Result(updated: 2, revision: 4));
        Assert.That(await ExportAsync(), Is.EqualTo(
            """
            {"Id":"1","Name":"Avengers: Infinity War","Year":2018,"Month":null}
            {"Id":"2","Name":"Ant Man and the Wasp","Year":2015,"Month":"August"}

            """));
    }

    [Test]
    public async Task Import_Table_ReadsColumnsByName()
    {
        var answer = await ImportAsAsync(Table, "\uFEFFyear,ID,\"Name\",Month\r\n2009,3,\"Up, \"\"so\"\" it is\",may\r\n\r\n2017,,Coco,\r\n", "");

        AssertDone(answer, Result(created: 2, revision: 4));
        Assert.That(await ExportAsync(), Does.EndWith(
            """
            {"Id":"3","Name":"Up, \"so\" it is","Year":2009,"Month":"May"}
            {"Id":"4","Name":"Coco","Year":2017,"Month":null}

            """));
    }

    [TestCase("Id,Name,Year\n3,Up,2009\n4,Coco,2017\n")]
    [TestCase("Id,Name,Year\r\n3,Up,2009\r\n4,Coco,2017")]
    [TestCase("Id,Name,Year,Deleted,By\n3,Up,2009,,\n4,Coco,2017,false,ann\n9,,,TRUE,\n")]
    public async Task Import_TableWithAnyLineEnd_IsRead(string table)
    {
        var answer = await ImportAsAsync(Table, table, "");

        Assert.That((answer.Status, (int)answer.Json["created"]!), Is.EqualTo((200, 2)), answer.Body);
    }

    [TestCase("[{0}]")]
    [TestCase("  [ {0} ]\n ")]
    [TestCase("\uFEFF[{0}]")]
    public async Task Import_Array_IsCarriedOut(string format)
    {
        var films = """{"Id":"3","Name":"Up, [so] {it} is \\\"","Year":2009},""" + "\n" + """{"Name":"Coco","Year":2017}""";

        AssertDone(await ImportAsAsync(Array, format.Replace("{0}", films, StringComparison.Ordinal), ""), Result(created: 2, revision: 4));
        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo("""{"Name":"Up, [so] {it} is \\\"","Year":2009,"Month":null}"""));
    }

    [TestCase(Lines, "")]
    [TestCase(Lines, "\n\r\n  \n")]
    [TestCase(Array, "[]")]
    [TestCase(Array, " [ ] ")]
    [TestCase(Table, "Id,Name,Year,Month\r\n")]
    public async Task Import_NoLines_ChangesNothing(string type, string body) => AssertDone(await ImportAsAsync(type, body, ""), Result());

    [Test]
    public async Task Import_OneFilmAsJson_IsAdded()
    {
        var answer = await PostAsync(" \n{\"name\":\"Up\",\"year\":2009}");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((201, """{"Id":"3","Name":"Up","Year":2009,"Month":null}""")));
    }

    [TestCase(Lines, Three)]
    [TestCase(Table, "Id,Name,Year,Month\n3,Up,2009,May")]
    [TestCase(Array, "[" + Three + "]")]
    public async Task Import_Gzip_IsUnpacked(string type, string body)
    {
        AssertDone(await ImportAsAsync(type, Gzip(Encoding.UTF8.GetBytes(body)), "", "Content-Encoding: gzip"), Result(created: 1, revision: 3));
        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo(Up));
    }

    [Test]
    public async Task Import_DryRun_TellsTheOutcomeAndStoresNothing()
    {
        var answer = await ImportAsync($$"""
            {{Three}}
            {"Name":"Coco","Year":2017}
            {"Id":"4","Deleted":true}
            {"Id":"1","Name":"Changed","Year":2018}
            {"Id":"1","Deleted":true}
            """, "onConflict=replace&dryRun=true");

        AssertDone(answer, Result(created: 2, updated: 1, deleted: 2));
        Assert.That(answer.Field("Films-Dry-Run"), Is.EqualTo("true"));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_GeneratedIds_AreNeverHandedOutTwice()
    {
        await ImportAsync("{\"Name\":\"Up\",\"Year\":2009}\n{\"Id\":\"7\",\"Name\":\"Coco\",\"Year\":2017}\n{\"Name\":\"Soul\",\"Year\":2020}\n{\"Id\":\"8\",\"Deleted\":true}");

        Assert.That((string?)(await PostAsync(UpArguments)).Json["Id"], Is.EqualTo("9"));
        Assert.That((await GetAsync("/films/3")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Import_SameKeyAgain_IsAnsweredAgainWithoutEffect()
    {
        var first = await ImportAsync(Three + "\n{\"Name\":\"Coco\",\"Year\":2017}", "", Key);
        await DeleteAsync("3");
        var again = await ImportAsync(Three + "\n{\"Name\":\"Coco\",\"Year\":2017}", "", Key);

        AssertDone(first, Result(created: 2, revision: 4));
        AssertDone(again, first.Body);
        Assert.That((first.Field("Idempotency-Replayed"), again.Field("Idempotency-Replayed")), Is.EqualTo(((string?)null, "true")));
        Assert.That((await GetAsync("/films/3")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Import_SameKeyForAnother_IsRefused()
    {
        await ImportAsync(Three, "", Key);

        AssertProblem(await ImportAsync(Three + "\n" + """{"Name":"Coco","Year":2017}""", "", Key), KeyReused("/films"));
        AssertProblem(await ImportAsync(Three, "onError=skip", Key), KeyReused("/films"));
        AssertProblem(await PostAsync(UpArguments, Key), KeyReused("/films"));
        AssertProblem(await Client.SendAsync("PUT", "/films/3", HttpRequests.Json(UpArguments), Key), KeyReused("/films/3"));
    }

    [Test]
    public async Task Import_KeyOfARefusedOne_CanBeUsedAgain()
    {
        await ImportAsync("{}", "", Key);

        AssertDone(await ImportAsync(Three, "", Key), Result(created: 1, revision: 3));
    }

    [Test]
    public async Task Import_Films_AreReadAtOnce()
    {
        await GetAsync("/films/1");
        await ImportAsync("""{"Id":"1","Name":"Changed","Year":2018}""", "onConflict=replace");

        Assert.That(await StoredAsync("1"), Is.EqualTo("""200 {"Name":"Changed","Year":2018,"Month":null} 3"""));
        Assert.That((await PutAsync("1", UpArguments, $"If-Match: {ETag(3)}")).Status, Is.EqualTo(200));
    }

    private async Task<List<string>> FeedAsync() => [.. (await GetAsync($"/changes?since={Revision(2)}")).Json["items"]!.AsArray()
        .Select(change => $"{((string)change!["Revision"]!).Split('-')[1]} {change["Id"]} {change["Name"]}".TrimEnd())];
}
