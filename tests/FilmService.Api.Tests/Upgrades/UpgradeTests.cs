using System.IO.Compression;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Upgrades;

/// <summary>
/// The service on a database that commit 5b6a502 created and that was killed (SIGKILL) before its films and indexes had the last
/// four changes. The clock is set to that time, so that idempotency keys are still valid.
/// </summary>
public sealed class UpgradeTests : ServiceTest
{
    private const string Database = "tests/FilmService.Infrastructure.Tests/Sqlite/Databases/films-of-5b6a502.db.gz";
    private const string Key = "fsk_KBHhykp8WsJW_qZ_JDNKrQa11fAOyCTC4PoPQyuIB3LlzHC9";

    private static readonly string Admin = Basic("admin", "atCh_5K}?g");

    protected override async Task<FilmServiceHost> StartHostAsync()
    {
        var host = await FilmServiceHost.StartAsync(new Clock());
        await host.RestartAsync(() => Unpack(host));
        return host;
    }

    [Test]
    public async Task Films_AfterAnUpgrade_AreThereWithTheirRevisions()
    {
        var amelie = await GetAsync("/films/amelie");
        Assert.That(amelie.Body, Is.EqualTo("""{"Name":"Amélie","Year":2001,"Month":null}"""));
        Assert.That(amelie.Field("ETag"), Is.EqualTo("\"dspe4r-13\""));
        Assert.That((await GetAsync("/films/up")).Body, Is.EqualTo("""{"Name":"Up!","Year":2009,"Month":"June"}"""));
        AssertProblem(await GetAsync("/films/2"), NoSuchFilm("2"));
        AssertProblem(await GetAsync("/films/gone"), NoSuchFilm("gone"));
    }

    [TestCase("/films", "1 3 amelie late up")]
    [TestCase("/films?shape=list&sort=-released", "1 late 3 up amelie")]
    [TestCase("/films?month.null=true", "3 amelie late")]
    [TestCase("/films?month=June", "up")]
    [TestCase("/films?month=May", "")]
    [TestCase("/films?q=amelie", "amelie")]
    [TestCase("/films?q=fabuleux", "")]
    [TestCase("/films?q=late", "late")]
    [TestCase("/films?name.contains=veng", "1")]
    [TestCase("/films?name.contains=wasp", "")]
    public async Task Lists_AfterAnUpgrade_FindTheFilmsAsTheyAreNow(string address, string ids)
    {
        var list = await GetAsync(address);

        Assert.That(list.Status, Is.EqualTo(200), list.Body);
        Assert.That(list.Field("Films-Revision"), Is.EqualTo("dspe4r-13"));
        var found = list.Json["items"]?.AsArray().Select(film => (string)film!["Id"]!) ?? list.Json.AsObject().Select(film => film.Key);
        Assert.That(string.Join(' ', found), Is.EqualTo(ids));
    }

    [Test]
    public async Task History_AfterAnUpgrade_HasEveryChange()
    {
        var history = await GetAsync("/films/amelie/history");
        Assert.That(history.Json["items"]!.AsArray().Select(change => $"{change!["Revision"]} {change["By"]}"), Is.EqualTo(new[] { "dspe4r-13 ann", "dspe4r-9 admin", "dspe4r-3 ann" }));
        Assert.That((await GetAsync("/films/up?asOf=dspe4r-10")).Body, Is.EqualTo("""{"Name":"Up","Year":2009,"Month":"May"}"""));
        Assert.That((await GetAsync("/films/gone?asOf=dspe4r-5")).Body, Is.EqualTo("""{"Name":"Gone Girl","Year":2014,"Month":"October"}"""));

        var feed = await GetAsync("/changes?since=dspe4r-0");
        Assert.That(feed.Json["items"]!.AsArray().Select(change => (string)change!["Revision"]!), Is.EqualTo(Enumerable.Range(1, 13).Select(number => $"dspe4r-{number}")));
    }

    [Test]
    public async Task Keys_AfterAnUpgrade_ReplayTheirAnswers()
    {
        var second = await PutAgainAsync("up", """{"name": "Up", "year": 2009, "month": "May"}""", Basic("ann", "a long one"), "Idempotency-Key: second");
        var third = await DeleteAsync("2", Admin, "Idempotency-Key: third");
        var fourth = await PutAgainAsync("amelie", """{"name": "Am\u00e9lie", "year": 2001, "month": null}""", Basic("ann", "a long one"), "Idempotency-Key: fourth");

        Assert.That((second.Status, second.Body, second.Field("ETag")), Is.EqualTo((200, Up, "\"dspe4r-7\"")));
        Assert.That((third.Status, third.Body), Is.EqualTo((204, "")));
        Assert.That((fourth.Status, fourth.Field("ETag")), Is.EqualTo((200, "\"dspe4r-13\"")));
        Assert.That(new[] { second, third, fourth }.Select(answer => answer.Field("Idempotency-Replayed")), Is.All.EqualTo("true"));
        Assert.That((await GetAsync("/films")).Field("Films-Revision"), Is.EqualTo("dspe4r-13"));
    }

    [Test]
    public async Task LogIns_AfterAnUpgrade_AreWhatTheyWere()
    {
        var body = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        var token = await Client.SendAsync("POST", "/oauth/token", body, Basic("01tt5km3bs5rvzo9", "fcs_6zPjBrfHJAsf6s-Qox8FF-W8Zz2PpClxwxg0ux9rpVEGShOb"));
        Assert.That(token.Status, Is.EqualTo(200), token.Body);

        Assert.That((await GetAsync("/hello_world", Basic("ann", "a long one"))).Status, Is.EqualTo(200));
        Assert.That((await GetAsync("/hello_world", "X-API-Key: " + Key)).Status, Is.EqualTo(200));
        Assert.That((await GetAsync("/hello_world", $"Authorization: Bearer {token.Json["access_token"]}")).Status, Is.EqualTo(200));
        Assert.That((await GetAsync("/hello_world", Basic("ann", "another one"))).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Writes_AfterAnUpgrade_GoOnFromTheLastRevisionAndId()
    {
        var created = await Client.SendAsync("POST", "/films", HttpRequests.Json(UpArguments));

        Assert.That((created.Status, (string?)created.Json["Id"], created.Field("Films-Revision")), Is.EqualTo((201, "4", "dspe4r-14")));
    }

    // The same bytes and the same media type, without a charset, as the first time.
    private Task<HttpAnswer> PutAgainAsync(string id, string json, params string[] fields)
    {
        var body = HttpRequests.Json(json);
        body.Headers.ContentType = new("application/json");
        return Client.SendAsync("PUT", $"/films/{id}", body, fields);
    }

    private static void Unpack(FilmServiceHost host)
    {
        Directory.EnumerateFiles(host.Folder, "films.db*").ToList().ForEach(File.Delete);
        using var packed = new GZipStream(File.OpenRead(Repository.Path(Database)), CompressionMode.Decompress);
        using var database = File.Create(host.DatabasePath);
        packed.CopyTo(database);
    }

    private sealed class Clock : TimeProvider
    {
        private readonly TimeSpan _back = System.GetUtcNow() - new DateTimeOffset(2026, 11, 28, 14, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - _back;
    }
}
