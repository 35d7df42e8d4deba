using System.Text;
using System.Text.Json.Nodes;
using FilmService.Api.Http.Binding;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Http;

/// <summary>Requests that are too large, truncated or broken.</summary>
public sealed class HostileRequestsTests : ServiceTest
{
    private const int TooLarge = 30_000_000;

    private static string ContentTooLarge => Problem("content-too-large", "The body is too large", 413, "The body is larger than 1000000 bytes.", "/films/9");

    private static string CutOff => Malformed("The body is truncated, or its framing is invalid.", "/films/9");

    [Test]
    public async Task Put_30MegabytesWithLength_GetsThe413()
    {
        var answer = await Host.SendRawJsonAsync("PUT /films/9", $$"""{"name":"{{new string('a', TooLarge)}}"}""");

        await AssertRefusedAsync(answer, ContentTooLarge);
    }

    [Test]
    public async Task Put_30MegabytesChunked_GetsThe413()
    {
        var chunk = $"{10_000:x}\r\n{new string('a', 10_000)}\r\n";

        var answer = await Host.SendRawAsync(
            "PUT /films/9", string.Concat(Enumerable.Repeat(chunk, TooLarge / 10_000)) + "0\r\n\r\n", "Content-Type: application/json", "Transfer-Encoding: chunked");

        await AssertRefusedAsync(answer, ContentTooLarge);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Put_30MegabytesFromAnOrdinaryClient_GetsThe413(bool chunked)
    {
        using var content = new StreamContent(new MemoryStream(new byte[TooLarge]));
        content.Headers.ContentType = new("application/json");
        content.Headers.ContentLength = chunked ? null : TooLarge;

        await AssertRefusedAsync(await PutAsync("9", content), ContentTooLarge);
    }

    [TestCase("GET /films", 400)]
    [TestCase("DELETE /films/1", 400)]
    [TestCase("PUT /nothing", 404)]
    [TestCase("PUT /films", 405)]
    [TestCase("PUT /films/a%2Fb", 400)]
    public async Task Request_30MegabytesWhereRefusedAnyway_GetsTheAnswer(string requestLine, int status)
    {
        var answer = await Host.SendRawJsonAsync(requestLine, new string('a', TooLarge));

        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((status, "application/problem+json")));
        await AssertNothingStoredAsync();
    }

    [TestCase("1000001")]
    [TestCase("3000000000")]
    [TestCase("9223372036854775807")]
    public async Task Put_LengthThatIsTooLarge_IsRefusedBeforeTheBodyComes(string length)
    {
        var answer = await Host.SendRawAsync("PUT /films/9", "", "Content-Type: application/json", $"Content-Length: {length}");

        await AssertRefusedAsync(answer, ContentTooLarge);
    }

    [Test]
    public async Task Put_ExpectContinueOfTooLargeBody_GetsThe413Instead()
    {
        var answer = await Host.SendRawAsync("PUT /films/9", "", "Content-Type: application/json", $"Content-Length: {TooLarge}", "Expect: 100-continue");

        await AssertRefusedAsync(answer, ContentTooLarge);
    }

    [Test]
    public async Task Put_BodyOfExactlyTheLimit_IsRead()
    {
        var answer = await Host.SendRawJsonAsync("PUT /films/9", UpArguments + new string(' ', 1_000_000 - UpArguments.Length));

        Assert.That((answer.Status, answer.Body), Is.EqualTo((201, Up)));
    }

    [TestCase("PUT /films/9")]
    [TestCase("PATCH /films/1")]
    [TestCase("POST /films")]
    [TestCase("POST /films/1/restore")]
    [TestCase("POST /restore")]
    [TestCase("POST /imports")]
    public async Task Request_BoundaryThatIsTooLong_IsRefused(string requestLine)
    {
        foreach (var length in new[] { 4_001, 4_100, 20_000 })
        {
            var answer = await Host.SendRawAsync(requestLine, "--a--", $"Content-Type: multipart/form-data; boundary={new string('b', length)}", "Content-Length: 5");

            await AssertRefusedAsync(answer, Malformed("The multipart form's boundary is longer than 4000 characters. Use at most 70.", requestLine.Split(' ')[1]));
        }
    }

