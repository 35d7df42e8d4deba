using System.Net.Http.Headers;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>JSON merge patch (RFC 7396) of one film.</summary>
public sealed class PatchingFilmsTests : WriteTest
{
    [TestCase("""{"name":"Other"}""", """{"Name":"Other","Year":2018,"Month":"March"}""")]
    [TestCase("""{"year":"1999"}""", """{"Name":"Avengers: Infinity War","Year":1999,"Month":"March"}""")]
    [TestCase("""{"MONTH":"june"}""", """{"Name":"Avengers: Infinity War","Year":2018,"Month":"June"}""")]
    [TestCase("""{"month":null}""", """{"Name":"Avengers: Infinity War","Year":2018,"Month":null}""")]
    [TestCase("""{"Id":"1","Name":"Other","Year":1999,"Month":null}""", """{"Name":"Other","Year":1999,"Month":null}""")]
    public async Task Patch_SomeMembers_ChangesThemAlone(string change, string film)
    {
        var answer = await PatchAsync("1", change);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, film)));
        Assert.That(answer.Field("ETag"), Is.EqualTo(ETag(3)));
        Assert.That(await StoredAsync("1"), Is.EqualTo($"200 {film} 3"));
    }

    [TestCase("{}")]
    [TestCase("""{"id":null}""")]
    [TestCase("""{"id":""}""")]
    [TestCase("""{"name":"Avengers: Infinity War","month":"MARCH"}""")]
    public async Task Patch_NothingNew_TakesNoRevision(string change)
    {
        var answer = await PatchAsync("1", change);

        Assert.That((answer.Status, answer.Body, answer.Field("ETag")), Is.EqualTo((200, Avengers, ETag(1))));
        await AssertNothingStoredAsync();
    }

    [TestCase("application/merge-patch+json")]
    [TestCase("application/merge-patch+json; charset=utf-8")]
    [TestCase("application/json")]
    public async Task Patch_JsonTypes_AreTaken(string type) =>
        Assert.That((await SendAsync(type, """{"year":1999}""")).Body, Is.EqualTo("""{"Name":"Avengers: Infinity War","Year":1999,"Month":"March"}"""));

    [TestCase("year=1999&month=", """{"Name":"Avengers: Infinity War","Year":1999,"Month":null}""")]
    [TestCase("name=Other", """{"Name":"Other","Year":2018,"Month":"March"}""")]
    public async Task Patch_Form_ReadsAnEmptyValueAsNull(string form, string film) =>
        Assert.That((await SendAsync("application/x-www-form-urlencoded", form)).Body, Is.EqualTo(film));

    [Test]
    public async Task Patch_Query_IsTakenAsArguments() =>
        Assert.That((await Client.SendAsync("PATCH", "/films/1?month=")).Body, Is.EqualTo("""{"Name":"Avengers: Infinity War","Year":2018,"Month":null}"""));

    [TestCase("""{"name":null}""", "name", "Name is required.")]
    [TestCase("""{"year":null}""", "year", "Year is required.")]
    [TestCase("""{"name":""}""", "name", "Name must not be empty.")]
    [TestCase("""{"year":1492}""", "year", YearRule)]
    [TestCase("""{"month":"Mai"}""", "month", MonthRule)]
    [TestCase("""{"month":{"name":"May"}}""", "month", MonthRule)]
    public async Task Patch_ValueThatNoFilmHas_IsRefused(string change, string argument, string message) =>
        await AssertRefusedAsync(await PatchAsync("1", change), Invalid("1", (argument, message)));

    [TestCase("name=")]
    [TestCase("year=")]
    public async Task Patch_FormThatClearsNameOrYear_IsRefused(string form) =>
        Assert.That((await SendAsync("application/x-www-form-urlencoded", form)).Status, Is.EqualTo(400));

    [TestCase("""[{"op":"replace","path":"/name","value":"Up"}]""")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("\"Up\"")]
    public async Task Patch_NoObject_IsRefused(string json) =>
        await AssertRefusedAsync(await PatchAsync("1", json), Malformed("The body must be a single JSON object.", "/films/1"));

    [TestCase("application/json-patch+json")]
    [TestCase("text/plain")]
    [TestCase("application/merge-patch+xml")]
    public async Task Patch_BodyOfAnotherType_Returns415WithAcceptPatch(string type)
    {
        var answer = await SendAsync(type, """{"year":1999}""");

        Assert.That(
            (answer.Status, answer.Field("Accept-Patch")),
            Is.EqualTo((415, "application/merge-patch+json, application/json, application/x-www-form-urlencoded, multipart/form-data")));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Put_MergePatchBody_Returns415() => Assert.That(
        (await Client.SendAsync("PUT", "/films/1", new StringContent(UpArguments, new MediaTypeHeaderValue("application/merge-patch+json")))).Status, Is.EqualTo(415));

    [Test]
    public async Task Patch_MissingFilm_Returns404WhateverItCarries()
    {
        await AssertRefusedAsync(await PatchAsync("3", UpArguments), NoSuchFilm("3"));
        await AssertRefusedAsync(await PatchAsync("3", UpArguments, "If-Match: \"other\""), NoSuchFilm("3"));
    }

    [Test]
    public async Task Patch_IfMatchOfAnotherRevision_Returns412WithTheFilm()
    {
        var answer = await PatchAsync("1", """{"year":1999}""", $"If-Match: {ETag(2)}");

        await AssertRefusedAsync(answer, Problem(
            "precondition-failed", "The film is not what you expected", 412, $"Film 1 is at revision {Revision(1)}.", "/films/1", $",\"current\":{Avengers}"));
        Assert.That(answer.Field("ETag"), Is.EqualTo(ETag(1)));
    }

    [Test]
    public async Task Patch_StaleIfMatchButAlreadyApplied_Returns200()
    {
        await PatchAsync("1", """{"year":1999}""");

        var again = await PatchAsync("1", """{"year":1999}""", $"If-Match: {ETag(1)}");

        Assert.That((again.Status, again.Field("ETag")), Is.EqualTo((200, ETag(3))));
    }

    [Test]
    public async Task Promise2_WithIfMatch_NoUpdateIsLost()
    {
        await PutAsync("1", """{"name":"Counter","year":1900}""");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CountUpAsync(10)));

        Assert.That((int?)(await GetAsync("/films/1")).Json["Year"], Is.EqualTo(1980));
        Assert.That((await GetAsync("/films/1")).Field("Films-Revision"), Is.EqualTo(Revision(83)));
    }

    private async Task CountUpAsync(int times)
    {
        for (var done = 0; done < times;)
        {
            var read = await GetAsync("/films/1");
            var change = $$"""{"year":{{(int)read.Json["Year"]! + 1}},"name":"Counter {{Guid.NewGuid()}}"}""";
            done += (await PatchAsync("1", change, $"If-Match: {read.Field("ETag")}")).Status == 200 ? 1 : 0;
        }
    }

    private Task<HttpAnswer> SendAsync(string type, string body) =>
        Client.SendAsync("PATCH", "/films/1", new StringContent(body, MediaTypeHeaderValue.Parse(type)));
}
