using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Search;

/// <summary>Lists and exports of the films as they were at a revision.</summary>
public sealed class AsOfTests : SearchTest
{
    private static readonly string[] Queries =
    [
        "", "format=ndjson", "format=csv", "format=csv&fields=Name,Revision", "shape=list", "fields=Name", "count=true", "limit=1000&count=true",
        "id=1", "id.in=1,2,9,77", "name=amelie", "name.in=up,wall%20e", "name.contains=war", "name.startsWith=up", "q=up", "q=infinity%20wa", "q=walle", "q=war&count=true",
        "year=2009", "year.ne=2018", "year.gte=2005&year.lt=2018", "year.in=2009,1969", "released=2018-04", "released.gt=2008", "month=June", "month.in=april,may", "month.null=true", "month.null=false&count=true",
        "shape=list&sort=name", "shape=list&sort=-name", "shape=list&sort=-released,name", "shape=list&sort=year", "shape=list&sort=-year&limit=1000", "shape=list&sort=revision", "shape=list&sort=-id", "shape=list&q=up&sort=-relevance",
        "shape=list&facet=year,decade,month", "shape=list&facet=month&q=war", "format=ndjson&sort=name&year.gte=2005", "format=csv&q=war", "_x=1&year=2018",
    ];

    [TestCaseSource(nameof(Queries))]
    public async Task Get_ListAsOfARevision_EqualsTheListOfThatTime(string query)
    {
        var then = await GetAsync($"/films?{query}");
        await ChangeEverythingAsync();

        var asOf = await GetAsync($"/films?{query}&asOf={Revision(9)}");

        Assert.That((asOf.Status, asOf.Body), Is.EqualTo((200, then.Body)));
        string[] same = ["Films-Revision", "X-Total-Count", "Content-Type", "Content-Disposition", "Vary", "Accept-Query"];
        Assert.That(same.Select(asOf.Field), Is.EqualTo(same.Select(then.Field)));
        Assert.That((await GetAsync($"/films?{query}")).Body, Is.Not.EqualTo(then.Body), "The films have changed.");
    }

    [TestCase("sort=id")]
    [TestCase("sort=name")]
    [TestCase("sort=-year")]
    [TestCase("q=u")]
    [TestCase("year.gte=2005&sort=-released,name")]
    [TestCase("sort=revision")]
    public async Task Get_PagesAsOfARevision_WalkTheFilmsOfThatTimeWhateverIsWritten(string query)
    {
        var then = await FindAsync($"{query}&limit=1000");
        await ChangeEverythingAsync();

        var walked = new List<string>();
        for (var address = $"/films?shape=list&{query}&limit=2&asOf={Revision(9)}"; address is not null;)
        {
            var page = await GetAsync(address);
            Assert.That((page.Status, page.Field("Films-Revision")), Is.EqualTo((200, Revision(9))), page.Body);
            walked.Add(Ids(page));
            address = (string?)page.Json["next"];
            await PutAsync("3", $$"""{"name":"Up {{walked.Count}}","year":2009}""");
        }

        Assert.That(string.Join(' ', walked), Is.EqualTo(then));
    }

