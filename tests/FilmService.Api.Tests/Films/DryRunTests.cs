using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>Dry runs: they report what a write would do, and store nothing.</summary>
public sealed class DryRunTests : WriteTest
{
    [Test]
    public async Task DryRun_Post_TellsTheFilmAndStoresNothing()
    {
        var answer = await Client.SendAsync("POST", "/films?dryRun=true", HttpRequests.Json(UpArguments));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((201, """{"Id":"3","Name":"Up","Year":2009,"Month":"May"}""")));
        AssertDry(answer, etag: null);
        await AssertNothingStoredAsync();
        Assert.That((string?)(await PostAsync(UpArguments)).Json["Id"], Is.EqualTo("3"), "A dry run takes no id.");
    }

    [TestCase("PUT", "/films/3", UpArguments, 201, Up)]
    [TestCase("PUT", "/films/1", UpArguments, 200, Up)]
    [TestCase("PATCH", "/films/1", """{"year":1999}""", 200, """{"Name":"Avengers: Infinity War","Year":1999,"Month":"March"}""")]
    [TestCase("DELETE", "/films/1", null, 204, "")]
    public async Task DryRun_AnyWrite_TellsTheStatusAndStoresNothing(string method, string address, string? json, int status, string body)
    {
        var answer = await Client.SendAsync(method, address + "?dryRun=true", json is null ? null : HttpRequests.Json(json));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((status, body)));
        AssertDry(answer, etag: null);
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task DryRun_Restore_TellsTheFilmAndStoresNothing()
    {
        await DeleteAsync("1");

        var answer = await Client.SendAsync("POST", "/films/1/restore?dryRun=true", HttpRequests.Json($$"""{"revision":"{{Revision(2)}}"}"""));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((201, Avengers)));
        Assert.That(await StoredAsync("1"), Is.EqualTo("404  3"));
    }

    [Test]
    public async Task DryRun_NothingNew_TellsTheRevisionThatStands()
    {
        var answer = await Client.SendAsync("PATCH", "/films/1?dryRun=true", HttpRequests.Json("{}"));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Avengers)));
        AssertDry(answer, ETag(1));
    }

    [TestCase("PUT", "/films/1", UpArguments, "If-Match: \"other\"", 412)]
    [TestCase("PUT", "/films/1", UpArguments, "If-None-Match: *", 412)]
    [TestCase("PATCH", "/films/3", UpArguments, null, 404)]
    [TestCase("DELETE", "/films/3", null, null, 404)]
    [TestCase("POST", "/films", """{"Id":"1","name":"Up","year":2009}""", null, 409)]
    [TestCase("PUT", "/films/1", """{"name":""}""", null, 400)]
    public async Task DryRun_WriteThatWouldBeRefused_IsRefused(string method, string address, string? json, string? field, int status)
    {
        var answer = await Client.SendAsync(method, address + "?dryRun=true", json is null ? null : HttpRequests.Json(json), field is null ? [] : [field]);

        Assert.That(answer.Status, Is.EqualTo(status));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task DryRun_False_Stores()
    {
        var answer = await Client.SendAsync("PUT", "/films/1?DRYRUN=false", HttpRequests.Json(UpArguments));

        Assert.That((answer.Status, answer.Field("Films-Dry-Run")), Is.EqualTo((200, (string?)null)));
        Assert.That(await StoredAsync("1"), Is.EqualTo($"200 {Up} 3"));
    }

    [TestCase("dryRun=1")]
    [TestCase("dryRun=")]
    [TestCase("dryRun")]
    [TestCase("dryRun=True")]
    public async Task DryRun_NeitherTrueNorFalse_IsRefused(string query) => await AssertRefusedAsync(
        await Client.SendAsync("PUT", "/films/1?" + query, HttpRequests.Json(UpArguments)),
        InvalidParameters("/films/1", ("dryRun", "'dryRun' must be true or false.")));

    [TestCase("PUT", "/films/1?dryRun=true&dryrun=true")]
    [TestCase("GET", "/films/1?dryRun=true")]
    [TestCase("GET", "/films?dryRun=true")]
    public async Task DryRun_TwiceOrOnARead_IsRefused(string method, string address)
    {
        var answer = await Client.SendAsync(method, address, method == "PUT" ? HttpRequests.Json(UpArguments) : null);

        Assert.That(answer.Status, Is.EqualTo(400));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task DryRun_WriterHeldByAnotherProgram_AnswersAtOnce()
    {
        using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Host.DatabasePath};Pooling=False");
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();

        Assert.That((await Client.SendAsync("PUT", "/films/1?dryRun=true", HttpRequests.Json(UpArguments))).Status, Is.EqualTo(200));
    }

    private void AssertDry(HttpAnswer answer, string? etag)
    {
        Assert.That(answer.Field("Films-Dry-Run"), Is.EqualTo("true"));
        Assert.That(answer.Field("ETag"), Is.EqualTo(etag));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(2)));
    }
}
