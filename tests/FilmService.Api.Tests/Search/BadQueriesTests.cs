using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Search;

public sealed class BadQueriesTests : ServiceTest
{
    private const string SortRule = "'sort' must be any of id, name, year, released, revision and, with q, relevance, each at most once; a leading '-' sorts in descending order.";
    private const string LimitRule = "'limit' must be a whole number from 1 to 1000.";
    private const string PartRule = "'name.contains' must contain more than punctuation. To find a name that consists of punctuation, use 'name'.";
    private const string ShapeRule = "'facet' requires shape=list: the counts are a member of that object.";
    private const string FacetRule = "'facet' must be any of year, decade, month, each at most once.";
    private const string TextRule = "must be text of 1 to 500 characters without control characters.";

    [TestCase("limit=0", "limit", LimitRule)]
    [TestCase("limit=1001", "limit", LimitRule)]
    [TestCase("limit=-1", "limit", LimitRule)]
    [TestCase("limit=ten", "limit", LimitRule)]
    [TestCase("limit=", "limit", LimitRule)]
    [TestCase("limit=99999999999999999999", "limit", LimitRule)]
    [TestCase("sort=name,-name", "sort", SortRule)]
    [TestCase("sort=title", "sort", SortRule)]
    [TestCase("sort=month", "sort", SortRule)]
    [TestCase("sort=name,", "sort", SortRule)]
    [TestCase("sort=0", "sort", SortRule)]
    [TestCase("sort=", "sort", SortRule)]
    [TestCase("sort=relevance", "sort", "'sort' accepts relevance only together with 'q': it is how well the name matches the words.")]
    [TestCase("q=%3F!", "q", "'q' must contain at least one word, not only punctuation. To find a name that consists of punctuation, use 'name'.")]
    [TestCase("q=", "q", "'q' " + TextRule)]
    [TestCase("q=%E2%80%8B%20%C2%AD", "q", "'q' must contain at least one word, not only punctuation. To find a name that consists of punctuation, use 'name'.")]
    [TestCase("name.contains=%3F!", "name.contains", PartRule)]
    [TestCase("name.contains=%E2%80%8B", "name.contains", PartRule)]
    [TestCase("name.contains=%C2%B4%60", "name.contains", PartRule)]
    [TestCase("facet=year", "facet", ShapeRule)]
    [TestCase("facet=year&shape=map", "facet", ShapeRule)]
    [TestCase("facet=year&format=csv", "facet", ShapeRule)]
    [TestCase("facet=name&shape=list", "facet", FacetRule)]
    [TestCase("facet=&shape=list", "facet", FacetRule)]
    [TestCase("facet=year,&shape=list", "facet", FacetRule)]
    [TestCase("facet=year,Year&shape=list", "facet", FacetRule)]
    [TestCase("facet=0&shape=list", "facet", FacetRule)]
    [TestCase("facet=year&shape=list&facet=month", "facet", "'facet' was given more than once.")]
    [TestCase("q=a%00b", "q", "'q' " + TextRule)]
    [TestCase("name=%20", "name", "'name' " + TextRule)]
    [TestCase("name.contains=%00", "name.contains", "'name.contains' " + TextRule)]
    [TestCase("name.in=a,%22b", "name.in", "'name.in' " + TextRule)]
    [TestCase("name.in=a,,b", "name.in", "'name.in' " + TextRule)]
    [TestCase("year=18", "year", "'year' must be a year, such as 2018.")]
    [TestCase("year=2018-03", "year", "'year' must be a year, such as 2018.")]
    [TestCase("year.in=2018,x", "year.in", "'year.in' must be a year, such as 2018.")]
    [TestCase("released=2018-13", "released", "'released' must be a year or a month, such as 2018 or 2018-03.")]
    [TestCase("released.lt=2018-3", "released.lt", "'released.lt' must be a year or a month, such as 2018 or 2018-03.")]
    [TestCase("month.null=yes", "month.null", "'month.null' must be true or false.")]
    [TestCase("count=1", "count", "'count' must be true or false.")]
    [TestCase("shape=tree", "shape", "'shape' must be map or list.")]
    [TestCase("shape=list&format=csv", "shape", "'shape' applies only to JSON; text/csv has a single shape.")]
    [TestCase("format=xml", "format", "'format' must be one of json, ndjson, csv.")]
    [TestCase("fields=Name,Titel", "fields", "'fields' must be any of Id, Revision, Name, Year, Month, each at most once.")]
    [TestCase("fields=Name,name", "fields", "'fields' must be any of Id, Revision, Name, Year, Month, each at most once.")]
    [TestCase("year=2018&YEAR=2018", "year", "'year' was given more than once.")]
    [TestCase("name.startsWith=a&name.startswith=a", "name.startsWith", "'name.startsWith' was given more than once.")]
    [TestCase("id=a%2Fb", "id", "'id' must be a film id: 1 to 128 characters without '/' or control characters, other than '.' and '..'.")]
    public async Task Get_BadValue_IsNamed(string query, string name, string message) =>
        await AssertRefusedAsync(await GetAsync($"/films?{query}"), InvalidParameters("/films", (name, message)));

    [TestCase("month.gt=March", "month.gt", "'month.gt' is unknown. Did you mean 'month.in'?")]
    [TestCase("yaer=2018", "yaer", "'yaer' is unknown. Did you mean 'year'?")]
    [TestCase("name.startwith=a", "name.startwith", "'name.startwith' is unknown. Did you mean 'name.startsWith'?")]
    public async Task Get_UnknownName_IsNamedWithWhatWasMeant(string query, string name, string message)
    {
        var answer = await GetAsync($"/films?{query}");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That((string?)answer.Json["errors"]![name]![0], Does.StartWith(message + " Accepted here: id, id.in, "));
    }

    [Test]
    public async Task Get_TwoHundredValues_IsRefused() => AssertProblem(
        await GetAsync($"/films?year.in={string.Join(',', Enumerable.Range(1900, 200))}"),
        InvalidParameters("/films", ("year.in", "'year.in' takes at most 100 values; these are 200.")));

    [Test]
    public async Task Get_ManyFaults_AreToldAtOnce()
    {
        var answer = await GetAsync("/films?year=x&limit=0&month=Mai&count=maybe");

        Assert.That((string?)answer.Json["message"], Does.StartWith("'year' must be a year, such as 2018. 'month' must be one of January,").And.EndsWith("'limit' must be a whole number from 1 to 1000. And 1 more: count."));
        Assert.That(answer.Json["errors"]!.AsObject().Select(error => error.Key), Is.EqualTo(new[] { "year", "month", "limit", "count" }));
    }

    [Test]
    public async Task Get_ValueThatIsNotUtf8_IsRefused() => AssertProblem(
        await Host.SendRawAsync("GET /films?name=%C0%AF"), Malformed("The query string is not valid percent-encoded UTF-8.", "/films"));

    [Test]
    public async Task Get_CursorWithoutLimit_IsRefused()
    {
        var next = (string)(await GetAsync("/films?limit=1&shape=list")).Json["next"]!;

        AssertProblem(
            await GetAsync($"/films?{next[next.IndexOf("cursor=", StringComparison.Ordinal)..]}"),
            InvalidParameters("/films", ("cursor", "'cursor' requires 'limit': it says where a page begins.")));
    }
}
