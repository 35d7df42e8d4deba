using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

public sealed class AddingFilmsTests : WriteTest
{
    [Test]
    public async Task Post_Film_GivesItAnIdAndTellsItsAddress()
    {
        var answer = await PostAsync(UpArguments);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((201, """{"Id":"3","Name":"Up","Year":2009,"Month":"May"}""")));
        Assert.That(answer.ContentType, Is.EqualTo("application/json"));
        Assert.That(answer.Field("Location"), Is.EqualTo("/films/3"));
        Assert.That(answer.Field("ETag"), Is.EqualTo(ETag(3)));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(3)));
        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo(Up));
    }

    [Test]
    public async Task Post_IdOfItsOwn_IsKeptAndEncodedInLocation()
    {
        var answer = await PostAsync("""{"Id":"a b?ü","Name":"Up","Year":2009}""");

        Assert.That(answer.Body, Is.EqualTo("""{"Id":"a b?ü","Name":"Up","Year":2009,"Month":null}"""));
        Assert.That(answer.Field("Location"), Is.EqualTo("/films/a%20b%3F%C3%BC"));
        Assert.That((await GetAsync(answer.Field("Location")!)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Post_Form_AddsTheFilm()
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Up", ["year"] = "2009", ["month"] = "May", ["id"] = "up" });

        Assert.That((await Client.SendAsync("POST", "/films", form)).Body, Is.EqualTo("""{"Id":"up","Name":"Up","Year":2009,"Month":"May"}"""));
    }

    [Test]
    public async Task Post_Condition_IsRefused([Values("If-Match: *", "If-None-Match: *")] string condition)
    {
        var answer = await Client.SendAsync("POST", "/films", HttpRequests.Json(UpArguments), condition);

        Assert.That((answer.Status, (string)answer.Json["type"]!), Is.EqualTo((400, "/problems/invalid-parameters")));
        Assert.That((await GetAsync("/films/3")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Post_TakenId_HasNoETagOfTheOtherFilm() =>
        Assert.That((await PostAsync("""{"Id":"1","name":"Up","year":2009}""")).Field("ETag"), Is.Null);

    [Test]
    public async Task Post_TakenId_Returns409EvenWhenEqual() => await AssertRefusedAsync(
        await PostAsync("""{"Id":"1","Name":"Avengers: Infinity War","Year":2018,"Month":"March"}"""),
        Problem("film-id-taken", "The film id is taken", 409, "Film 1 already exists.", "/films"));

    [TestCase("""{"Id":"","Name":"Up","Year":2009,"Month":"May"}""")]
    [TestCase("""{"Id":null,"Name":"Up","Year":2009,"Month":"May"}""")]
    public async Task Post_NullOrEmptyId_MeansAGeneratedOne(string json) =>
        Assert.That((await PostAsync(json)).Body, Is.EqualTo("""{"Id":"3","Name":"Up","Year":2009,"Month":"May"}"""));

    [TestCase("/films?id=")]
    [TestCase("/films?ID")]
    public async Task Post_EmptyIdInTheQuery_MeansAGeneratedOne(string address) =>
        Assert.That((await Client.SendAsync("POST", address, HttpRequests.Json(UpArguments))).Field("Location"), Is.EqualTo("/films/3"));

    [Test]
    public async Task Post_EmptyIdInAForm_MeansAGeneratedOne()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["id"] = "", ["name"] = "Up", ["year"] = "2009" });

        Assert.That((await Client.SendAsync("POST", "/films", form)).Field("Location"), Is.EqualTo("/films/3"));
    }

    [TestCase("""{"Id":3,"Name":"Up","Year":2009}""")]
    [TestCase("""{"Id":"a/b","Name":"Up","Year":2009}""")]
    [TestCase("""{"Id":"..","Name":"Up","Year":2009}""")]
    [TestCase("""{"Id":["3"],"Name":"Up","Year":2009}""")]
    public async Task Post_IdThatNoFilmCanHave_IsRefused(string json)
    {
        var answer = await PostAsync(json);

        Assert.That((answer.Status, answer.Json["errors"]!.AsObject().Select(error => error.Key)), Is.EqualTo((400, new[] { "id" })));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Post_SeveralFaults_AreToldAtOnce() => Assert.That(
        (await PostAsync("""{"Id":"..","Name":"","Year":1492,"Month":"Mai"}""")).Json["errors"]!.AsObject().Select(error => error.Key),
        Is.EquivalentTo(new[] { "id", "name", "year", "month" }));

    [TestCase("text/plain")]
    [TestCase("application/xml")]
    [TestCase("application/merge-patch+json")]
    public async Task Post_BodyOfAnotherType_Returns415WithAcceptPost(string type)
    {
        var answer = await Client.SendAsync("POST", "/films", new StringContent(UpArguments, new System.Net.Http.Headers.MediaTypeHeaderValue(type)));

        Assert.That((answer.Status, answer.Field("Accept-Post")), Is.EqualTo((415, "application/json, application/x-www-form-urlencoded, multipart/form-data, application/x-ndjson, text/csv")));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task GeneratedIds_AreNeverHandedOutTwice_AcrossDeletesRestartsAndClientsOwnIds()
    {
        var ids = new List<string> { await AddAsync(Client), await AddAsync(Client) };
        await DeleteAsync("4");
        using var second = await RestartAsync();
        ids.Add(await AddAsync(second));
        await second.SendAsync("PUT", "/films/41", HttpRequests.Json(UpArguments));
        await second.SendAsync("DELETE", "/films/41");
        ids.Add(await AddAsync(second));
        await second.SendAsync("PUT", "/films/0050", HttpRequests.Json(UpArguments));
        using var third = await RestartAsync();
        ids.Add(await AddAsync(third));
        await third.SendAsync("PUT", "/films/1000000000000000", HttpRequests.Json(UpArguments));
        await third.SendAsync("PUT", "/films/no%20number%2099", HttpRequests.Json(UpArguments));
        ids.Add(await AddAsync(third));

        Assert.That(ids, Is.EqualTo(new[] { "3", "4", "5", "42", "51", "52" }));
    }

    [Test]
    public async Task Post_ManyAtOnce_GetIdsAndRevisionsOfTheirOwn()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PostAsync(UpArguments)));

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(201));
        Assert.That(answers.Select(answer => (string?)answer.Json["Id"]), Is.EquivalentTo(Enumerable.Range(3, 100).Select(id => $"{id}")));
        Assert.That(answers.Select(answer => answer.Field("Films-Revision")), Is.EquivalentTo(Enumerable.Range(3, 100).Select(number => Revision(number))));
    }

    private static async Task<string> AddAsync(HttpClient client) =>
        (string)(await client.SendAsync("POST", "/films", HttpRequests.Json(UpArguments))).Json["Id"]!;
}
