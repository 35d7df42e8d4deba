using FilmService.Api.Tests.Films;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Search;

/// <summary><c>fields=Revision</c>: a row of a list carries what a client needs for If-Match.</summary>
public sealed class RowRevisionTests : WriteTest
{
    [TestCase("fields=Revision", """{"1":{"Revision":"k3f9-1"},"2":{"Revision":"k3f9-2"}}""")]
    [TestCase("fields=name,REVISION&limit=1&shape=list&sort=-revision", """{"items":[{"Id":"2","Revision":"k3f9-2","Name":"Ant Man and the Wasp"}],"next":"...""")]
    [TestCase("fields=Year,Revision,Month&format=ndjson", "{\"Id\":\"1\",\"Revision\":\"k3f9-1\",\"Year\":2018,\"Month\":\"March\"}\n{\"Id\":\"2\",\"Revision\":\"k3f9-2\",\"Year\":2018,\"Month\":\"August\"}\n")]
    [TestCase("fields=Id,Revision&format=csv", "Id,Revision\r\n1,k3f9-1\r\n2,k3f9-2\r\n")]
    [TestCase("fields=Revision&q=ant", """{"2":{"Revision":"k3f9-2"}}""")]
    public async Task List_WithRevisions_ShowsThemInEveryFormat(string query, string expected)
    {
        var body = (await GetAsync($"/films?{query}")).Body.Replace(Revision(0).Split('-')[0], "k3f9", StringComparison.Ordinal);

        Assert.That(expected.EndsWith("...", StringComparison.Ordinal) ? body[..(expected.Length - 3)] + "..." : body, Is.EqualTo(expected));
    }

    [Test]
    public async Task Row_InQuotes_IsTheFilmsETagForAnEdit()
    {
        await PutAsync("1", UpArguments);
        var row = (await GetAsync("/films?fields=Name,Revision&shape=list")).Json["items"]![0]!;
        var etag = $"If-Match: \"{row["Revision"]}\"";

        Assert.That((await GetAsync("/films/1")).Field("ETag"), Is.EqualTo($"\"{row["Revision"]}\""));
        Assert.That((await PutAsync("1", """{"name":"Up","year":2010}""", etag)).Status, Is.EqualTo(200));
        Assert.That((await PutAsync("1", """{"name":"Up","year":2011}""", etag)).Status, Is.EqualTo(412));
        Assert.That((string?)(await GetAsync("/films?fields=Revision")).Json["1"]!["Revision"], Is.EqualTo(Revision(4)));
    }

    [TestCase("ndjson", "application/x-ndjson")]
    [TestCase("csv", "text/csv")]
    public async Task Export_WithRevisions_CanBeImportedAgain(string format, string type)
    {
        var export = (await GetAsync($"/films?format={format}&fields=Id,Revision,Name,Year,Month")).Body;

        var answer = await Client.SendAsync("POST", "/films?onConflict=replace", new StringContent(export, null, type));

        Assert.That((answer.Status, (int?)answer.Json["unchanged"]), Is.EqualTo((200, (int?)2)), answer.Body);
    }

    [Test]
    public async Task ETag_OfAListWithRevisions_IsItsOwn() =>
        Assert.That((await GetAsync("/films?fields=Id,Revision")).Field("ETag"), Is.Not.EqualTo((await GetAsync("/films?fields=Id")).Field("ETag")));
}
