using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>Reading a film's earlier revisions and restoring them.</summary>
public sealed class RestoringFilmsTests : WriteTest
{
    [Test]
    public async Task GetAsOf_EachRevision_IsTheFilmAsItWas()
    {
        await PutAsync("1", UpArguments);
        await DeleteAsync("1");
        await PutAsync("1", """{"name":"Back","year":2020}""");

        Assert.That((await GetAsync($"/films/1?asOf={Revision(1)}")).Body, Is.EqualTo(Avengers));
        Assert.That((await GetAsync($"/films/1?asOf={Revision(2)}")).Body, Is.EqualTo(Avengers));
        Assert.That((await GetAsync($"/films/1?asof={Revision(3)}")).Body, Is.EqualTo(Up));
        AssertProblem(await GetAsync($"/films/1?asOf={Revision(4)}"), NoSuchFilm("1"));
        Assert.That((await GetAsync($"/films/1?asOf={Revision(5)}")).Body, Is.EqualTo("""{"Name":"Back","Year":2020,"Month":null}"""));
    }

    [Test]
    public async Task GetAsOf_OldRevision_CarriesItsOwnTagAndTheSnapshotsRevision()
    {
        await PutAsync("1", UpArguments);

        var answer = await GetAsync($"/films/1?asOf={Revision(2)}");

        Assert.That((answer.Field("ETag"), answer.Field("Films-Revision"), answer.Field("Cache-Control")), Is.EqualTo((ETag(1), Revision(3), "no-cache")));
        Assert.That((await GetAsync($"/films/1?asOf={Revision(2)}", $"If-None-Match: {ETag(1)}")).Status, Is.EqualTo(304));
    }

    [TestCase("2", 1)]
    [TestCase("1", 0)]
    [TestCase("3", 2)]
    public async Task GetAsOf_BeforeTheFilmExisted_Returns404WithTheOriginalsMessage(string id, int number)
    {
        await PutAsync("3", UpArguments);

        AssertProblem(await GetAsync($"/films/{id}?asOf={Revision(number)}"), NoSuchFilm(id));
    }

    [Test]
    public async Task GetAsOf_OtherEpochOrTheFuture_Returns410()
    {
        AssertProblem(await GetAsync("/films/1?asOf=aaaaaa-1"), FeedReset("aaaaaa-1", "/films/1"));
        AssertProblem(await GetAsync($"/films/1?asOf={Revision(3)}"), FeedReset(Revision(3), "/films/1"));
    }

    [TestCase("")]
    [TestCase("0")]
    [TestCase("1")]
    [TestCase("yesterday")]
    [TestCase("k3f9-")]
    [TestCase("k3f9-01")]
    [TestCase("k3f9--1")]
    [TestCase("K3F9-1")]
    [TestCase("k3f9-99999999999999999999")]
    public async Task GetAsOf_NoRevision_IsRefused(string revision) => AssertProblem(
        await GetAsync($"/films/1?asOf={revision}"), InvalidParameters("/films/1", ("asOf", "'asOf' must be a revision, such as k3f9-1042.")));

    [Test]
    public async Task Restore_ChangedFilm_MakesItAgainWhatItWas()
    {
        await PutAsync("1", UpArguments);

        var answer = await RestoreAsync("1", Revision(2));

        Assert.That((answer.Status, answer.Body, answer.Field("ETag")), Is.EqualTo((200, Avengers, ETag(4))));
        Assert.That(await StoredAsync("1"), Is.EqualTo($"200 {Avengers} 4"));
    }

    [Test]
    public async Task Restore_DeletedFilm_BringsItBack()
    {
        await DeleteAsync("1");

        var answer = await RestoreAsync("1", Revision(1));

        Assert.That((answer.Status, answer.Body, answer.Field("ETag")), Is.EqualTo((201, Avengers, ETag(4))));
    }

    [Test]
    public async Task Restore_FilmThatIsSo_TakesNoRevision()
    {
        var answer = await RestoreAsync("1", Revision(2));

        Assert.That((answer.Status, answer.Body, answer.Field("ETag")), Is.EqualTo((200, Avengers, ETag(1))));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Restore_FilmThatWasNotThere_Returns404() =>
        await AssertRefusedAsync(await RestoreAsync("2", Revision(1)), RestoreProblem(NoSuchFilm("2"), "2"));

    [Test]
    public async Task Restore_OtherEpochOrTheFuture_Returns410()
    {
        await AssertRefusedAsync(await RestoreAsync("1", "aaaaaa-1"), FeedReset("aaaaaa-1", "/films/1/restore"));
        await AssertRefusedAsync(await RestoreAsync("1", Revision(3)), FeedReset(Revision(3), "/films/1/restore"));
    }

    [Test]
    public async Task Restore_IfMatchOfAnotherRevision_Returns412()
    {
        await PutAsync("1", UpArguments);

        var answer = await RestoreAsync("1", Revision(1), $"If-Match: {ETag(1)}");

        Assert.That((answer.Status, answer.Json["current"]!.ToJsonString()), Is.EqualTo((412, Up)));
    }

    [TestCase("""{"revision":null}""")]
    [TestCase("""{"revision":"rubbish"}""")]
    [TestCase("""{"revision":1}""")]
    [TestCase("{}")]
    public async Task Restore_NoRevision_IsRefused(string json)
    {
        var answer = await Client.SendAsync("POST", "/films/1/restore", HttpRequests.Json(json));

        Assert.That((answer.Status, (string?)answer.Json["errors"]!["revision"]![0]), Is.EqualTo((400, "Revision is required, such as \"k3f9-1042\".")));
        await AssertNothingStoredAsync();
    }

    [TestCase("""{"revision":"k3f9-1","name":"Up"}""", "name")]
    [TestCase("""{"revision":"k3f9-1","Revision":"k3f9-1"}""", "revision")]
    public async Task Restore_UnknownOrDoubleMember_IsNamed(string json, string name)
    {
        var answer = await Client.SendAsync("POST", "/films/1/restore", HttpRequests.Json(json));

        Assert.That((answer.Status, answer.Json["errors"]!.AsObject().Select(error => error.Key)), Is.EqualTo((400, new[] { name })));
    }

    private static string RestoreProblem(string problem, string id) =>
        problem.Replace($"\"instance\":\"/films/{id}\"", $"\"instance\":\"/films/{id}/restore\"", StringComparison.Ordinal);
}
