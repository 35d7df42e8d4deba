using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Changes;

public sealed class ChangeFeedTests : ChangesTest
{
    private const string First =
        """{"Revision":"k3f9-1","At":"AT","By":"seed","Id":"1","Name":"Avengers: Infinity War","Year":2018,"Month":"March"}""";

    private const string Second =
        """{"Revision":"k3f9-2","At":"AT","By":"seed","Id":"2","Name":"Ant Man and the Wasp","Year":2018,"Month":"August"}""";

    [TestCase("/changes")]
    [TestCase("/changes?since=0")]
    [TestCase("/changes?SINCE=0&_=1")]
    public async Task Changes_FromTheFirst_AreAllInOrder(string address)
    {
        await PutAsync("up", UpArguments, Basic("admin", "atCh_5K}?g"));
        await DeleteAsync("up");

        var answer = await GetAsync(address);

        Assert.That(Fixed(answer.Body), Is.EqualTo(
            $$$"""{"items":[{{{First}}},{{{Second}}},{"Revision":"k3f9-3","At":"AT","By":"admin","Id":"up","Name":"Up","Year":2009,"Month":"May"},{"Revision":"k3f9-4","At":"AT","By":"anonymous","Id":"up","Deleted":true}],"next":"/changes?since=k3f9-4"}"""));
        Assert.That((answer.ContentType, answer.Field("Films-Revision"), answer.Field("Cache-Control")), Is.EqualTo(("application/json", Revision(4), "no-cache")));
    }

    [Test]
    public async Task Changes_BehindTheLast_AreNoneAndNextStays()
    {
        var answer = await GetAsync($"/changes?since={Revision(2)}");

        Assert.That(Fixed(answer.Body), Is.EqualTo("""{"items":[],"next":"/changes?since=k3f9-2"}"""));
    }

    [Test]
    public async Task Changes_Limit_IsKeptInNext()
    {
        var answer = await GetAsync("/changes?limit=1");

        Assert.That(Fixed(answer.Body), Is.EqualTo($$$"""{"items":[{{{First}}}],"next":"/changes?since=k3f9-1&limit=1"}"""));
        Assert.That(await WalkAsync("/changes?limit=1"), Is.EqualTo(new[] { "1 1 2018", "2 2 2018" }));
    }

    [Test]
    public async Task Changes_MoreThanAPage_Are1000AtATime()
    {
        await Task.WhenAll(Enumerable.Range(0, 1100).Select(number => PutAsync($"{number % 10}", $$"""{"name":"Film {{number}}","year":2000}""")));

        var first = await GetAsync("/changes");

        Assert.That(first.Json["items"]!.AsArray(), Has.Count.EqualTo(1000));
        Assert.That((string?)first.Json["next"], Is.EqualTo($"/changes?since={Revision(1000)}"));
        Assert.That((await WalkAsync("/changes")).Select(brief => brief.Split(' ')[0]), Is.EqualTo(Enumerable.Range(1, 1102).Select(number => $"{number}")));
        Assert.That((await GetAsync("/changes", "Accept: application/x-ndjson")).Body.Split('\n'), Has.Length.EqualTo(1103));
    }

    [Test]
    public async Task Changes_AsLines_AreAll()
    {
        var answer = await GetAsync("/changes", "Accept: application/x-ndjson");

        Assert.That(Fixed(answer.Body), Is.EqualTo($"{First}\n{Second}\n"));
        Assert.That((answer.ContentType, answer.Field("Films-Revision"), answer.Field("Link"), answer.Field("Vary")), Is.EqualTo(("application/x-ndjson", Revision(2), (string?)null, "Accept")));
    }

    [Test]
    public async Task Changes_AsLinesWithALimit_LinkToTheNext()
    {
        var answer = await GetAsync("/changes?limit=1", "Accept: application/x-ndjson");

        Assert.That(Fixed(answer.Body), Is.EqualTo(First + "\n"));
        Assert.That(Fixed(answer.Field("Link")!), Is.EqualTo("</changes?since=k3f9-1&limit=1>; rel=\"next\""));
    }