    [Test]
    public async Task Get_CursorOfAnotherRevision_IsRefused()
    {
        await ChangeEverythingAsync();
        var next = (string)(await GetAsync($"/films?shape=list&limit=2&asOf={Revision(9)}")).Json["next"]!;

        Assert.That((await GetAsync(next)).Status, Is.EqualTo(200));
        Assert.That((await GetAsync(next.Replace(Revision(9), Revision(8), StringComparison.Ordinal))).Status, Is.EqualTo(400));
        Assert.That((await GetAsync(next.Replace($"&asOf={Revision(9)}", "", StringComparison.Ordinal))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Get_EveryRevisionFromBeforeTheFirst_IsTheCatalogueOfThatTime()
    {
        Assert.That((await GetAsync($"/films?asOf={Revision(0)}")).Body, Is.EqualTo("{}"));
        Assert.That((await GetAsync($"/films?asOf={Revision(0)}&format=csv")).Body, Is.EqualTo("Id,Name,Year,Month\r\n"));
        for (var number = 1; number <= 9; number++)
        {
            Assert.That(await FindAsync($"asOf={Revision(number)}"), Is.EqualTo(string.Join(' ', Enumerable.Range(1, number))));
        }
    }

    [Test]
    public async Task Get_FilmThatWasDeletedAndCameBack_IsThereOnlyWhenItWas()
    {
        await DeleteAsync("2");
        await PutAsync("2", UpArguments);

        Assert.That(await FindAsync($"asOf={Revision(9)}"), Does.StartWith("1 2 3"));
        Assert.That(await FindAsync($"asOf={Revision(10)}"), Does.StartWith("1 3"));
        Assert.That(await FindAsync($"asOf={Revision(11)}"), Does.StartWith("1 2 3"));
    }

    [TestCase("aaaaaa-1")]
    [TestCase(null)]
    public async Task Get_OtherEpochOrTheFuture_Returns410(string? revision)
    {
        revision ??= Revision(10);

        foreach (var format in new[] { "", "&format=csv", "&limit=2", "&sort=name&limit=2" })
        {
            var answer = await GetAsync($"/films?asOf={revision}{format}");
            AssertProblem(answer, Problem(
                "feed-reset", "This revision is not available", 410, $"Revision {revision} belongs to another catalogue, is in the future, or is older than the changes that are kept.", "/films"));
            Assert.That((answer.Field("Cache-Control"), answer.Field("ETag"), answer.Field("Films-Revision")), Is.EqualTo(("no-cache", (string?)null, Revision(9))));
        }
    }

    [TestCase("")]
    [TestCase("0")]
    [TestCase("9")]
    [TestCase("yesterday")]
    [TestCase("k3f9-01")]
    [TestCase("k3f9-99999999999999999999")]
    public async Task Get_NoRevision_IsRefused(string revision) => AssertProblem(
        await GetAsync($"/films?asOf={revision}"), InvalidParameters("/films", ("asOf", "'asOf' must be a revision, such as k3f9-1042.")));

    [Test]
    public async Task Get_AsOfTwice_IsRefused() => AssertProblem(
        await GetAsync($"/films?asOf={Revision(9)}&ASOF={Revision(9)}"), InvalidParameters("/films", ("asOf", "'asOf' was given more than once.")));

    [TestCase("", "public, max-age=31536000")]
    [TestCase("&limit=2&year=2009", "public, max-age=31536000")]
    [TestCase("&format=csv&sort=-released", "public, max-age=31536000")]
    [TestCase("&sort=name", "no-cache")]
    [TestCase("&name=up", "no-cache")]
    [TestCase("&name.in=up", "no-cache")]
    [TestCase("&name.startsWith=up", "no-cache")]
    [TestCase("&name.contains=up", "no-cache")]
    [TestCase("&q=up", "no-cache")]
    public async Task Get_AsOf_IsCachedForeverUnlessNamesAreCompared(string query, string cacheControl)
    {
        var address = $"/films?asOf={Revision(8)}{query}";

        var (get, head) = (await GetAsync(address), await Client.SendAsync("HEAD", address));
        var again = await GetAsync(address, $"If-None-Match: {get.Field("ETag")}");

        Assert.That((get.Status, get.Field("Cache-Control")), Is.EqualTo((200, cacheControl)));
        Assert.That((head.Status, head.Body, head.Field("Cache-Control"), head.Field("ETag")), Is.EqualTo((200, "", cacheControl, get.Field("ETag"))));
        Assert.That((again.Status, again.Field("Cache-Control"), again.Field("Films-Revision")), Is.EqualTo((304, cacheControl, Revision(8))));
        Assert.That(get.Field("ETag"), Does.StartWith($"\"{Revision(8)}."));
    }

    [Test]
    public async Task Get_IfNoneMatchOfARevisionToCome_Returns410()
    {
        var etag = (await GetAsync($"/films?asOf={Revision(9)}")).Field("ETag")!;

        Assert.That((await GetAsync($"/films?asOf={Revision(10)}", $"If-None-Match: {etag.Replace("-9.", "-10.", StringComparison.Ordinal)}, *")).Status, Is.EqualTo(410));
    }

    [Test]
    public async Task Get_IfMatch_HoldsForTheRevisionAskedFor()
    {
        var etag = (await GetAsync($"/films?asOf={Revision(9)}")).Field("ETag")!;
        await ChangeEverythingAsync();

        Assert.That((await GetAsync($"/films?asOf={Revision(9)}", $"If-Match: {etag}")).Status, Is.EqualTo(200));
        var other = await GetAsync($"/films?asOf={Revision(8)}", $"If-Match: {etag}");
        Assert.That((other.Status, other.Field("Cache-Control")), Is.EqualTo((412, "no-cache")));
    }

    [Test]
    public async Task Query_AsOfInTheBody_IsTheListOfThatTime()
    {
        await ChangeEverythingAsync();

        var answer = await Client.SendAsync("QUERY", "/films?shape=list", new FormUrlEncodedContent([new("asOf", Revision(9)), new("year", "2009")]));

        Assert.That((answer.Status, Ids(answer)), Is.EqualTo((200, "2 3")));
    }

    [TestCase("/films")]
    [TestCase("/films?format=ndjson&fields=Id,Revision,Name")]
    [TestCase("/films?format=csv")]
    [TestCase("/films?shape=list&sort=-year,name&limit=20&count=true")]
    [TestCase("/films?shape=list&q=up&limit=5")]
    public async Task Get_RevisionOfAnEarlierAnswerWhileOthersWrite_GivesTheSameBytesAgain(string address)
    {
        using var end = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 3).Select(writer => WriteUntilAsync(writer, end.Token)));
        var answers = new List<HttpAnswer>();
        for (var i = 0; i < 12; i++)
        {
            await PutAsync("10", $$"""{"name":"Up {{i}}","year":2009}""");
            answers.Add(await GetAsync(address));
        }

        foreach (var then in answers)
        {
            var again = await GetAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}asOf={then.Field("Films-Revision")}");
            Assert.That((again.Status, Comparable(again)), Is.EqualTo((200, Comparable(then))));
        }

        await end.CancelAsync();
        await writing;
    }

