using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>Conditional requests (RFC 9110 §13, RFC 9111): caching and optimistic concurrency.</summary>
public sealed class ConditionalRequestsTests : ServiceTest
{
    private const string NotTags = "must be '*' or entity tags in double quotes, such as \"k3f9-1042\".";

    [Test]
    public async Task Get_Film_CarriesItsRevisionAndTheSnapshots()
    {
        var answer = await GetAsync("/films/1");

        Assert.That(answer.Field("ETag"), Is.EqualTo(ETag(1)));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(2)));
        Assert.That(answer.Field("Cache-Control"), Is.EqualTo("no-cache"));
    }

    [Test]
    public async Task List_Always_CarriesTheRevisionAndTheRepresentation()
    {
        var answer = await GetAsync("/films");

        Assert.That(answer.Field("ETag"), Does.Match($"^\"{Revision(2)}\\.[0-9a-z]+\"$"));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(2)));
        Assert.That(answer.Field("Cache-Control"), Is.EqualTo("no-cache"));
    }

    [Test]
    public async Task Get_MissingFilm_IsToldOfThisRevisionOnly()
    {
        var answer = await GetAsync("/films/3");

        Assert.That(answer.Field("ETag"), Is.Null);
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(2)));
        Assert.That(answer.Field("Cache-Control"), Is.EqualTo("no-cache"));
    }

    [TestCase("GET", "{0}")]
    [TestCase("HEAD", "{0}")]
    [TestCase("GET", "W/{0}")]
    [TestCase("GET", "\"other\", {0}")]
    [TestCase("GET", "\"a,b\", W/\"c\" ,{0},")]
    [TestCase("GET", "*")]
    public async Task Get_IfNoneMatchOfThisRevision_Returns304(string method, string tags)
    {
        var answer = await Client.SendAsync(method, "/films/1", null, "If-None-Match: " + string.Format(null, tags, ETag(1)));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((304, "")));
        Assert.That(answer.Field("ETag"), Is.EqualTo(ETag(1)));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(2)));
        Assert.That(answer.Field("Cache-Control"), Is.EqualTo("no-cache"));
    }

    [Test]
    public async Task Get_IfNoneMatchInTwoFields_Returns304()
    {
        var answer = await GetAsync("/films/1", "If-None-Match: \"other\"", "If-None-Match: " + ETag(1));

        Assert.That(answer.Status, Is.EqualTo(304));
    }

    [Test]
    public async Task Get_IfNoneMatchOfOldRevision_ReturnsTheFilm()
    {
        var old = ETag(1);
        await PutAsync("1", UpArguments);

        var answer = await GetAsync("/films/1", $"If-None-Match: {old}");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Up)));
    }

    [Test]
    public async Task List_IfNoneMatch_Returns304UntilSomethingChanges()
    {
        var etag = (await GetAsync("/films")).Field("ETag");

        var unchanged = await GetAsync("/films", $"If-None-Match: {etag}");
        await PutAsync("3", UpArguments);
        var changed = await GetAsync("/films", $"If-None-Match: {etag}");

        Assert.That((unchanged.Status, unchanged.Body, unchanged.Field("ETag")), Is.EqualTo((304, "", etag)));
        Assert.That((changed.Status, changed.Json.AsObject().Count), Is.EqualTo((200, 3)));
        Assert.That(changed.Field("ETag"), Is.Not.EqualTo(etag));
    }

    [Test]
    public async Task Get_IfMatchOfThisRevision_ReturnsTheFilm() =>
        Assert.That((await GetAsync("/films/1", $"If-Match: {ETag(1)}")).Body, Is.EqualTo(Avengers));

    [Test]
    public async Task Put_IfMatchOfThisRevision_Replaces()
    {
        var answer = await PutAsync("1", UpArguments, $"If-Match: {ETag(1)}");

        Assert.That((answer.Status, answer.Body, answer.Field("ETag")), Is.EqualTo((200, Up, ETag(3))));
    }

    [TestCase("*")]
    [TestCase("\"other\", {0}")]
    [TestCase(" {0} , ")]
    public async Task Put_IfMatchThatIncludesThisRevision_Replaces(string tags)
    {
        var answer = await PutAsync("1", UpArguments, "If-Match: " + string.Format(null, tags, ETag(1)));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Up)));
    }

    [TestCase("\"k3f9-1\"")]
    [TestCase("\"\"")]
    [TestCase("{1}")]
    [TestCase("\"other\", {1}")]
    public async Task Put_IfMatchOfAnotherRevision_Returns412WithTheFilm(string tags)
    {
        var answer = await PutAsync("1", UpArguments, "If-Match: " + string.Format(null, tags, ETag(1), ETag(2)));

        await AssertRefusedAsync(answer, Stale(1));
        Assert.That(answer.Field("ETag"), Is.EqualTo(ETag(1)));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(2)));
    }

    [Test]
    public async Task Delete_IfMatchOfAnotherRevision_Returns412WithTheFilm() =>
        await AssertRefusedAsync(await DeleteAsync("1", $"If-Match: {ETag(2)}"), Stale(1));

    [Test]
    public async Task Delete_IfMatchOfThisRevision_TakesItAway() => Assert.That((await DeleteAsync("1", $"If-Match: {ETag(1)}")).Status, Is.EqualTo(204));

    [TestCase("*")]
    [TestCase("\"k3f9-1\"")]
    public async Task Put_IfMatchOnMissingFilm_Returns412(string tags)
    {
        var answer = await PutAsync("3", UpArguments, $"If-Match: {tags}");

        await AssertRefusedAsync(answer, Problem(
            "precondition-failed", "The film is not what you expected", 412, "If-Match was sent, but the film doesn't exist.", "/films/3"));
    }

    [Test]
    public async Task Delete_IfMatchOnMissingFilm_Returns404() =>
        await AssertRefusedAsync(await DeleteAsync("3", "If-Match: \"k3f9-1\""), NoSuchFilm("3"));

    [Test]
    public async Task Put_IfNoneMatchAnyOnMissingFilm_Creates() =>
        Assert.That((await PutAsync("3", UpArguments, "If-None-Match: *")).Status, Is.EqualTo(201));

    [Test]
    public async Task Put_IfNoneMatchAnyOnExistingFilm_Returns412() =>
        await AssertRefusedAsync(await PutAsync("1", UpArguments, "If-None-Match: *"), Stale(1));

    [Test]
    public async Task Put_IfNoneMatchAnyOnEqualFilm_Returns412() =>
        await AssertRefusedAsync(await PutAsync("1", Avengers, "If-None-Match: *"), Stale(1));

    [Test]
    public async Task Put_StaleIfMatchButAlreadyApplied_Returns200()
    {
        var old = ETag(1);
        await PutAsync("1", UpArguments);

        var answer = await PutAsync("1", UpArguments, $"If-Match: {old}");

        Assert.That((answer.Status, answer.Body, answer.Field("ETag")), Is.EqualTo((200, Up, ETag(3))));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(3)));
    }

    [TestCase("k3f9-1")]
    [TestCase("\"k3f9-1")]
    [TestCase("\"a\" \"b\"")]
    [TestCase("\"a\", b")]
    [TestCase("")]
    public async Task Put_MalformedIfMatch_IsRefused(string tags)
    {
        var answer = await PutAsync("1", UpArguments, $"If-Match: {tags}");

        await AssertRefusedAsync(answer, InvalidParameters("/films/1", ("If-Match", $"If-Match {NotTags}")));
    }

    [TestCase("*, \"a\"")]
    [TestCase("\"a\", *")]
    public async Task Put_StarAmongTags_IsRefused(string tags)
    {
        var answer = await PutAsync("1", UpArguments, $"If-Match: {tags}");

        await AssertRefusedAsync(answer, InvalidParameters("/films/1", ("If-Match", $"If-Match {NotTags}")));
    }

    [TestCase("GET", "/films/1", "If-None-Match")]
    [TestCase("GET", "/films", "If-None-Match")]
    [TestCase("GET", "/films/1", "If-Match")]
    [TestCase("GET", "/films/3", "If-None-Match")]
    [TestCase("DELETE", "/films/3", "If-Match")]
    public async Task Request_MalformedCondition_Returns400BeforeAnythingElse(string method, string address, string field)
    {
        var answer = await Client.SendAsync(method, address, null, $"{field}: nonsense");

        await AssertRefusedAsync(answer, InvalidParameters(address, (field, $"{field} {NotTags}")));
    }

    [Test]
    public async Task Put_BadFilmAndStaleIfMatch_Returns400() =>
        await AssertRefusedAsync(await PutAsync("1", """{"name":"","year":2009}""", "If-Match: \"k3f9-1\""), Invalid("1", ("name", "Name must not be empty.")));

    [Test]
    public async Task Put_EightWritersWithOneIfMatch_ExactlyOneWinsEachRound()
    {
        var etag = ETag(1);
        for (var round = 0; round < 25; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => PutAsync("1", Film(round, writer), $"If-Match: {etag}")));

            var winner = answers.Single(answer => answer.Status == 200);
            etag = winner.Field("ETag");
            Assert.That(answers.Count(answer => answer.Status == 412), Is.EqualTo(7));
            Assert.That(answers.Where(answer => answer.Status == 412).Select(answer => answer.Json["current"]!.ToJsonString()), Has.All.EqualTo(winner.Body));
            Assert.That(winner.Field("Films-Revision"), Is.EqualTo(Revision(3 + round)));
            Assert.That((await GetAsync("/films/1")).Body, Is.EqualTo(winner.Body));
        }

        static string Film(int round, int writer) => $$"""{"name":"Writer {{writer}} of round {{round}}","year":2018}""";
    }

    [Test]
    public async Task Put_EightCreatorsOfOneFilm_ExactlyOneWins()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer =>
            PutAsync("3", $$"""{"name":"Writer {{writer}}","year":2018}""", "If-None-Match: *")));

        Assert.That(answers.Select(answer => answer.Status).Order(), Is.EqualTo(new[] { 201, 412, 412, 412, 412, 412, 412, 412 }));
    }

    [Test]
    public async Task Delete_EightAtOnce_ExactlyOneDeletes()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DeleteAsync("1")));

        Assert.That(answers.Select(answer => answer.Status).Order(), Is.EqualTo(new[] { 204, 404, 404, 404, 404, 404, 404, 404 }));
        Assert.That((await GetAsync("/films")).Field("Films-Revision"), Is.EqualTo(Revision(3)));
    }

    [TestCase("W/\"REVISION\"", " A weak tag (W/\"...\") never matches If-Match: send the tag without W/. Proxies that compress responses make tags weak.")]
    [TestCase("\"other-1\", W/\"other-2\"", " A weak tag (W/\"...\") never matches If-Match: send the tag without W/. Proxies that compress responses make tags weak.")]
    [TestCase("\"REVISION-gzip\"", " If-Match must be \"REVISION\" exactly: proxies that compress responses append to tags, such as -gzip.")]
    [TestCase("\"other-1\"", "")]
    public async Task IfMatch_WithATagThatAProxyChanged_IsAnsweredWith412ThatSaysSo(string tag, string hint)
    {
        var field = $"If-Match: {tag.Replace("REVISION", Revision(1), StringComparison.Ordinal)}";
        var detail = $"Film 1 is at revision {Revision(1)}.{hint.Replace("REVISION", Revision(1), StringComparison.Ordinal)}";
        var problem = Problem("precondition-failed", "The film is not what you expected", 412, detail, "/films/1", $",\"current\":{Avengers}");

        foreach (var answer in new[] { await PutAsync("1", UpArguments, field), await DeleteAsync("1", field), await GetAsync("/films/1", field) })
        {
            AssertProblem(answer, problem);
        }

        await AssertNothingStoredAsync();
    }

    private string Stale(long revision) => Problem(
        "precondition-failed", "The film is not what you expected", 412, $"Film 1 is at revision {Revision(revision)}.", "/films/1", $",\"current\":{Avengers}");
}
