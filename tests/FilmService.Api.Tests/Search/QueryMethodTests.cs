using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Search;

public sealed class QueryMethodTests : SearchTest
{
    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    [Test]
    public async Task Query_ConditionsInTheBody_FindsAsGetDoes()
    {
        var answer = await Client.SendAsync("QUERY", "/films", Form(("name.contains", "war"), ("shape", "list"), ("count", "true")));

        Assert.That((answer.Status, Ids(answer), answer.Field("X-Total-Count")), Is.EqualTo((200, "5 6 7", "3")));
        Assert.That(answer.Field("Accept-Query"), Is.EqualTo("application/x-www-form-urlencoded"));
    }

    [Test]
    public async Task Query_ConditionsInAddressAndBody_MeetsAll() =>
        Assert.That(Ids(await Client.SendAsync("QUERY", "/films?shape=list&year=2018", Form(("name.contains", "war")))), Is.EqualTo("5 7"));

    [Test]
    public async Task Query_HundredLongNames_AreTaken()
    {
        var names = string.Join(',', Enumerable.Range(0, 99).Select(i => new string('x', 400) + i).Append("Up"));

        Assert.That(Ids(await Client.SendAsync("QUERY", "/films?shape=list", Form(("name.in", names)))), Is.EqualTo("2"));
    }

    [Test]
    public async Task Query_Page_IsWalkedWithTheSameBody()
    {
        var first = await Client.SendAsync("QUERY", "/films?shape=list", Form(("year.gte", "2009"), ("limit", "3")));
        var second = await Client.SendAsync("QUERY", (string)first.Json["next"]!, Form(("year.gte", "2009"), ("limit", "3")));

        Assert.That((Ids(first), Ids(second), (string?)second.Json["next"]), Is.EqualTo(("2 3 5", "7 8", (string?)null)));
    }

    [Test]
    public async Task Query_IfNoneMatchOfItsAnswer_Returns304()
    {
        var etag = (await Client.SendAsync("QUERY", "/films", Form(("year", "2018")))).Field("ETag")!;

        Assert.That((await Client.SendAsync("QUERY", "/films", Form(("year", "2018")), $"If-None-Match: {etag}")).Status, Is.EqualTo(304));
        Assert.That((await Client.SendAsync("QUERY", "/films", Form(("year", "2009")), $"If-None-Match: {etag}")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Query_NameInAddressAndBody_IsRefused() => AssertProblem(
        await Client.SendAsync("QUERY", "/films?YEAR=2018", Form(("year", "2018"))), InvalidParameters("/films", ("year", "'year' was given more than once.")));

    [Test]
    public async Task Query_JsonBody_Returns415WithWhatIsTaken()
    {
        var answer = await Client.SendAsync("QUERY", "/films", HttpRequests.Json("{}"));

        Assert.That((answer.Status, answer.Field("Accept-Query")), Is.EqualTo((415, "application/x-www-form-urlencoded")));
    }

    [Test]
    public async Task Query_WithoutABody_Returns415() => Assert.That((await Client.SendAsync("QUERY", "/films")).Status, Is.EqualTo(415));

    [Test]
    public async Task Query_FromAnotherSite_IsAnsweredAsItIsSafe() => Assert.That(
        (await Client.SendAsync("QUERY", "/films", Form(("year", "2018")), "Sec-Fetch-Site: cross-site")).Status, Is.EqualTo(200));

    [Test]
    public async Task Query_OtherAddress_Returns405() => Assert.That((await Client.SendAsync("QUERY", "/films/1", Form())).Status, Is.EqualTo(405));

    [Test]
    public async Task Options_Films_TellsWhatQueryTakes()
    {
        var answer = await Client.SendAsync("OPTIONS", "/films");

        Assert.That((answer.Field("Allow"), answer.Field("Accept-Query")), Is.EqualTo(("GET, HEAD, OPTIONS, POST, QUERY", "application/x-www-form-urlencoded")));
    }
}
