using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Errors;

/// <summary>What clients see when the service itself is at fault: nothing of its inside.</summary>
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

        AssertProblem(answer, Problem("unavailable", "The catalogue does not answer", 503, "The database does not answer. Try again in 5 seconds.", address));
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

        AssertProblem(answer, Problem("internal-error", "Internal error", 500, "The service failed. The trace id leads to the reason in its log.", address));
        Assert.That(answer.Field("Referrer-Policy"), Is.EqualTo("no-referrer"));
        Assert.That(answer.Field("ETag"), Is.Null);
    }
}
