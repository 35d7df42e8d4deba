using System.Net.Http.Headers;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

public sealed class WritingFilmsTests : ServiceTest
{
    [Test]
    public async Task Put_NewFilm_Creates()
    {
        var answer = await PutAsync("3", UpArguments);

        Assert.That((answer.Status, answer.ContentType, answer.Body), Is.EqualTo((201, "application/json", Up)));
        Assert.That(answer.Field("ETag"), Is.EqualTo(ETag(3)));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(3)));
        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo(Up));
    }

    [Test]
    public async Task Put_ExistingFilm_Replaces()
    {
        var answer = await PutAsync("1", UpArguments);

        Assert.That((answer.Status, answer.ContentType, answer.Body), Is.EqualTo((200, "application/json", Up)));
        Assert.That(answer.Field("ETag"), Is.EqualTo(ETag(3)));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(3)));
        Assert.That((await GetAsync("/films/1")).Body, Is.EqualTo(Up));
    }

    [Test]
    public async Task Put_WithoutMonth_ForgetsTheOldOne()
    {
        var answer = await PutAsync("1", """{"name":"Up","year":2009}""");

        Assert.That(answer.Body, Is.EqualTo("""{"Name":"Up","Year":2009,"Month":null}"""));
    }

    [Test]
    public async Task Put_SameFilm_TakesNoRevision()
    {
        var answer = await PutAsync("1", Avengers);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Avengers)));
        Assert.That(answer.Field("ETag"), Is.EqualTo(ETag(1)));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Promise10_TheOriginalsAnswers_StayTheSame_ForPut()
    {
        var answer = await PutAsync("1", Form("name=Avengers%3A+Infinity+War&year=2018&month=March"));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, Avengers)));
    }

    [Test]
    public async Task Put_WhatGetGave_IsTakenBack()
    {
        await PutAsync("3", (await GetAsync("/films/1")).Body);

        Assert.That((await GetAsync("/films/3")).Body, Is.EqualTo(Avengers));
    }

    [TestCase("""{"NAME":"Up","yEaR":2009,"MONTH":"mAY"}""")]
    [TestCase("""{"name":"Up","year":"2009","month":"MAY","Id":"3"}""")]
    [TestCase("""{"id":null,"name":"Up","year":2009,"month":"May"}""")]
    [TestCase("""{"id":"","name":"Up","year":2009,"month":"May"}""")]
    [TestCase("""{"name":" \t\r\nUp\u00a0\u3000","year":2009.0,"month":"may"}""")]
    [TestCase("""{"name":"Up","year":2.009e3,"month":"May"}""")]
    [TestCase("""{"name":"\u0055\u0070","year":20090e-1,"month":"May"}""")]
    [TestCase("\uFEFF" + UpArguments)]
    [TestCase("\r\n\t " + UpArguments + "\n")]
    public async Task Put_OtherSpellings_StoreTheSameFilm(string json) => Assert.That((await PutAsync("3", json)).Body, Is.EqualTo(Up));

    [TestCase("application/json; charset=utf-8")]
    [TestCase("application/json; charset=\"UTF-8\"")]
    [TestCase("APPLICATION/JSON")]
    public async Task Put_JsonTypeInOtherSpelling_IsTaken(string type)
    {
        var answer = await Host.SendRawAsync("PUT /films/3", UpArguments, $"Content-Type: {type}", $"Content-Length: {UpArguments.Length}");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((201, Up)));
    }

    [TestCase("name=Up&year=2009&month=May")]
    [TestCase("Name=%20Up+&YEAR=2009&month=%4D%61%79")]
    [TestCase("&name=Up&&year=2009&month=May&id=3&")]
    [TestCase("id=&name=Up&year=2009&month=May")]
    public async Task Put_Form_StoresTheFilm(string form) => Assert.That((await PutAsync("3", Form(form))).Body, Is.EqualTo(Up));

    [Test]
    public async Task Put_FormWithEmptyMonth_MeansNull() =>
        Assert.That((await PutAsync("3", Form("name=Up&year=2009&month="))).Body, Is.EqualTo("""{"Name":"Up","Year":2009,"Month":null}"""));

    [Test]
    public async Task Put_Multipart_StoresTheFilm()
    {
        using var form = new MultipartFormDataContent { { new StringContent("Amélie"), "name" }, { new StringContent("2001"), "Year" }, { new StringContent(""), "month" } };

        Assert.That((await PutAsync("3", form)).Body, Is.EqualTo("""{"Name":"Amélie","Year":2001,"Month":null}"""));
    }

    [TestCase("")]
    [TestCase("&id=3")]
    [TestCase("&id=")]
    public async Task Put_ArgumentsInTheQueryOnly_StoresTheFilm(string id)
    {
        var answer = await Client.SendAsync("PUT", $"/films/3?name=Up&Year=2009&month=May&_=1{id}");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((201, Up)));
    }

    [Test]
    public async Task Put_ArgumentsInQueryAndBody_AreTakenTogether()
    {
        var answer = await Client.SendAsync("PUT", "/films/3?year=2009", HttpRequests.Json("""{"name":"Up","month":"May"}"""));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((201, Up)));
    }

    [Test]
    public async Task Put_ChunkedBody_StoresTheFilm()
    {
        var answer = await Host.SendRawAsync(
            "PUT /films/3", $"5\r\n{UpArguments[..5]}\r\n{UpArguments.Length - 5:x}\r\n{UpArguments[5..]}\r\n0\r\n\r\n", "Content-Type: application/json", "Transfer-Encoding: chunked");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((201, Up)));
    }

    [TestCase("January")]
    [TestCase("february")]
    [TestCase("MARCH")]
    [TestCase("aPrIl")]
    [TestCase("May")]
    [TestCase("June")]
    [TestCase("July")]
    [TestCase("August")]
    [TestCase("September")]
    [TestCase("October")]
    [TestCase("November")]
    [TestCase("December")]
    public async Task Put_MonthInAnyLetterCase_IsWrittenWithACapital(string month)
    {
        var answer = await PutAsync("3", $$"""{"name":"Up","year":2009,"month":"{{month}}"}""");

        Assert.That((string?)answer.Json["Month"], Is.EqualTo(char.ToUpperInvariant(month[0]) + month[1..].ToLowerInvariant()));
    }

    [TestCase(1870)]
    [TestCase(2200)]
    public async Task Put_YearAtTheLimit_IsTaken(int year) =>
        Assert.That((await PutAsync("3", $$"""{"name":"Up","year":{{year}}}""")).Status, Is.EqualTo(201));

    [TestCase("a")]
    [TestCase("😀")]
    public async Task Put_NameOf500CodePoints_IsStoredExactly(string codePoint)
    {
        var name = string.Concat(Enumerable.Repeat(codePoint, 500));

        await PutAsync("3", $$"""{"name":"  {{name}} ","year":2009}""");

        Assert.That((string?)(await GetAsync("/films/3")).Json["Name"], Is.EqualTo(name));
    }

    [TestCase("e\u0301 is not \u00e9")]
    [TestCase("two  spaces, \u200b and \ufeff inside")]
    [TestCase("' OR 1=1; --")]
    [TestCase("{\"a\":[null]}")]
    [TestCase("a\\b/c \u2028 <&> 😀")]
    public async Task Put_AnyName_IsStoredExactlyAsSent(string name)
    {
        var put = await PutAsync("3", $$"""{"name":{{System.Text.Json.JsonSerializer.Serialize(name)}},"year":2009}""");
        var get = await GetAsync("/films/3");

        Assert.That((string?)get.Json["Name"], Is.EqualTo(name));
        Assert.That(get.Body, Is.EqualTo(put.Body));
    }

    [Test]
    public async Task Delete_Film_TakesItAway()
    {
        var answer = await DeleteAsync("1");

        Assert.That((answer.Status, answer.Body, answer.ContentType), Is.EqualTo((204, "", (string?)null)));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo(Revision(3)));
        AssertProblem(await GetAsync("/films/1"), NoSuchFilm("1"));
    }

    [TestCase("3")]
    [TestCase("01")]
    public async Task Delete_MissingFilm_Returns404(string id) => await AssertRefusedAsync(await DeleteAsync(id), NoSuchFilm(id));

    [Test]
    public async Task Delete_UnknownParameter_IsNamed()
    {
        var answer = await DeleteAsync("1?force=1");

        await AssertRefusedAsync(answer, InvalidParameters("/films/1", ("force", "'force' is unknown. Accepted here: dryRun.")));
    }

    [Test]
    public async Task Put_AfterDelete_CreatesAgain()
    {
        await DeleteAsync("1");

        var answer = await PutAsync("1", Avengers);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((201, Avengers)));
        Assert.That(answer.Field("ETag"), Is.EqualTo(ETag(4)));
    }

    [Test]
    public async Task Restart_AfterWrites_KeepsFilmsAndRevision()
    {
        await PutAsync("3", UpArguments);
        await Host.RestartAsync();

        var answer = await Host.CreateClient().SendAsync("GET", "/films/3");

        Assert.That(answer.Body, Is.EqualTo(Up));
        Assert.That(answer.Field("ETag"), Is.EqualTo(ETag(3)));
    }

    private static ByteArrayContent Form(string form) =>
        new(Encoding.ASCII.GetBytes(form)) { Headers = { ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded") } };
}