    // A link to the next page names the revision.
    private static string Comparable(HttpAnswer answer) =>
        answer.Body.Contains("\"next\"", StringComparison.Ordinal) ? answer.Json["items"]!.ToJsonString() : answer.Body;

    private async Task WriteUntilAsync(int writer, CancellationToken end)
    {
        for (var number = 0; !end.IsCancellationRequested; number++)
        {
            var id = $"{writer}-{number % 30}";
            _ = number % 7 == 3 ? await DeleteAsync(id) : await PutAsync(id, $$"""{"name":"Up {{number}}","year":{{1900 + (number % 200)}}}""");
        }
    }

    private async Task ChangeEverythingAsync()
    {
        for (var id = 1; id <= 9; id++)
        {
            _ = id % 3 == 0 ? await DeleteAsync($"{id}") : await PutAsync($"{id}", $$"""{"name":"Changed {{id}}","year":{{2100 + id}},"month":"{{(id == 1 ? "January" : "November")}}"}""");
        }

        await PutAsync("10", """{"name":"Up the war WALL·E Amélie","year":2009}""");
        for (var year = 1900; year < 1903; year++)
        {
            await PutAsync("11", $$"""{"name":"War","year":{{year}}}""");
        }
    }
}

public sealed class AsOfForReadersTests : ServiceTest
{
    protected override string[] Settings => ["Access:Read=Scoped"];

    protected override string Reader => Basic("admin", "atCh_5K}?g");

    [Test]
    public async Task Get_ReadingNeedsALogin_IsCachedPrivately()
    {
        var answer = await GetAsync($"/films?asOf={Revision(2)}", Reader);

        Assert.That((answer.Status, answer.Body, answer.Field("Cache-Control")), Is.EqualTo((200, NewCatalogue, "max-age=31536000, private")));
        Assert.That((await GetAsync($"/films?asOf={Revision(2)}")).Status, Is.EqualTo(401));
    }
}
