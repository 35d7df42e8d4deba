using System.Text.Json.Nodes;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Changes;

/// <summary><c>by</c> and <c>before</c>: the changes of one caller, and the newest first.</summary>
public sealed class ChangeSearchTests : ChangesTest
{
    private const string Ann = "Authorization: Basic YW5uOmEgbG9uZyBwYXNzd29yZA==";

    protected override string[] Settings =>
        ["Access:Write=Anonymous", "Authentication:Users:0:Name=ann", "Authentication:Users:0:Password=a long password", "Authentication:Users:0:Scopes:0=films:write"];

    [SetUp]
    public async Task ChangeAsync()
    {
        await PutAsync("a", UpArguments, Ann);
        await PutAsync("b", UpArguments);
        await PutAsync("a", """{"name":"Up","year":2010}""", Ann);
        await DeleteAsync("b", Ann);
        await PutAsync("c", UpArguments);
    }

    [Test]
    public async Task Get_By_HasTheCallersChangesAndContinuesBehindAllOthers()
    {
        var page = (await GetAsync("/changes?by=ann")).Json;

        Assert.That(Briefs(page), Is.EqualTo(new[] { "3 a 2009", "5 a 2010", "6 b deleted" }));
        Assert.That((string?)page["next"], Is.EqualTo($"/changes?since={Revision(7)}&by=ann"));
        Assert.That(Briefs((await GetAsync("/changes?by=seed")).Json), Is.EqualTo(new[] { "1 1 2018", "2 2 2018" }));
        Assert.That(Briefs((await GetAsync("/changes?by=Ann")).Json), Is.Empty, "Names are compared exactly.");
    }

    [Test]
    public async Task Get_ByWithLimit_ContinuesBehindTheLastFound()
    {
        var first = (await GetAsync("/changes?by=ann&limit=2")).Json;
        var second = (await GetAsync((string)first["next"]!)).Json;

        Assert.That(Briefs(first), Is.EqualTo(new[] { "3 a 2009", "5 a 2010" }));
        Assert.That((string?)first["next"], Is.EqualTo($"/changes?since={Revision(5)}&by=ann&limit=2"));
        Assert.That(Briefs(second), Is.EqualTo(new[] { "6 b deleted" }));
        Assert.That((string?)second["next"], Is.EqualTo($"/changes?since={Revision(7)}&by=ann&limit=2"));
    }

    [Test]
    public async Task Get_ByNobodyAmongManyChanges_ContinuesAfterAnEmptyPage()
    {
        const int films = 100_050;
        var lines = string.Concat(Enumerable.Range(100, films).Select(id => $$"""{"Id":"{{id}}","Name":"Up","Year":2009}""" + "\n"));
        await Client.SendAsync("POST", "/films", new StringContent(lines, null, "application/x-ndjson"));
        await PutAsync("z", UpArguments, Ann);

        var first = await GetAsync($"/changes?since={Revision(7)}&by=ann");
        var second = (await GetAsync((string)first.Json["next"]!)).Json;
        var back = (await GetAsync($"/changes?before={Revision(films + 8)}&by=ann")).Json;
        var older = (await GetAsync((string)back["next"]!)).Json;

        Assert.That((Briefs(first.Json).Count, (string?)first.Json["next"], first.Field("Films-Revision")), Is.EqualTo((0, $"/changes?since={Revision(100_007)}&by=ann", Revision(films + 8))));
        Assert.That(Briefs(second), Is.EqualTo(new[] { $"{films + 8} z 2009" }));
        Assert.That((Briefs(back).Count, (string?)back["next"]), Is.EqualTo((0, $"/changes?before={Revision(58)}&by=ann")));
        Assert.That((string.Join(' ', Briefs(older)), older["next"]), Is.EqualTo(("6 b deleted 5 a 2010 3 a 2009", (JsonNode?)null)));
    }

    [Test]
    public async Task Get_Before_HasTheNewestFirstAndNoNextAtTheEnd()
    {
        var all = new List<string>();
        for (var address = $"/changes?before={Revision(8)}&limit=3"; address is not null;)
        {
            var page = await GetAsync(address);
            Assert.That((page.Status, page.Field("Films-Revision")), Is.EqualTo((200, Revision(7))));
            all.Add(string.Join(", ", Briefs(page.Json)));
            address = (string?)page.Json["next"];
        }

        Assert.That(all, Is.EqualTo(new[] { "7 c 2009, 6 b deleted, 5 a 2010", "4 b 2009, 3 a 2009, 2 2 2018", "1 1 2018" }));
        Assert.That((await GetAsync($"/changes?before={Revision(1)}")).Json.ToJsonString(), Is.EqualTo("""{"items":[]}"""));
        Assert.That((await GetAsync($"/changes?before={Revision(0)}")).Json.ToJsonString(), Is.EqualTo("""{"items":[]}"""));
        Assert.That((await GetAsync($"/changes?before={Revision(3)}&limit=2")).Json["next"], Is.Null, "The page is full, and the last.");
    }

    [Test]
    public async Task Get_Lines_FilterAndPageAlike()
    {
        const string lines = "Accept: application/x-ndjson";
        var all = await GetAsync("/changes?by=ann", lines);
        var page = await GetAsync("/changes?by=ann&limit=1", lines);
        var before = await GetAsync($"/changes?before={Revision(7)}&limit=2", lines);

        Assert.That(Lines(all), Is.EqualTo(new[] { "3 a 2009", "5 a 2010", "6 b deleted" }));
        Assert.That((Lines(page)[0], page.Field("Link")), Is.EqualTo(("3 a 2009", $"</changes?since={Revision(3)}&by=ann&limit=1>; rel=\"next\"")));
        Assert.That((string.Join(' ', Lines(before)), before.Field("Link")), Is.EqualTo(("6 b deleted 5 a 2010", $"</changes?before={Revision(5)}&limit=2>; rel=\"next\"")));
        Assert.That((await GetAsync($"/changes?before={Revision(2)}", lines)).Field("Link"), Is.Null);
    }

    [TestCase("aaaaaa-1")]
    [TestCase(null)]
    public async Task Get_BeforeOfAnotherEpochOrTheFuture_Returns410(string? revision) => AssertProblem(
        await GetAsync($"/changes?before={revision ?? Revision(9)}"), FeedReset(revision ?? Revision(9), "/changes"));

    [Test]
    public async Task Get_BySinceOfTheFuture_Returns410() => AssertProblem(
        await GetAsync($"/changes?by=ann&since={Revision(8)}"), FeedReset(Revision(8), "/changes"));

    [TestCase("by=", "by", "'by' must be the name of a caller.")]
    [TestCase("before=0", "before", "'before' must be a revision, such as k3f9-1042.")]
    [TestCase("before=k3f9-1&since=k3f9-1", "before", "'before' pages backwards, so it cannot be combined with 'since'.")]
    [TestCase("by=ann&limit=0", "limit", "'limit' must be a whole number from 1 to 1000.")]
    public async Task Get_InvalidParameter_IsRefused(string query, string name, string message) =>
        AssertProblem(await GetAsync($"/changes?{query}"), InvalidParameters("/changes", (name, message)));

    [TestCase("by=ann", "by")]
    [TestCase("before=k3f9-1", "before")]
    public async Task Get_Stream_IsRefused(string query, string name) => AssertProblem(
        await GetAsync($"/changes?{query}", "Accept: text/event-stream"),
        InvalidParameters("/changes", (name, "An event stream has all future changes, so neither 'by' nor 'before' is supported: filter the events.")));

    private static List<string> Lines(HttpAnswer answer) => [.. answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Brief(JsonNode.Parse(line)!))];
}
