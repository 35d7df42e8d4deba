using System.Text.Json.Nodes;
using FilmService.Api.Tests.Hosting;
using FilmService.Domain.Changes;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Import;

/// <summary><c>POST /restore</c>: all films as they were, or without the changes of a range.</summary>
public sealed class RestoreAllTests : ImportTest
{
    private const string Films = """
        {"Id":"1","Name":"Changed","Year":2000}
        {"Id":"2","Deleted":true}
        {"Id":"new","Name":"New","Year":2001}
        """;

    [Test]
    public async Task Restore_Revision_MakesEveryFilmWhatItWas()
    {
        await ImportAsync(Films, "onConflict=replace");

        var answer = await RestoreAllAsync($$"""{"revision":"{{Revision(2)}}"}""");

        AssertDone(answer, Restored(created: 1, updated: 1, deleted: 1, revision: 8, before: 5));
        Assert.That((await GetAsync("/films")).Body, Is.EqualTo(NewCatalogue));
        Assert.That((await GetAsync("/films/new/history")).Json["items"]!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Restore_UndoOfAnImport_TakesItsBeforeAndRevision()
    {
        await PutAsync("3", UpArguments);
        var then = await ExportAsync();
        var import = (await ImportAsync(Films, "onConflict=replace")).Json;
        await PutAsync("4", UpArguments);

        var answer = await RestoreAllAsync($$"""{"after":"{{import["before"]}}","through":"{{import["revision"]}}"}""");

        AssertDone(answer, Restored(created: 1, updated: 1, deleted: 1, revision: 10, before: 7));
        Assert.That(await ExportAsync(), Is.EqualTo(then + """{"Id":"4","Name":"Up","Year":2009,"Month":"May"}""" + "\n"));
    }

    [Test]
    public async Task Restore_FilmChangedAgainAfterTheRange_StaysAndIsAConflict()
    {
        var import = (await ImportAsync(Films, "onConflict=replace")).Json;
        await PutAsync("new", UpArguments);
        await PutAsync("2", UpArguments);

        var answer = await RestoreAllAsync(Range(import), "report=lines");

        var lines = answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Is.EqualTo(new[]
        {
            """{"line":1,"id":"1","result":"updated","before":{"Name":"Changed","Year":2000,"Month":null},"after":{"Name":"Avengers: Infinity War","Year":2018,"Month":"March"}}""",
            $$"""{"line":2,"id":"2","result":"conflict","before":{{Up}},"after":{{Up}}}""",
            $$"""{"line":3,"id":"new","result":"conflict","before":{{Up}},"after":{{Up}}}""",
            Restored(updated: 1, conflicts: 2, revision: 8, before: 7),
        }));
    }

    [Test]
    public async Task Restore_RangeAgain_ChangesNothingAndIsNoConflict()
    {
        var range = Range((await ImportAsync(Films, "onConflict=replace")).Json);
        await RestoreAllAsync(range);

        AssertDone(await RestoreAllAsync(range), Restored(unchanged: 3, revision: 8, before: 8));
    }

    [Test]
    public async Task Restore_By_UndoesOnlyTheCallersChangesAndNoneThatOthersFollowed()
    {
        const string ann = "Authorization: Basic YW5uOmEgbG9uZyBwYXNzd29yZA==";
        await PutAsync("mine", UpArguments, ann);
        await PutAsync("mine", """{"name":"Mine","year":2010}""", ann);
        await PutAsync("1", UpArguments, ann);
        await PutAsync("2", UpArguments);
        await PutAsync("1", """{"name":"Between","year":2010}""");
        await PutAsync("1", """{"name":"After","year":2010}""", ann);

        var answer = await RestoreAllAsync($$"""{"after":"{{Revision(2)}}","through":"{{Revision(8)}}","by":"ann"}""");

        AssertDone(answer, Restored(deleted: 1, conflicts: 1, revision: 9, before: 8));
        Assert.That((await GetAsync("/films?fields=Name")).Body, Is.EqualTo("""{"1":{"Name":"After"},"2":{"Name":"Up"}}"""));
        Assert.That((await GetAsync($"/changes?since={Revision(8)}")).Json["items"]![0]!["By"]!.ToString(), Is.EqualTo("anonymous"));
    }

    [Test]
    public async Task Restore_PartOfARange_LeavesWhatWasThereBefore()
    {
        await PutAsync("3", UpArguments);
        await PutAsync("3", """{"name":"Up","year":2010}""");
        await PutAsync("3", """{"name":"Up","year":2011}""");

        var answer = await RestoreAllAsync($$"""{"after":"{{Revision(3)}}","through":"{{Revision(5)}}"}""");

        AssertDone(answer, Restored(updated: 1, revision: 6, before: 5));
        Assert.That(await StoredAsync("3"), Is.EqualTo($"200 {Up} 6"));
    }

    [Test]
    public async Task Restore_Revision0_EmptiesTheCatalogue()
    {
        AssertDone(await RestoreAllAsync($$"""{"revision":"{{Revision(0)}}"}"""), Restored(deleted: 2, revision: 4));
        Assert.That((await GetAsync("/films")).Body, Is.EqualTo("{}"));
    }

    [TestCase("revision", 2, null)]
    [TestCase("after", 2, 2)]
    [TestCase("after", 0, 0)]
    public async Task Restore_NothingToChange_TakesNoRevision(string name, int number, int? through)
    {
        var body = through is not { } last ? $$"""{"{{name}}":"{{Revision(number)}}"}""" : $$"""{"{{name}}":"{{Revision(number)}}","through":"{{Revision(last)}}"}""";

        AssertDone(await RestoreAllAsync(body), Restored());
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Restore_FilmsAreThere_CountsAsUnchangedWhatIsAlreadySo()
    {
        await PutAsync("1", UpArguments);
        await PutAsync("1", """{"name":"Avengers: Infinity War","year":2018,"month":"March"}""");

        AssertDone(await RestoreAllAsync($$"""{"revision":"{{Revision(2)}}"}"""), Restored(unchanged: 1, revision: 4, before: 4));
    }

    [Test]
    public async Task Restore_DryRun_StoresNothing()
    {
        await DeleteAsync("1");

        var answer = await RestoreAllAsync($$"""{"revision":"{{Revision(2)}}"}""", "dryRun=true");

        Assert.That((answer.Body, answer.Field("Films-Dry-Run")), Is.EqualTo((Restored(created: 1, revision: 3, before: 3), "true")));
        Assert.That(await StoredAsync("1"), Does.StartWith("404"));
    }

    [Test]
    public async Task Restore_Form_IsReadToo()
    {
        await DeleteAsync("1");

        var answer = await Client.SendAsync("POST", "/restore", new FormUrlEncodedContent([new("revision", Revision(2)), new("after", "")]));

        AssertDone(answer, Restored(created: 1, revision: 4, before: 3));
    }

    [Test]
    public async Task Restore_KeyAgain_IsReplayedWithItsCounts()
    {
        var import = await ImportAsync(Films, "onConflict=replace", Key);
        await PutAsync("new", UpArguments);
        var first = await RestoreAllAsync(Range(import.Json), "", "Idempotency-Key: undo");
        await PutAsync("1", UpArguments);
        Client.Dispose();
        Client = await RestartAsync();

        var again = await RestoreAllAsync(Range(import.Json), "", "Idempotency-Key: undo");
        var other = await RestoreAllAsync($$"""{"revision":"{{Revision(1)}}"}""", "", "Idempotency-Key: undo");
        var importAgain = await ImportAsync(Films, "onConflict=replace", Key);

        Assert.That((first.Status, first.Body), Is.EqualTo((200, Restored(created: 1, updated: 1, conflicts: 1, revision: 8, before: 6))));
        Assert.That((again.Status, again.Body, again.Field("Idempotency-Replayed")), Is.EqualTo((200, first.Body, "true")));
        AssertProblem(other, KeyReused("/restore"));
        Assert.That((importAgain.Body, importAgain.Field("Idempotency-Replayed")), Is.EqualTo((import.Body, "true")));
    }

    [Test]
    public async Task Restore_IfMatch_ComparesTheRevisionOfAList()
    {
        var etag = (await GetAsync("/films?year=2018&format=csv")).Field("ETag")!;
        await DeleteAsync("1");
        var current = (await GetAsync("/films")).Field("ETag")!;

        var stale = await RestoreAllAsync($$"""{"revision":"{{Revision(2)}}"}""", "", $"If-Match: {etag}");
        var weak = await RestoreAllAsync($$"""{"revision":"{{Revision(2)}}"}""", "", $"If-Match: W/{current}");
        var dryRun = await RestoreAllAsync($$"""{"revision":"{{Revision(2)}}"}""", "dryRun=true", $"If-Match: {etag}");
        var done = await RestoreAllAsync($$"""{"revision":"{{Revision(2)}}"}""", "", $"If-Match: \"x\", {current}");

        Assert.That((stale.Status, weak.Status, dryRun.Status, done.Status), Is.EqualTo((412, 412, 412, 200)));
        AssertProblem(stale, Problem("precondition-failed", "The film is not what you expected", 412, $"The catalogue is at revision {Revision(3)}, which is not in If-Match.", "/restore"));
        Assert.That((await RestoreAllAsync($$"""{"revision":"{{Revision(2)}}"}""", "", "If-Match: *")).Status, Is.EqualTo(200));
    }

    [TestCase("""{"revision":"aaaaaa-1"}""", "aaaaaa-1")]
    [TestCase("""{"revision":"EPOCH-3"}""", "EPOCH-3")]
    [TestCase("""{"after":"aaaaaa-1","through":"EPOCH-2"}""", "aaaaaa-1")]
    [TestCase("""{"after":"EPOCH-1","through":"EPOCH-3"}""", "EPOCH-3")]
    [TestCase("""{"after":"EPOCH-1","through":"aaaaaa-3"}""", "aaaaaa-3")]
    public async Task Restore_OtherEpochOrTheFuture_Returns410(string body, string named)
    {
        var epoch = Revision(0).Split('-')[0];

        await AssertRefusedAsync(await RestoreAllAsync(body.Replace("EPOCH", epoch, StringComparison.Ordinal)), FeedReset(named.Replace("EPOCH", epoch, StringComparison.Ordinal), "/restore"));
    }

    [TestCase("{}", "revision")]
    [TestCase("""{"revision":null}""", "revision")]
    [TestCase("""{"revision":1}""", "revision")]
    [TestCase("""{"revision":"0"}""", "revision")]
    [TestCase("""{"revision":"k3f9-1","through":"k3f9-2"}""", "after,revision")]
    [TestCase("""{"revision":"k3f9-1","after":"k3f9-1","through":"k3f9-2"}""", "revision")]
    [TestCase("""{"revision":"k3f9-1","by":"ann"}""", "after,through,revision")]
    [TestCase("""{"after":"k3f9-1"}""", "through")]
    [TestCase("""{"through":"k3f9-1"}""", "after")]
    [TestCase("""{"after":"k3f9-2","through":"k3f9-1"}""", "through")]
    [TestCase("""{"after":"x","through":["k3f9-1"]}""", "after,through")]
    [TestCase("""{"after":"k3f9-1","through":"k3f9-2","by":""}""", "by")]
    [TestCase("""{"after":"k3f9-1","through":"k3f9-2","by":7}""", "by")]
    [TestCase("""{"revision":"k3f9-1","revison":"k3f9-1"}""", "revison")]
    [TestCase("""{"revision":"k3f9-1","Revision":"k3f9-1"}""", "revision")]
    public async Task Restore_InvalidArguments_NamesThem(string body, string names)
    {
        var answer = await RestoreAllAsync(body);

        Assert.That((answer.Status, (string?)answer.Json["type"]), Is.EqualTo((400, "/problems/invalid-parameters")));
        Assert.That(string.Join(',', answer.Json["errors"]!.AsObject().Select(error => error.Key)), Is.EqualTo(names));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Restore_UnknownMember_IsSuggested() => Assert.That(
        (await RestoreAllAsync("""{"after":"k3f9-1","trough":"k3f9-2"}""")).Json["errors"]!["trough"]![0]!.ToString(), Does.StartWith("'trough' is unknown. Did you mean 'through'?"));

    [Test]
    public async Task Restore_PrunedRevision_Returns410UnlessItsKeyIsReplayed()
    {
        await PutAsync("1", UpArguments);
        await PutAsync("1", """{"name":"Up","year":2010}""");
        var first = await RestoreAllAsync($$"""{"revision":"{{Revision(3)}}"}""", "", Key);
        await Host.Services.GetRequiredService<IChangeFeed>().RemoveSupersededAsync(DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None);

        AssertProblem(await RestoreAllAsync($$"""{"revision":"{{Revision(2)}}"}"""), FeedReset(Revision(2), "/restore"));
        AssertProblem(await RestoreAllAsync($$"""{"after":"{{Revision(2)}}","through":"{{Revision(4)}}"}"""), FeedReset(Revision(2), "/restore"));
        Assert.That((await RestoreAllAsync($$"""{"revision":"{{Revision(3)}}"}""", "", Key)).Body, Is.EqualTo(first.Body));
    }

    [Test]
    public async Task Restore_TwoAtOnceBesideWriters_LeavesTheFilmsOfTheRevision()
    {
        await ImportAsync(string.Concat(Enumerable.Range(10, 2000).Select(id => $$"""{"Id":"{{id}}","Name":"Film {{id}}","Year":2000}""" + "\n")));
        var (then, revision) = (await ExportAsync(), Revision(2002));
        await ImportAsync(string.Concat(Enumerable.Range(10, 2000).Select(id => $$"""{"Id":"{{id}}","Name":"Changed","Year":2001}""" + "\n")), "onConflict=replace");
        using var end = new CancellationTokenSource();
        var writing = WriteUntilAsync(end.Token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => RestoreAllAsync($$"""{"revision":"{{revision}}"}""")));
        var asOf = await Task.WhenAll(answers.Select(answer => GetAsync($"/films?format=ndjson&asOf={answer.Json["revision"]}")));
        await end.CancelAsync();
        await writing;

        Assert.That(asOf.Select(films => films.Body), Is.All.EqualTo(then));
    }

    private async Task WriteUntilAsync(CancellationToken end)
    {
        for (var number = 0; !end.IsCancellationRequested; number++)
        {
            _ = number % 3 == 0 ? await DeleteAsync($"{10 + number}") : await PutAsync(number % 3 == 1 ? $"{10 + number}" : $"w{number}", UpArguments);
        }
    }

    private Task<HttpAnswer> RestoreAllAsync(string body, string query = "", params string[] fields) =>
        Client.SendAsync("POST", "/restore" + (query.Length > 0 ? "?" + query : ""), HttpRequests.Json(body), fields);

    private static string Range(JsonNode import) => $$"""{"after":"{{import["before"]}}","through":"{{import["revision"]}}"}""";

    private string Restored(int created = 0, int updated = 0, int unchanged = 0, int deleted = 0, int conflicts = 0, int revision = 2, int? before = null) =>
        $"{Result(created, updated, unchanged, deleted, 0, revision, before)[..^1]},\"conflicts\":{conflicts}}}";

    protected override string[] Settings =>
        ["Access:Write=Anonymous", "Authentication:Users:0:Name=ann", "Authentication:Users:0:Password=a long password", "Authentication:Users:0:Scopes:0=films:write"];
}