    [TestCase("application/json")]
    [TestCase("application/x-ndjson")]
    [TestCase("text/event-stream")]
    public async Task Head_Changes_HasTheFieldsAndEnds(string type)
    {
        var answer = await Client.SendAsync("HEAD", "/changes", null, $"Accept: {type}");

        Assert.That((answer.Status, answer.Body, answer.ContentType, answer.Field("Films-Revision")), Is.EqualTo((200, "", type, Revision(2))));
    }

    [Test]
    public async Task Changes_WritesWithoutEffect_TakeNoLine()
    {
        await PutAsync("1", Avengers);
        await Client.SendAsync("PUT", "/films/1?dryRun=true", HttpRequests.Json(UpArguments));
        await PutAsync("1", UpArguments, "If-Match: \"other\"");
        await PostAsync("""{"Id":"1","name":"Up","year":2009}""");
        await PostAsync(UpArguments, Key);
        await PostAsync(UpArguments, Key);

        Assert.That(await WalkAsync("/changes"), Is.EqualTo(new[] { "1 1 2018", "2 2 2018", "3 3 2009" }));
    }

    [TestCase("/changes?since=aaaaaa-1", "aaaaaa-1")]
    [TestCase("/changes?since=aaaaaa-0", "aaaaaa-0")]
    public async Task Changes_SinceOfAnotherEpoch_Returns410(string address, string revision) =>
        AssertProblem(await GetAsync(address), FeedReset(revision, "/changes"));

    [TestCase("application/json")]
    [TestCase("application/x-ndjson")]
    [TestCase("text/event-stream")]
    public async Task Changes_SinceOfTheFuture_Returns410(string type) =>
        AssertProblem(await GetAsync($"/changes?since={Revision(3)}", $"Accept: {type}"), FeedReset(Revision(3), "/changes"));

    [TestCase("since=")]
    [TestCase("since=00")]
    [TestCase("since=1")]
    [TestCase("since=-1")]
    [TestCase("since=rubbish")]
    [TestCase("since=k3f9-1%20")]
    [TestCase("since=k3f9-01")]
    public async Task Changes_SinceOfRubbish_IsRefused(string query) => AssertProblem(
        await GetAsync("/changes?" + query), InvalidParameters("/changes", ("since", "'since' must be a revision, such as k3f9-1042, or 0.")));

    [TestCase("0")]
    [TestCase("1001")]
    [TestCase("-1")]
    [TestCase("all")]
    [TestCase("")]
    public async Task Changes_LimitOutOfBounds_IsRefused(string limit)
    {
        foreach (var type in new[] { "application/json", "application/x-ndjson" })
        {
            AssertProblem(await GetAsync($"/changes?limit={limit}", $"Accept: {type}"), InvalidParameters("/changes", ("limit", "'limit' must be a whole number from 1 to 1000.")));
        }
    }

    [TestCase("/changes?sinse=0")]
    [TestCase("/changes?since=0&SINCE=0")]
    [TestCase("/films/1/history?since=0")]
    [TestCase("/films/1?asof=1&asOf=1")]
    [TestCase("/films/1?as_of=1")]
    public async Task Promise9_NothingIsIgnoredSilently_InQueries(string address) => Assert.That((await GetAsync(address)).Status, Is.EqualTo(400));

