using System.Net.Sockets;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>draft-ietf-httpapi-idempotency-key-header: a retried request has no second effect.</summary>
public sealed class IdempotencyKeyTests : WriteTest
{
    private const string Rule = "An idempotency key must have 1 to 255 visible ASCII characters, and be sent only once.";

    [Test]
    public async Task Post_SameKeyAgain_IsTheSameAnswerAndOneFilm()
    {
        var first = await PostAsync(UpArguments, Key);

        var again = await PostAsync(UpArguments, Key);

        AssertReplayed(again, first);
        Assert.That(again.Field("Location"), Is.EqualTo("/films/3"));
        Assert.That((await GetAsync("/films")).Json.AsObject(), Has.Count.EqualTo(3));
    }

    [TestCase("PUT", "/films/3", UpArguments, 201)]
    [TestCase("PUT", "/films/1", UpArguments, 200)]
    [TestCase("PUT", "/films/1", """{"name":"Avengers: Infinity War","year":2018,"month":"March"}""", 200)]
    [TestCase("PATCH", "/films/1", """{"month":null}""", 200)]
    [TestCase("DELETE", "/films/1", null, 204)]
    public async Task Write_SameKeyAgainAfterOtherChanges_IsTheSameAnswerWithoutEffect(string method, string address, string? json, int status)
    {
        var first = await SendAsync();
        var id = address.Split('/')[2];
        await PutAsync(id, """{"name":"Changed since","year":1900}""");
        var stored = await StoredAsync(id);

        var again = await SendAsync();

        Assert.That(first.Status, Is.EqualTo(status));
        AssertReplayed(again, first);
        Assert.That(await StoredAsync(id), Is.EqualTo(stored));

        Task<HttpAnswer> SendAsync() => Client.SendAsync(method, address, json is null ? null : HttpRequests.Json(json), Key);
    }

    [Test]
    public async Task Restore_SameKeyAgain_IsTheSameAnswer()
    {
        await DeleteAsync("1");
        var first = await RestoreAsync("1", Revision(2), Key);
        await DeleteAsync("1");

        AssertReplayed(await RestoreAsync("1", Revision(2), Key), first);
        Assert.That(await StoredAsync("1"), Is.EqualTo("404  5"));
    }

    [Test]
    public async Task Put_SameKeyAgain_ComesBeforeTheCondition()
    {
        var first = await PutAsync("1", UpArguments, Key, $"If-Match: {ETag(1)}");
        await PutAsync("1", """{"name":"Changed since","year":1900}""");

        AssertReplayed(await PutAsync("1", UpArguments, Key, $"If-Match: {ETag(1)}"), first);
    }

    [Test]
    public async Task Post_QuotedAndBareKey_AreOne()
    {
        var first = await PostAsync(UpArguments, "Idempotency-Key: \"k-1\"");

        AssertReplayed(await PostAsync(UpArguments, "Idempotency-Key: k-1"), first);
        Assert.That((await PostAsync(UpArguments, "Idempotency-Key: K-1")).Field("Idempotency-Replayed"), Is.Null, "Keys are compared exactly.");
    }

