using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Http;

/// <summary>Methods and representations (RFC 9110).</summary>
public sealed class MethodsTests : ServiceTest
{
    [TestCase("/", "GET, HEAD, OPTIONS")]
    [TestCase("/hello_world", "GET, HEAD, OPTIONS")]
    [TestCase("/problems", "GET, HEAD, OPTIONS")]
    [TestCase("/problems/validation", "GET, HEAD, OPTIONS")]
    [TestCase("/health/live", "GET, HEAD, OPTIONS")]
    [TestCase("/docs", "GET, HEAD, OPTIONS")]
    [TestCase("/docs/index.html", "GET, HEAD, OPTIONS")]
    public async Task Options_AddressThatIsOnlyRead_ListsItsMethods(string address, string allow)
    {
        var answer = await Client.SendAsync("OPTIONS", address);

        Assert.That((answer.Status, answer.Body, answer.Field("Allow")), Is.EqualTo((204, "", allow)));
    }

    [TestCase("/films")]
    [TestCase("/films/1")]
    [TestCase("/films/3")]
    public async Task Options_Films_ListsTheirMethods(string address)
    {
        var answer = await Client.SendAsync("OPTIONS", address);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((204, "")));
        Assert.That(answer.Field("Allow"), Is.EqualTo(address == "/films" ? "GET, HEAD, OPTIONS, POST, QUERY" : "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"));
        Assert.That(answer.Field("Accept-Post"), Is.EqualTo(address == "/films" ? "application/json, application/x-www-form-urlencoded, multipart/form-data, application/x-ndjson, text/csv" : null));
        Assert.That(
            answer.Field("Accept-Patch"),
            Is.EqualTo(address == "/films" ? null : "application/merge-patch+json, application/json, application/x-www-form-urlencoded, multipart/form-data"));
    }

    [TestCase("/nothing")]
    [TestCase("/films/")]
    [TestCase("/FILMS")]
    public async Task Options_PathOfNothing_Returns404(string address)
    {
        var answer = await Client.SendAsync("OPTIONS", address);

        Assert.That((answer.Status, (string?)answer.Json["type"], answer.Field("Allow")), Is.EqualTo((404, "/problems/not-found", (string?)null)));
    }

    [TestCase("get", "/health/live", "GET, HEAD, OPTIONS")]
    [TestCase("Head", "/", "GET, HEAD, OPTIONS")]
    [TestCase("options", "/films", "GET, HEAD, OPTIONS, POST, QUERY")]
    [TestCase("post", "/films", "GET, HEAD, OPTIONS, POST, QUERY")]
    [TestCase("delete", "/films/1", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")]
    [TestCase("get", "/films/1", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")]
    public async Task Request_MethodInAnotherLetterCase_IsNotTaken(string method, string address, string allow)
    {
        var answer = await Host.SendRawAsync($"{method} {address}", "", "Content-Length: 0");

        await AssertRefusedAsync(answer, Problem("method-not-allowed", "Method not allowed", 405, $"{address} takes {allow}.", address));
        Assert.That(answer.Field("Allow"), Is.EqualTo(allow));
    }

    [TestCase("DELETE", "/")]
    [TestCase("PUT", "/hello_world")]
    [TestCase("POST", "/hello_world")]
    [TestCase("BREW", "/problems")]
    [TestCase("DELETE", "/docs")]
    [TestCase("get", "/docs/index.html")]
    public async Task Request_MethodThatAnAddressDoesNotTake_Returns405WithAllow(string method, string address)
    {
        var answer = await Host.SendRawAsync($"{method} {address}", "", "Content-Length: 0");

        AssertProblem(answer, Problem("method-not-allowed", "Method not allowed", 405, $"{address} takes GET, HEAD, OPTIONS.", address));
        Assert.That(answer.Field("Allow"), Is.EqualTo("GET, HEAD, OPTIONS"));
    }

    [TestCase("DELETE")]
    [TestCase("PUT")]
    [TestCase("TRACE")]
    [TestCase("CONNECT")]
    public async Task Request_WholeCatalogueWithWrongMethod_ChangesNothing(string method)
    {
        var answer = await Host.SendRawAsync($"{method} /films");

        Assert.That(answer.Status, Is.EqualTo(405));
        await AssertNothingStoredAsync();
    }

    [TestCase("/nothing")]
    [TestCase("/films/1/2")]
    [TestCase("/index.html")]
    [TestCase("/.env")]
    public async Task Get_PathOfNothing_Returns404(string path) => AssertProblem(await GetAsync(path), NothingAt(path));

    [TestCase("/films/")]
    [TestCase("/films/1/")]
    public async Task Get_SlashAtTheEnd_Returns404WithWhatWasMeant(string path)
    {
        var answer = await GetAsync(path);

        AssertProblem(answer, Problem("not-found", "Not found", 404, $"There is nothing at {path}. Did you mean {path.TrimEnd('/')}?", path));
    }

    [TestCase("/films", "application/json")]
    [TestCase("/films/1", "application/*;q=0.1")]
    [TestCase("/films/1", "text/html;q=0.9, */*;q=0.8")]
    [TestCase("/films/1", "Application/JSON")]
    [TestCase("/films/1", "application/json;charset=utf-8")]
    [TestCase("/films/1", "")]
    public async Task Get_AcceptThatAllowsJson_IsServed(string address, string accept) =>
        Assert.That((await GetAsync(address, $"Accept: {accept}")).Status, Is.EqualTo(200));

    [TestCase("/films", "application/problem+json")]
    [TestCase("/films/1", "application/problem+json")]
    [TestCase("/films/1", "application/problem+json, application/problem+xml;q=0.5")]
    [TestCase("/films/1", "Application/Problem+JSON; charset=utf-8; q=0.1")]
    [TestCase("/films/1", "application/problem+json;q=0")]
    [TestCase("/films/1", "application/*+json")]
    [TestCase("/films?format=csv", "application/problem+json")]
    [TestCase("/openapi.json", "application/problem+json")]
    [TestCase("/problems/validation", "application/problem+json")]
    [TestCase("/health/ready", "application/problem+json")]
    public async Task Get_AcceptOfProblemsAlone_IsServedInTheUsualFormat(string address, string accept)
    {
        var answer = await GetAsync(address, $"Accept: {accept}");

        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((200, (await GetAsync(address)).ContentType)));
    }

    [Test]
    public async Task Get_AcceptOfProblemsBesideAnotherType_IsServedInTheOther()
    {
        Assert.That((await GetAsync("/films", "Accept: text/csv;q=0.1, application/problem+json")).ContentType, Does.StartWith("text/csv"));
        Assert.That((await GetAsync("/changes", "Accept: application/problem+json, application/x-ndjson")).ContentType, Is.EqualTo("application/x-ndjson"));
    }

    [TestCase("/films", "application/xml")]
    [TestCase("/films/1", "text/html")]
    [TestCase("/films/1", "text/html, application/problem+json")]
    [TestCase("/films/1", "application/problem+json, */*;q=0")]
    [TestCase("/films/1", "application/hal+json")]
    [TestCase("/films/1", "application/json;q=0, text/html")]
    [TestCase("/films/1", "*/*;q=0")]
    [TestCase("/", "application/xml")]
    public async Task Get_AcceptThatAllowsNoJson_Returns406(string address, string accept)
    {
        var answer = await GetAsync(address, $"Accept: {accept}");

        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((406, "application/problem+json")));
        Assert.That((string?)answer.Json["type"], Is.EqualTo("/problems/not-acceptable"));
    }

    [Test]
    public async Task Put_AcceptThatAllowsNoJson_ChangesNothing() =>
        await AssertRefusedAsync(
            await PutAsync("1", UpArguments, "Accept: text/html"),
            Problem("not-acceptable", "Not acceptable", 406, "Available as application/json; the Accept header does not allow it.", "/films/1"));

    [TestCase("text/plain", "A body of type 'text/plain' is not accepted here. Accepted: application/json, application/x-www-form-urlencoded, multipart/form-data.")]
    [TestCase("application/xml", "A body of type 'application/xml' is not accepted here. Accepted: application/json, application/x-www-form-urlencoded, multipart/form-data.")]
    [TestCase("application/problem+json", "A body of type 'application/problem+json' is not accepted here. Accepted: application/json, application/x-www-form-urlencoded, multipart/form-data.")]
    [TestCase("nonsense", "The body needs a Content-Type. Accepted here: application/json, application/x-www-form-urlencoded, multipart/form-data.")]
    [TestCase("", "The body needs a Content-Type. Accepted here: application/json, application/x-www-form-urlencoded, multipart/form-data.")]
    [TestCase("application/json; charset=utf-8; charset=latin1", "The Content-Type has the parameter 'charset' more than once.")]
    [TestCase("application/json; charset=utf-16", "The charset 'utf-16' is not supported. Send UTF-8.")]
    [TestCase("application/x-www-form-urlencoded; charset=iso-8859-1", "The charset 'iso-8859-1' is not supported. Send UTF-8.")]
    public async Task Put_BodyOfAnotherType_Returns415(string type, string detail)
    {
        var answer = await Host.SendRawAsync("PUT /films/9", UpArguments, $"Content-Type: {type}", $"Content-Length: {UpArguments.Length}");

        await AssertRefusedAsync(answer, Unsupported(detail));
        Assert.That(answer.Field("Accept"), Is.EqualTo("application/json, application/x-www-form-urlencoded, multipart/form-data"));
    }

    [Test]
    public async Task Put_BodyWithoutType_Returns415()
    {
        var answer = await Host.SendRawAsync("PUT /films/9", UpArguments, $"Content-Length: {UpArguments.Length}");

        await AssertRefusedAsync(answer, Unsupported("The body needs a Content-Type. Accepted here: application/json, application/x-www-form-urlencoded, multipart/form-data."));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("identity, gzip")]
    public async Task Put_CompressedBody_Returns415(string coding)
    {
        var answer = await Host.SendRawJsonAsync("PUT /films/9", UpArguments, $"Content-Encoding: {coding}");

        await AssertRefusedAsync(answer, Unsupported($"The content coding '{coding}' is not supported here. Send the body uncompressed."));
    }

    [Test]
    public async Task Put_PartOfABody_IsNotStoredAsTheWhole() => await AssertRefusedAsync(
        await Host.SendRawJsonAsync("PUT /films/1", UpArguments, "Content-Range: bytes 0-38/100"),
        InvalidParameters("/films/1", ("Content-Range", "Partial uploads are not supported; send the complete body.")));

    [Test]
    public async Task Put_TransferCodingBesideChunked_IsRefused() => await AssertRefusedAsync(
        await Host.SendRawAsync(
            "PUT /films/1", $"{UpArguments.Length:x}\r\n{UpArguments}\r\n0\r\n\r\n", "Content-Type: application/json", "Transfer-Encoding: gzip, chunked"),
        InvalidParameters("/films/1", ("Transfer-Encoding", "The only supported transfer coding is 'chunked'.")));

    [TestCase("HEAD", "/changes")]
    [TestCase("GET", "/films/1/history")]
    [TestCase("GET", "/openapi.json")]
    [TestCase("GET", "/")]
    public async Task Request_IfMatchWhereItMeansNothing_IsRefused(string method, string address)
    {
        var answer = await Client.SendAsync(method, address, null, "If-Match: *");

        Assert.That(answer.Status, Is.EqualTo(400));
        if (method == "GET")
        {
            AssertProblem(answer, InvalidParameters(address, ("If-Match", $"If-Match is not supported for {method} {RouteOf(address)}. Leave it out; /docs lists the requests that accept it.")));
        }
    }

    [TestCase("/changes")]
    [TestCase("/films/1/history")]
    [TestCase("/health/live")]
    public async Task Get_IfNoneMatchWhereThereIsNoETag_IsRefused(string address) => AssertProblem(
        await GetAsync(address, "If-None-Match: \"k3f9-1\""),
        InvalidParameters(address, ("If-None-Match", $"If-None-Match is not supported for GET {RouteOf(address)}. Leave it out; /docs lists the requests that accept it.")));

    [Test]
    public async Task Put_TwoQuestionMarks_AreANameThatBeginsWithOne() => await AssertRefusedAsync(
        await Host.SendRawAsync("PUT /films/1??name=Up&year=2009", "", "Content-Length: 0"),
        Invalid("1", ("name", "Name is required."), ("?name", "'?name' is unknown. Did you mean 'name'? Accepted here: name, year, month, id.")));

    private static string Unsupported(string detail) => Problem("unsupported-media-type", "The body's type is not supported", 415, detail, "/films/9");
}
