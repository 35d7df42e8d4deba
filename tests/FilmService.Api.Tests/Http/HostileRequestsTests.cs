using System.Text;
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
}