    [TestCase(70)]
    [TestCase(4_000)]
    public async Task Put_LongBoundary_IsRead(int length)
    {
        var boundary = new string('b', length);
        var body = string.Concat(new[] { ("name", "Up"), ("year", "2009"), ("month", "May") }.Select(field => $"--{boundary}\r\nContent-Disposition: form-data; name={field.Item1}\r\n\r\n{field.Item2}\r\n"))
            + $"--{boundary}--\r\n";

        var answer = await Host.SendRawAsync("PUT /films/9", body, $"Content-Type: multipart/form-data; boundary={boundary}", $"Content-Length: {body.Length}");

        Assert.That((answer.Status, answer.Body), Is.EqualTo((201, Up)));
    }

    [TestCase("PUT /films/9", "application/x-www-form-urlencoded", "The form has more than 1000 fields.")]
    [TestCase("QUERY /films", "application/x-www-form-urlencoded", "The form has more than 1000 fields.")]
    [TestCase("PATCH /films/1", "application/json", "The body has more than 1000 members.")]
    [TestCase("POST /films/1/restore", "multipart/form-data; boundary=b", "The multipart form has more than 1000 fields.")]
    public async Task Request_MoreFieldsThanAnyNeeds_IsRefusedWithoutReadingThem(string requestLine, string type, string detail)
    {
        var names = Enumerable.Range(0, ArgumentSet.MaxCount + 1).Select(i => $"abc{i}").ToList();
        var answer = await SendFieldsAsync(requestLine, type, names);
        var fewer = await SendFieldsAsync(requestLine, type, names[1..]);

        await AssertRefusedAsync(answer, Malformed(detail, requestLine.Split(' ')[1]));
        Assert.That(((JsonObject)fewer.Json["errors"]!)["abc1"]![0]!.ToString(), Does.StartWith("'abc1' is unknown."));
    }

    [Test]
    public async Task Token_MoreFieldsThanAnyNeeds_IsRefused()
    {
        var answer = await SendFieldsAsync("POST /oauth/token", "application/x-www-form-urlencoded", Enumerable.Repeat("a", ArgumentSet.MaxCount + 1));

        Assert.That((answer.Status, (string?)answer.Json["error_description"]), Is.EqualTo((400, "The body has more than 1000 fields.")));
    }

    [Test]
    public async Task Request_OddContentType_IsAnsweredAndNever500()
    {
        string[] types =
        [
            "", " ", ";", "/", "a", "a/", "/a", "*/*", "application/json;", "application/json;;", "application/json; charset", "application/json; charset=", "application/json; charset=\"",
            "application/json; charset=\"utf-8\\\"", "application/json, text/csv", "multipart/form-data; boundary", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=\"",
            "multipart/form-data; boundary=\" \"", "multipart/form-data; boundary=\"a\\\"b\"", "multipart/form-data; boundary=a; boundary=b", "multipart/mixed; boundary=a", "text/csv; header=absent",
            "application/x-ndjson; a=\"\t\"",
        ];
        string[] requestLines = ["PUT /films/9", "PATCH /films/1", "POST /films", "POST /imports", "QUERY /films", "POST /films/1/restore", "POST /restore", "PUT /users/ann", "POST /api-keys", "POST /oauth/clients", "POST /oauth/token"];
        foreach (var (type, requestLine) in types.SelectMany(type => requestLines.Select(requestLine => (type, requestLine))))
        {
            string[] fields = requestLine == "POST /oauth/token" ? [] : [Basic("admin", "atCh_5K}?g")];

            var answer = await Host.SendRawAsync(
                requestLine, "--a\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nUp\r\n--a--", [$"Content-Type: {type}", "Content-Length: 61", .. fields]);

            Assert.That(answer.Status, Is.InRange(400, 499), $"{requestLine} {type}");
            Assert.That(answer.ContentType, Is.EqualTo(fields.Length == 0 ? "application/json" : "application/problem+json"), $"{requestLine} {type}");
        }
    }

    [TestCase("ZZ\r\n{}\r\n0\r\n\r\n")]
    [TestCase("-1\r\n{}\r\n0\r\n\r\n")]
    [TestCase("2\r\n{}XX0\r\n\r\n")]
    [TestCase("FFFFFFFFFFFFFFFFFF\r\n")]
    [TestCase("\r\n\r\n")]
    public async Task Put_BrokenChunks_IsRefused(string body)
    {
        var answer = await Host.SendRawAsync("PUT /films/9", body, "Content-Type: application/json", "Transfer-Encoding: chunked");

        await AssertRefusedAsync(answer, CutOff);
    }

