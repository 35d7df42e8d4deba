using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Search;

public sealed class FacetTests : SearchTest
{
    private const string Months = """[{"value":"March","count":1},{"value":"April","count":2},{"value":"May","count":1},{"value":"June","count":2},{"value":"December","count":1},{"value":null,"count":2}]""";
    private const string Decades = """[{"value":1960,"count":1},{"value":2000,"count":5},{"value":2010,"count":3}]""";

    [Test]
    public async Task Get_Facets_CountAllFilmsWhateverThePage()
    {
        var page = await GetAsync("/films?shape=list&limit=1&fields=Id&facet=month,decade");
        var last = await GetAsync("/films?shape=list&sort=-id&limit=1000&fields=Id&facet=decade");
        var all = await GetAsync("/films?shape=list&facet=Year&fields=Id");

        Assert.That(page.Body, Does.EndWith(",\"facets\":{\"month\":" + Months + ",\"decade\":" + Decades + "}}"));
        Assert.That(page.Json["next"], Is.Not.Null);
        Assert.That(last.Body, Does.EndWith("{\"Id\":\"1\"}],\"facets\":{\"decade\":" + Decades + "}}"));
        Assert.That(all.Body, Does.EndWith("""
            "facets":{"year":[{"value":1969,"count":1},{"value":2001,"count":1},{"value":2005,"count":1},{"value":2008,"count":1},{"value":2009,"count":2},{"value":2018,"count":3}]}}
            """));
    }

    [TestCase("name.contains=war", """[{"value":2000,"count":1},{"value":2010,"count":2}]""")]
    [TestCase("q=up", """[{"value":2000,"count":2}]""")]
    [TestCase("year=2009", """[{"value":2000,"count":2}]""")]
    [TestCase("month.null=true", """[{"value":2000,"count":1},{"value":2010,"count":1}]""")]
    [TestCase("year.gte=2009&month.in=April,May", """[{"value":2000,"count":1},{"value":2010,"count":1}]""")]
    [TestCase("year=1900", "[]")]
    [TestCase("q=nothing", "[]")]
    public async Task Get_FacetsWithFilter_CountWhatMatches(string query, string decades)
    {
        var list = await GetAsync($"/films?shape=list&limit=1&count=true&facet=decade&{query}");

        Assert.That(list.Json["facets"]!.ToJsonString(), Is.EqualTo($$"""{"decade":{{decades}}}"""));
        Assert.That(list.Field("X-Total-Count"), Is.EqualTo($"{list.Json["facets"]!["decade"]!.AsArray().Sum(value => (int)value!["count"]!)}"));
    }

    [Test]
    public async Task Get_FacetsAfterWrites_CountTheFilmsAsTheyAre()
    {
        await PutAsync("1", """{"name":"Amélie","year":1961,"month":"April"}""");
        await PutAsync("2", """{"name":"Up again","year":2009}""");
        await DeleteAsync("9");
        await Client.SendAsync("POST", "/films", new StringContent("{\"Name\":\"Up\",\"Year\":1899,\"Month\":\"May\"}\n", System.Text.Encoding.UTF8, "application/x-ndjson"));

        var list = await GetAsync("/films?shape=list&limit=1&facet=decade,month");

        Assert.That(list.Json["facets"]!["decade"]!.ToJsonString(), Is.EqualTo("""[{"value":1890,"count":1},{"value":1960,"count":1},{"value":2000,"count":4},{"value":2010,"count":3}]"""));
        Assert.That(list.Json["facets"]!["month"]!.ToJsonString(), Is.EqualTo("""[{"value":"March","count":1},{"value":"April","count":2},{"value":"May","count":1},{"value":"June","count":2},{"value":null,"count":3}]"""));
    }

    [Test]
    public async Task Query_Facets_AreThoseOfGet()
    {
        var body = new FormUrlEncodedContent([new("facet", "decade"), new("shape", "list"), new("limit", "1")]);

        Assert.That((await Client.SendAsync("QUERY", "/films", body)).Json["facets"]!["decade"]!.ToJsonString(), Is.EqualTo(Decades));
    }

    [Test]
    public async Task Get_Facets_AreInTheETagAndNotInTheCursor()
    {
        var plain = await GetAsync("/films?shape=list&limit=1");
        var counted = await GetAsync("/films?shape=list&limit=1&facet=month");

        Assert.That(counted.Field("ETag"), Is.Not.EqualTo(plain.Field("ETag")));
        Assert.That((await GetAsync("/films?shape=list&limit=1&facet=month", $"If-None-Match: {counted.Field("ETag")}")).Status, Is.EqualTo(304));
        Assert.That((await GetAsync((string)plain.Json["next"]! + "&facet=month")).Json["facets"]!["month"]!.ToJsonString(), Is.EqualTo(Months));
    }
}
