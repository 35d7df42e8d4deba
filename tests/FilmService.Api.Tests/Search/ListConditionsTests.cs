using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Search;

public sealed class ListConditionsTests : ServiceTest
{
    [Test]
    public async Task Get_IfMatchWithAWeakTag_IsAnsweredWith412ThatSaysSo()
    {
        var etag = (await GetAsync("/films")).Field("ETag");

        var answer = await GetAsync("/films", $"If-Match: W/{etag}");

        Assert.That((answer.Status, (string?)answer.Json["message"]), Is.EqualTo((412, $"The list has changed since the ETag in If-Match; its current ETag is {etag}. A weak tag (W/\"...\") never matches If-Match: send the tag without W/. Proxies that compress responses make tags weak.")));
    }

    [Test]
    public async Task Get_SameQueryInOtherWords_HasTheSameETag()
    {
        var one = (await GetAsync("/films?year=2018&sort=name&_x=1")).Field("ETag");

        Assert.That((await GetAsync("/films?SORT=name&Year=2018")).Field("ETag"), Is.EqualTo(one));
        Assert.That((await GetAsync("/films?sort=name&year=2009")).Field("ETag"), Is.Not.EqualTo(one));
        Assert.That((await GetAsync("/films?sort=name&year=2018&shape=list")).Field("ETag"), Is.Not.EqualTo(one));
    }

    [Test]
    public async Task Get_IfNoneMatch_Returns304UntilTheCatalogueChanges()
    {
        var etag = (await GetAsync("/films?year=2018")).Field("ETag")!;
        var unchanged = await GetAsync("/films?year=2018", $"If-None-Match: \"x\", W/{etag}");
        await PutAsync("3", UpArguments);

        Assert.That((unchanged.Status, unchanged.Body, unchanged.Field("ETag")), Is.EqualTo((304, "", etag)));
        Assert.That((await GetAsync("/films?year=2018", $"If-None-Match: {etag}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Get_IfMatch_HoldsForTheListAsItIs()
    {
        var etag = (await GetAsync("/films?year=2018")).Field("ETag")!;

        Assert.That((await GetAsync("/films?year=2018", $"If-Match: {etag}")).Body, Is.EqualTo(NewCatalogue));
        Assert.That((await GetAsync("/films?year=2018", "If-Match: *")).Status, Is.EqualTo(200));
        Assert.That((await GetAsync("/films?year=2018", $"If-Match: W/{etag}")).Status, Is.EqualTo(412));
        Assert.That((await GetAsync("/films?year=2009", $"If-Match: {etag}")).Status, Is.EqualTo(412));
        Assert.That((await GetAsync("/films", "If-Match: x")).Status, Is.EqualTo(400));
    }

    [TestCase("/films?year=2018&limit=1&count=true&shape=list")]
    [TestCase("/films?q=ant&count=true")]
    [TestCase("/films?limit=0")]
    public async Task Head_Query_AnswersAsGetWithoutBody(string address)
    {
        var (get, head) = (await GetAsync(address), await Client.SendAsync("HEAD", address));

        Assert.That((head.Status, head.Body), Is.EqualTo((get.Status, "")));
        Assert.That(
            new[] { "ETag", "Link", "X-Total-Count", "Content-Length", "Films-Revision" }.Select(head.Field),
            Is.EqualTo(new[] { "ETag", "Link", "X-Total-Count", "Content-Length", "Films-Revision" }.Select(get.Field)));
    }
}

public sealed class LargeCatalogueTests : ServiceTest
{
    protected override string[] Settings => ["Films:RequireLimitAbove=2"];

    protected override string Reader => "Accept: application/json";

    [Test]
    public async Task Get_NoLargerThanTheSetting_IsListed() => Assert.That((await GetAsync("/films")).Body, Is.EqualTo(NewCatalogue));

    [TestCase("/films")]
    [TestCase("/films?year=2018")]
    [TestCase("/films?shape=list")]
    public async Task Get_LargerThanTheSetting_AsksForAPage(string address)
    {
        await PutAsync("3", UpArguments);

        AssertProblem(await GetAsync(address), InvalidParameters("/films", (
            "limit", "The catalogue has more than 2 films: request a page of up to 1000 with 'limit' and follow the links to the next. To get all of them, export NDJSON or CSV.")));
        Assert.That((await GetAsync(address, "Accept: text/csv")).Status, Is.EqualTo(address.Contains("shape", StringComparison.Ordinal) ? 400 : 200));
        Assert.That((await GetAsync("/films?limit=1")).Status, Is.EqualTo(200));
    }
}
