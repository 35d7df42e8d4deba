using FilmService.Api.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FilmService.Api.Tests.Http;

/// <summary>What clients see of internal errors: no details.</summary>
public sealed class FailuresTests : ServiceTest
{
    [TestCase("GET", "/films")]
    [TestCase("GET", "/films/1")]
    [TestCase("PUT", "/films/1")]
    [TestCase("DELETE", "/films/1")]
    public async Task Request_DatabaseDoesNotAnswer_Returns503(string method, string address)
    {
        Host.Query("DROP TABLE films");

        var answer = await Client.SendAsync(method, address, method == "PUT" ? HttpRequests.Json(UpArguments) : null);

        AssertProblem(answer, Problem("unavailable", "The catalogue is not available", 503, "The database is not responding. Try again in 5 seconds.", address));
        Assert.That(answer.Field("Retry-After"), Is.EqualTo("5"));
        Assert.That(answer.Field("Referrer-Policy"), Is.EqualTo("no-referrer"));
    }

    [Test]
    public async Task Ready_DatabaseDoesNotAnswer_Returns503()
    {
        Host.Query("DROP TABLE films");

        Assert.That((await GetAsync("/health/ready")).Status, Is.EqualTo(503));
        Assert.That((await GetAsync("/health/live")).Body, Is.EqualTo("""{"status":"ok"}"""));
    }

    [TestCase("/films")]
    [TestCase("/films/1")]
    public async Task Get_DefectOfTheService_Returns500WithTheTraceIdAlone(string address)
    {
        Host.Query("UPDATE films SET month = 99 WHERE id = '1'");

        var answer = await GetAsync(address);

        AssertProblem(answer, Problem("internal-error", "Internal error", 500, "The service failed. Its log has the reason under the trace id.", address));
        Assert.That(answer.Field("Referrer-Policy"), Is.EqualTo("no-referrer"));
        Assert.That(answer.Field("ETag"), Is.Null);
    }

    [Test]
    public async Task Get_DefectInTheMiddleOfAList_CutsTheAnswer()
    {
        var lines = Enumerable.Range(1, 5000).Select(id => $$"""{"Id":"{{id}}","Name":"{{new string('x', 100)}}","Year":2009}""" + "\n");
        await Client.SendAsync("POST", "/films?onConflict=replace", new StringContent(string.Concat(lines), null, "application/x-ndjson"));
        Host.Query("UPDATE films SET month = 99 WHERE id = '5000'");
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(Host.Address, "/films"), HttpCompletionOption.ResponseHeadersRead);

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(async () => await answer.Content.ReadAsStringAsync(), Throws.InstanceOf<HttpRequestException>());
    }

    [TestCase(400, 400, "malformed-request")]
    [TestCase(401, 401, "not-logged-in")]
    [TestCase(403, 403, "insufficient-scope")]
    [TestCase(406, 406, "not-acceptable")]
    [TestCase(415, 415, "unsupported-media-type")]
    [TestCase(418, 400, "malformed-request")]
    [TestCase(500, 500, "internal-error")]
    [TestCase(501, 500, "internal-error")]
    [TestCase(503, 503, "unavailable")]
    public async Task Get_BareStatusOfTheFramework_IsAProblem(int status, int answered, string problem)
    {
        await using var host = await FilmServiceHost.StartAsync(app => app.Use((HttpContext context, RequestDelegate _) =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }));
        using var client = new HttpClient { BaseAddress = host.Address };

        var answer = await client.SendAsync("GET", "/");

        Assert.That((answer.Status, answer.ContentType, (string?)answer.Json["type"]), Is.EqualTo((answered, "application/problem+json", "/problems/" + problem)));
    }
}