    [TestCase("Content-Length: 100")]
    [TestCase("Transfer-Encoding: chunked")]
    public async Task Put_BodyThatIsCutOff_StoresNothing(string framing)
    {
        var head = $"PUT /films/9 HTTP/1.1\r\nHost: {Host.Address.Authority}\r\nContent-Type: application/json\r\n{framing}\r\n\r\n";

        await Host.SendAndLeaveAsync(Encoding.ASCII.GetBytes($"{head}{UpArguments.Length:x}\r\n{UpArguments}"));

        await AssertNothingStoredAsync();
    }

    [TestCase("Content-Length: 2|Content-Length: 3")]
    [TestCase("Content-Length: 2|Content-Length: 2")]
    [TestCase("Content-Length: -1")]
    [TestCase("Content-Length: two")]
    [TestCase("Content-Length: 99999999999999999999")]
    [TestCase("Transfer-Encoding: gzip")]
    [TestCase("Transfer-Encoding: chunked, identity")]
    [TestCase("Host: 127.0.0.1|Host: 127.0.0.1")]
    [TestCase("Bro ken: x")]
    [TestCase("X: a\0b")]
    public async Task Request_ThatIsNotHttp_IsRefusedByTheServer(string fields)
    {
        var answer = await Host.SendRawAsync("PUT /films/9", "{}", ["Content-Type: application/json", .. fields.Split('|')]);

        Assert.That(answer.Status, Is.EqualTo(400));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Put_LengthAndChunked_DoesNotSmuggleARequest()
    {
        var answer = await Host.SendRawAsync(
            "PUT /films/9", "0\r\n\r\nDELETE /films/1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "Content-Type: application/json", "Content-Length: 6", "Transfer-Encoding: chunked");

        Assert.That(answer.Status, Is.EqualTo(400));
        await AssertNothingStoredAsync();
    }

    [TestCase(8192, "/films/1", 400)]
    [TestCase(8193, "/films/1", 414)]
    [TestCase(30_000, "/nothing", 414)]
    [TestCase(30_000, "/hello_world", 414)]
    public async Task Get_LongAddress_IsRefusedInWordsBeyond8Kilobytes(int length, string path, int status)
    {
        var answer = await Host.SendRawAsync($"GET {path}?x=".PadRight("GET ".Length + length, 'a'));

        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((status, "application/problem+json")));
        if (status == 414)
        {
            AssertProblem(answer, Problem("uri-too-long", "The URL is too long", 414, "The URL is longer than 8192 bytes.", path));
        }
    }

    [Test]
    public async Task Get_AddressOfMoreThan32Kilobytes_IsRefusedByTheServer()
    {
        var answer = await Host.SendRawAsync($"GET /{new string('a', 40_000)}");

        Assert.That(answer.Status, Is.EqualTo(414));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Get_TooManyFields_IsRefused()
    {
        var answer = await Host.SendRawAsync("GET /films", "", Enumerable.Range(0, 200).Select(n => $"X-{n}: 1").ToArray());

        Assert.That(answer.Status, Is.EqualTo(431));
        await AssertNothingStoredAsync();
    }

    [TestCase("GET http://127.0.0.1/films/1")]
    [TestCase("GET http://localhost/films/1?_=1")]
    public async Task Get_AbsoluteForm_IsServed(string requestLine)
    {
        var host = requestLine.Split('/')[2];

        Assert.That((await Host.SendRawAsync(requestLine, "", $"Host: {host}")).Body, Is.EqualTo(Avengers));
    }

    private Task<HttpAnswer> SendFieldsAsync(string requestLine, string type, IEnumerable<string> names)
    {
        var body = type switch
        {
            "application/json" => $"{{{string.Join(',', names.Select(name => $"\"{name}\":1"))}}}",
            "application/x-www-form-urlencoded" => string.Join('&', names.Select(name => $"{name}=1")),
            _ => string.Concat(names.Select(name => $"--b\r\nContent-Disposition: form-data; name={name}\r\n\r\n1\r\n")) + "--b--\r\n",
        };
        return Host.SendRawAsync(requestLine, body, $"Content-Type: {type}", $"Content-Length: {body.Length}");
    }
}
