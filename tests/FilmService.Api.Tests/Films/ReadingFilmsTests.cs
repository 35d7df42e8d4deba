using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

public sealed class ReadingFilmsTests : ServiceTest
{
    private const string ListParameters =
        "id, id.in, name, name.in, name.contains, name.startsWith, year, year.ne, year.gt, year.gte, year.lt, year.lte, year.in, released, released.ne, released.gt, released.gte, released.lt, released.lte, released.in, month, month.in, month.null, q, sort, asOf, fields, limit, cursor, shape, count, facet, format";

    [Test]
    public async Task Promise10_TheOriginalsAnswers_StayTheSame_ForTheTwoFilms()
    {
        var answer = await GetAsync("/films");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.ContentType, Is.EqualTo("application/json"));
        Assert.That(answer.Body, Is.EqualTo(NewCatalogue));
    }

    [Test]
    public async Task List_EmptiedCatalogue_StaysEmptyAfterARestart()
    {
        await DeleteAsync("1");
        await DeleteAsync("2");
        await Host.RestartAsync();

        Assert.That((await Host.CreateClient().SendAsync("GET", "/films")).Body, Is.EqualTo("{}"));
    }

    [Test]
    public async Task List_WithoutSeed_IsEmpty()
    {
        await using var host = await FilmServiceHost.StartAsync("Films:Seed=false");

        var answer = await host.CreateClient().SendAsync("GET", "/films");

        Assert.That(answer.Body, Is.EqualTo("{}"));
        Assert.That(answer.Field("Films-Revision"), Does.EndWith("-0"));
    }

    [Test]
    public async Task List_IdsOfAllKinds_AreInNaturalOrder()
    {
        foreach (var id in new[] { "b", "10", "a", "007", "7", "%F0%9F%98%80", "A", "%C3%A9", "0", "00", "12345678901234567890", "1a" })
        {
            await PutAsync(id, UpArguments);
        }

        var answer = await GetAsync("/films");

        Assert.That(answer.Json.AsObject().Select(film => film.Key), Is.EqualTo(
            new[] { "0", "00", "1", "2", "7", "007", "10", "12345678901234567890", "1a", "A", "a", "b", "é", "😀" }));
    }

    [Test]
    public async Task List_ManyFilms_HoldsThemAll()
    {
        await Task.WhenAll(Enumerable.Range(3, 298).Select(id => PutAsync($"{id}", UpArguments)));

        var answer = await GetAsync("/films");

        Assert.That(answer.Json.AsObject().Select(film => film.Key), Is.EqualTo(Enumerable.Range(1, 300).Select(id => $"{id}")));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(300)));
    }

    [Test]
    public async Task Get_Film_ReturnsIt()
    {
        var answer = await GetAsync("/films/1");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.ContentType, Is.EqualTo("application/json"));
        Assert.That(answer.Body, Is.EqualTo(Avengers));
        Assert.That(answer.Message.Content.Headers.ContentLength, Is.EqualTo(Avengers.Length));
    }

    [Test]
    public async Task Get_FilmWithoutMonth_SaysNull()
    {
        await PutAsync("3", """{"name":"Up","year":2009}""");

        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo("""{"Name":"Up","Year":2009,"Month":null}"""));
    }

    [TestCase("3")]
    [TestCase("01")]
    [TestCase("nothing")]
    public async Task Promise10_TheOriginalsAnswers_StayTheSame_ForAMissingFilm(string id)
    {
        var answer = await GetAsync($"/films/{id}");

        AssertProblem(answer, NoSuchFilm(id));
    }

    [Test]
    public async Task Get_MissingFilm_IsToldByteForByte()
    {
        var answer = await GetAsync("/films/3");

        Assert.That(answer.Body, Is.EqualTo(
            $$"""{"type":"/problems/film-not-found","title":"Film not found","status":404,"detail":"Film 3 doesn't exist","instance":"/films/3","message":"Film 3 doesn't exist","traceId":"{{answer.Json["traceId"]}}"}"""));
    }

    [Test]
    public async Task Get_RelaxedCharacters_AreNotEscaped()
    {
        await PutAsync("3", """{"name":"<Amélie & \"l'été\"> 日本 \\","year":2001}""");

        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo("""{"Name":"<Amélie & \"l'été\"> 日本 \\","Year":2001,"Month":null}"""));
    }

    [TestCase("😀 beyond the BMP")]
    [TestCase("in \u2028 \u2029 \u200B \uFEFF \uFFFD between")]
    [TestCase("<script>&'+`</script>")]
    public async Task Get_NameThatJsonNeedNotEscape_IsWrittenAsItIs(string name)
    {
        await PutAsync("😀", $$"""{"name":"{{name}}","year":2001}""");
        var film = $$"""{"Name":"{{name}}","Year":2001,"Month":null}""";

        Assert.That((await GetAsync("/films/😀")).Body, Is.EqualTo(film));
        Assert.That((await GetAsync("/films")).Body, Is.EqualTo(NewCatalogue[..^1] + $$""","😀":{{film}}}"""));
        Assert.That((await GetAsync("/changes?since=" + Revision(2))).Body, Does.Contain($"\"Id\":\"😀\",\"Name\":\"{name}\""));
        Assert.That((await GetAsync("/films/😀😀")).Body, Does.Contain("Film 😀😀 doesn't exist"));
    }

    [TestCase("/films")]
    [TestCase("/films/1")]
    [TestCase("/films/3")]
    [TestCase("/")]
    public async Task Head_AnyAddress_AnswersAsGetWithoutBody(string address)
    {
        var (get, head) = (await GetAsync(address), await Client.SendAsync("HEAD", address));

        Assert.That(head.Body, Is.Empty);
        Assert.That(head.Status, Is.EqualTo(get.Status));
        Assert.That(FieldsOf(head), Is.EqualTo(FieldsOf(get)));
    }

    [TestCase("/films?pretty=1", "pretty", "'pretty' is unknown. Accepted here: " + ListParameters + ".")]
    [TestCase("/films/1?_x=1&Name=Up", "name", "'Name' is unknown. Accepted here: asOf.")]
    [TestCase("/films?=1", "", "'' is unknown. Accepted here: " + ListParameters + ".")]
    public async Task Get_UnknownParameter_IsNamed(string address, string name, string message)
    {
        var answer = await GetAsync(address);

        AssertProblem(answer, InvalidParameters(address[..address.IndexOf('?', StringComparison.Ordinal)], (name, message)));
    }

    [TestCase("/films?_x=1")]
    [TestCase("/films?_=1&_=2")]
    [TestCase("/films?")]
    [TestCase("/films?&&")]
    public async Task Get_CacheBuster_IsFree(string address) => Assert.That((await GetAsync(address)).Body, Is.EqualTo(NewCatalogue));

    [TestCase("/films?_x=%FF")]
    [TestCase("/films?%zz=1")]
    [TestCase("/films?_x=%C0%AF")]
    [TestCase("/films?_x=%ED%A0%80")]
    public async Task Get_QueryThatIsNotUtf8_IsRefused(string address)
    {
        var answer = await Host.SendRawAsync($"GET {address}");

        AssertProblem(answer, Malformed("The query string is not valid percent-encoded UTF-8.", "/films"));
    }

    [TestCase("GET", "/films")]
    [TestCase("GET", "/films/1")]
    [TestCase("DELETE", "/films/1")]
    public async Task Request_BodyWhereNoneIsTaken_IsRefused(string method, string address)
    {
        var answer = await Client.SendAsync(method, address, HttpRequests.Json("{}"));

        await AssertRefusedAsync(answer, Malformed($"{method} does not accept a body here.", address));
    }

    private static IEnumerable<string> FieldsOf(HttpAnswer answer) => answer.Message.Headers.Concat(answer.Message.Content.Headers)
        .Where(field => field.Key is not ("Date" or "Trace-Id"))
        .Select(field => $"{field.Key}: {string.Join(", ", field.Value)}").Order();
}