    [TestCase("PUT", "/films/9", """{"name":"Up","year":2009}""")]
    [TestCase("PUT", "/films/8", """{"name":"Up","year":2010}""")]
    [TestCase("PUT", "/films/8?month=May", """{"name":"Up","year":2009}""")]
    [TestCase("PUT", "/films/8?dryRun=true", """{"name":"Up","year":2009}""")]
    [TestCase("PATCH", "/films/8", """{"name":"Up","year":2009}""")]
    [TestCase("POST", "/films", """{"name":"Up","year":2009}""")]
    [TestCase("DELETE", "/films/8", null)]
    public async Task Write_KeyOfAnotherRequest_Returns422AndStoresNothing(string method, string address, string? json)
    {
        await PutAsync("8", """{"name":"Up","year":2009}""", Key);

        var answer = await Client.SendAsync(method, address, json is null ? null : HttpRequests.Json(json), Key);

        AssertProblem(answer, KeyReused(address.Split('?')[0]));
        Assert.That(await StoredAsync("8"), Is.EqualTo("""200 {"Name":"Up","Year":2009,"Month":null} 3"""));
        Assert.That((await GetAsync("/films")).Json.AsObject(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Put_SameKeyOtherType_Returns422()
    {
        await Client.SendAsync("PUT", "/films/8?name=Up&year=2009", null, Key);

        var form = await Client.SendAsync("PUT", "/films/8", new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Up", ["year"] = "2009" }), Key);

        AssertProblem(form, KeyReused("/films/8"));
    }

    [TestCase("PATCH", "/films/9", UpArguments, 404)]
    [TestCase("PUT", "/films/9", """{"name":""}""", 400)]
    [TestCase("POST", "/films", """{"Id":"1","name":"Up","year":2009}""", 409)]
    public async Task Write_Refused_KeepsNoKey(string method, string address, string json, int status)
    {
        var refused = await Client.SendAsync(method, address, HttpRequests.Json(json), Key);
        var other = await PostAsync(UpArguments, Key);

        Assert.That((refused.Status, other.Status), Is.EqualTo((status, 201)));
    }

    [TestCase("Idempotency-Key:")]
    [TestCase("Idempotency-Key: \"\"")]
    [TestCase("Idempotency-Key: a b")]
    [TestCase("Idempotency-Key: \"a b\"")]
    [TestCase("Idempotency-Key: schl\u00C3\u00BCssel")]
    public async Task Write_NoKey_IsRefused(string field) =>
        await AssertRefusedAsync(await Raw("POST /films", field), InvalidParameters("/films", ("Idempotency-Key", Rule)));

    [Test]
    public async Task Write_KeyTwice_IsRefused() =>
        await AssertRefusedAsync(await Raw("POST /films", "Idempotency-Key: a", "Idempotency-Key: a"), InvalidParameters("/films", ("Idempotency-Key", Rule)));

    [TestCase(1, 201)]
    [TestCase(255, 201)]
    [TestCase(256, 400)]
    [TestCase(300, 400)]
    public async Task Write_KeyOfManyCharacters_IsTakenUpTo255(int length, int status)
    {
        Assert.That((await PostAsync(UpArguments, $"Idempotency-Key: {new string('k', length)}")).Status, Is.EqualTo(status));
        Assert.That((await PostAsync(UpArguments, $"Idempotency-Key: \"{new string('K', length)}\"")).Status, Is.EqualTo(status));
    }

    [TestCase("GET", "/films")]
    [TestCase("GET", "/films/1")]
    [TestCase("HEAD", "/films/1")]
    [TestCase("GET", "/films/1/history")]
    [TestCase("GET", "/changes")]
    [TestCase("GET", "/")]
    [TestCase("GET", "/health/live")]
    public async Task Read_Key_IsRefused(string method, string address)
    {
        var answer = await Client.SendAsync(method, address, null, Key);

        Assert.That(answer.Status, Is.EqualTo(400));
        if (method != "HEAD")
        {
            AssertProblem(answer, InvalidParameters(address, ("Idempotency-Key", $"Idempotency-Key is not supported for {method} {RouteOf(address)}. Leave it out; /docs lists the requests that accept it.")));
        }
    }

    [Test]
    public async Task Post_TwoAtOnceWithOneKey_HaveOneEffectAndOneAnswer()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = $"Idempotency-Key: {Guid.NewGuid()}";

            var answers = await Task.WhenAll(PostAsync(UpArguments, key), PostAsync(UpArguments, key));

            var first = answers.Single(answer => answer.Field("Idempotency-Replayed") is null);
            AssertReplayed(answers.Single(answer => answer != first), first);
        }

        Assert.That((await GetAsync("/films")).Json.AsObject(), Has.Count.EqualTo(22));
    }

    [Test]
    public async Task Post_SameKeyOfAnotherCaller_IsAnotherKey()
    {
        var anonymous = await PostAsync(UpArguments, Key);
        var admin = await PostAsync(UpArguments, Key, Basic("admin", "atCh_5K}?g"));

        Assert.That(((string?)anonymous.Json["Id"], (string?)admin.Json["Id"]), Is.EqualTo(("3", "4")));
        AssertReplayed(await PostAsync(UpArguments, Key, Basic("admin", "atCh_5K}?g")), admin);
    }

    [Test]
    public async Task Post_SameKeyAfterARestart_IsTheSameAnswer()
    {
        var first = await PostAsync(UpArguments, Key);
        using var client = await RestartAsync();

        AssertReplayed(await client.SendAsync("POST", "/films", HttpRequests.Json(UpArguments), Key), first);
    }

    [Test]
    public async Task Post_ClientLeavesMidWrite_IsCommittedOrNotAndTheKeyTells()
    {
        var address = Host.Address;
        for (var round = 0; round < 60; round++)
        {
            var json = $$"""{"Id":"left-{{round}}","name":"Up","year":2009}""";
            using (var client = new TcpClient())
            {
                await client.ConnectAsync(address.Host, address.Port);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                    $"POST /films HTTP/1.1\r\nHost: {address.Authority}\r\nIdempotency-Key: left-{round}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {json.Length}\r\n\r\n{json}"));
                client.LingerState = new LingerOption(true, 0); // Disconnects with a reset.
            }

            var stored = (await GetAsync($"/films/left-{round}")).Status == 200;
            var retry = await PostAsync(json, $"Idempotency-Key: left-{round}");

            Assert.That((retry.Status, (string?)retry.Json["Id"]), Is.EqualTo((201, $"left-{round}")));
            Assert.That(retry.Field("Idempotency-Replayed"), stored ? Is.EqualTo("true") : Is.Null.Or.EqualTo("true"));
            Assert.That((await GetAsync($"/films/left-{round}/history")).Json["items"]!.AsArray(), Has.Count.EqualTo(1));
        }
    }

    private Task<HttpAnswer> Raw(string target, params string[] fields) => Host.SendRawJsonAsync(target, UpArguments, fields);

    private static void AssertReplayed(HttpAnswer again, HttpAnswer first)
    {
        Assert.That(first.Field("Idempotency-Replayed"), Is.Null);
        Assert.That(again.Field("Idempotency-Replayed"), Is.EqualTo("true"));
        Assert.That((again.Status, again.Body, again.ContentType), Is.EqualTo((first.Status, first.Body, first.ContentType)));
        foreach (var field in new[] { "ETag", "Location", "Films-Revision" })
        {
            Assert.That(again.Field(field), Is.EqualTo(first.Field(field)), field);
        }
    }
}
