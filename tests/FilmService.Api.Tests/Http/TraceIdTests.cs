using System.Text.Json.Nodes;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Http;

/// <summary>Every response says under which id its request is in the log.</summary>
public sealed class TraceIdTests : ServiceTest
{
    private const string OwnId = "^00-[0-9a-f]{32}-[0-9a-f]{16}-00$";
    private const string CallersTrace = "4bf92f3577b34da6a3ce929d0e0e4736";

    [TestCase("GET", "/", 200)]
    [TestCase("GET", "/films/1", 200)]
    [TestCase("HEAD", "/films/1", 200)]
    [TestCase("GET", "/docs/index.html", 200)]
    [TestCase("PUT", "/films/3?name=Up&year=2009", 201)]
    [TestCase("DELETE", "/films/1", 204)]
    [TestCase("OPTIONS", "/films", 204)]
    [TestCase("GET", "/films/1", 304, "If-None-Match: *")]
    [TestCase("GET", "/films", 412, "If-Match: \"k3f9-1\"")]
    public async Task Response_OfAnyStatus_HasAnIdOfItsOwn(string method, string address, int status, string field = "X: 1")
    {
        var answers = new[] { await Client.SendAsync(method, address, null, field), await GetAsync("/films/2") };

        Assert.That(answers[0].Status, Is.EqualTo(status));
        Assert.That(answers.Select(answer => answer.Field("Trace-Id")), Is.Unique.And.All.Match(OwnId));
    }

    [TestCase("GET", "/films?x=1", 400)]
    [TestCase("GET", "/hello_world", 401)]
    [TestCase("PUT", "/films/3", 403, "Origin: https://evil.example")]
    [TestCase("GET", "/films/3", 404)]
    [TestCase("GET", "/nothing", 404)]
    [TestCase("PUT", "/films", 405)]
    [TestCase("GET", "/films", 406, "Accept: text/html")]
    public async Task Problem_OfAnyKind_HasTheSameIdInItsBody(string method, string address, int status, string field = "X: 1")
    {
        var answer = await Client.SendAsync(method, address, null, field);

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That((string?)answer.Json["traceId"], Does.Match(OwnId).And.EqualTo(answer.Field("Trace-Id")));
    }

    [Test]
    public async Task Stream_OfEvents_HasAnId()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/changes?since=0") { Headers = { { "Accept", "text/event-stream" } } };
        using var answer = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.That(answer.Headers.GetValues("Trace-Id").Single(), Does.Match(OwnId));
    }

    [Test]
    public async Task Request_WithTraceparent_KeepsItsTrace()
    {
        var answer = await GetAsync("/films/3", $"traceparent: 00-{CallersTrace}-00f067aa0ba902b7-01");

        Assert.That(answer.Field("Trace-Id"), Does.StartWith($"00-{CallersTrace}-").And.Not.Contain("00f067aa0ba902b7"));
        Assert.That((string?)answer.Json["traceId"], Is.EqualTo(answer.Field("Trace-Id")));
    }

    [TestCase("00-4bf92f3577b34da6a3ce929d0e0e4736")]
    [TestCase("00-00000000000000000000000000000000-0000000000000000-00")]
    [TestCase("<script>")]
    [TestCase("4bf92f35\" x")]
    public async Task Request_WithABrokenTraceparent_GetsAnIdOfItsOwn(string traceparent)
    {
        var answer = await GetAsync("/films/1", $"traceparent: {traceparent}");

        Assert.That(answer.Field("Trace-Id"), Does.Match(OwnId).And.Not.Contain(CallersTrace));
    }

    [Test]
    public async Task Log_OfARequest_HasTheTrace()
    {
        var folder = Directory.CreateTempSubdirectory("filmservice-").FullName;
        using var service = await FilmServiceProcess.StartAsync(folder, "Production");
        using var client = service.CreateClient();
        var trace = (await client.SendAsync("GET", "/films/1", null)).Field("Trace-Id")!.Split('-')[1];
        await service.TerminateAsync();
        await service.EndsAsync();

        var line = service.Output.Single(line => line.Contains(RequestLine, StringComparison.Ordinal));
        Assert.That((string?)JsonNode.Parse(line)!["@tr"], Is.EqualTo(trace));
        Directory.Delete(folder, recursive: true);
    }

    private const string RequestLine = "\"RequestPath\":\"/films/1\"";
}