    [Test]
    public async Task Promise9_NothingIsIgnoredSilently_BegunWithoutSince()
    {
        Assert.That((await GetAsync($"/changes?begun={Revision(2)}")).Status, Is.EqualTo(400));
        Assert.That((await GetAsync("/changes?since=0&begun=rubbish")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Changes_MediaTypeThatIsNotServed_Returns406() => Assert.That((await GetAsync("/changes", "Accept: text/csv")).Status, Is.EqualTo(406));

    [Test]
    public async Task History_Film_IsNewestFirstAlsoAfterADelete()
    {
        await PutAsync("1", UpArguments);
        await DeleteAsync("1");

        var answer = await GetAsync("/films/1/history");

        Assert.That(Fixed(answer.Body), Is.EqualTo(
            $$$"""{"items":[{"Revision":"k3f9-4","At":"AT","By":"anonymous","Id":"1","Deleted":true},{"Revision":"k3f9-3","At":"AT","By":"anonymous","Id":"1","Name":"Up","Year":2009,"Month":"May"},{{{First}}}]}"""));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(4)));
    }

    [Test]
    public async Task History_Limit_LeadsPageByPageToTheFirst()
    {
        await PutYearsAsync("a b", 2001, 2002, 2003);

        var first = (await GetAsync("/films/a%20b/history?limit=2")).Json;
        var second = (await GetAsync((string)first["next"]!)).Json;

        Assert.That((string?)first["next"], Is.EqualTo($"/films/a%20b/history?before={Revision(4)}&limit=2"));
        Assert.That((Briefs(first), Briefs(second), second["next"]), Is.EqualTo((new[] { "5 a b 2003", "4 a b 2002" }, new[] { "3 a b 2001" }, (object?)null)));
    }

    [Test]
    public async Task History_FilmThatNeverWas_Returns404()
    {
        var answer = await GetAsync("/films/3/history");

        Assert.That((answer.Status, (string?)answer.Json["message"]), Is.EqualTo((404, "Film 3 doesn't exist")));
    }

    [TestCase("aaaaaa-1", 410)]
    [TestCase("rubbish", 400)]
    [TestCase("0", 400)]
    public async Task History_BadBefore_IsRefused(string before, int status) =>
        Assert.That((await GetAsync($"/films/1/history?before={before}")).Status, Is.EqualTo(status));

    [Test]
    public async Task Promise5_Changes_HaveNoGapNoRepeatNoReordering()
    {
        var writers = Enumerable.Range(0, 16).Select(writer => PutYearsAsync($"w{writer}", [.. Enumerable.Range(1900, 40)])).ToList();
        var followed = new List<string>();
        for (var next = "/changes?limit=7"; followed.Count < 642;)
        {
            var page = (await GetAsync(next)).Json;
            followed.AddRange(Briefs(page));
            next = (string)page["next"]!;
        }

        await Task.WhenAll(writers);
        Assert.That(followed.Select(brief => brief.Split(' ')[0]), Is.EqualTo(Enumerable.Range(1, 642).Select(number => $"{number}")));
        Assert.That(followed, Is.EqualTo(await WalkAsync("/changes")));
    }

    [Test]
    public async Task Changes_LastEventIdWithoutAStream_IsRefused() => AssertProblem(
        await GetAsync("/changes", $"Last-Event-ID: {Revision(1)}"),
        InvalidParameters("/changes", ("Last-Event-ID", "Last-Event-ID is only supported for event streams; use 'since' to say where to start.")));

    [Test]
    public async Task Changes_BegunInTheFuture_Returns410() =>
        AssertProblem(await GetAsync($"/changes?since={Revision(1)}&begun={Revision(9)}"), FeedReset(Revision(9), "/changes"));

    [Test]
    public async Task Head_ChangesAsLines_HasTheFieldsOfGet()
    {
        var (get, head) = (await GetAsync("/changes", "Accept: application/x-ndjson"), await Client.SendAsync("HEAD", "/changes", null, "Accept: application/x-ndjson"));

        Assert.That(new[] { "Films-Revision", "Cache-Control", "Vary", "Link" }.Select(head.Field), Is.EqualTo(new[] { "Films-Revision", "Cache-Control", "Vary", "Link" }.Select(get.Field)));
        Assert.That((head.Status, head.ContentType, head.Body), Is.EqualTo((200, "application/x-ndjson", "")));
    }
}
