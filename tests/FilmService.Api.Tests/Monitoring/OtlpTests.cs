using FilmService.Api.Tests.Hosting;
using FilmService.Api.Tests.Processes;

namespace FilmService.Api.Tests.Monitoring;

/// <summary>Traces and metrics that are sent to a collector.</summary>
public sealed class OtlpTests : ProcessTest
{
    private const string CallersTrace = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string CallersSpan = "00f067aa0ba902b7";

    [Test]
    public async Task Traces_OfRequests_HaveTheirCommitsAndQueries()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var service = await RunWithAsync($"OTEL_EXPORTER_OTLP_ENDPOINT={receiver.Address}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        using var client = service.CreateClient();
        var put = await client.SendAsync("PUT", "/films/3?name=Up&year=2009", null, $"traceparent: 00-{CallersTrace}-{CallersSpan}-01");
        await client.SendAsync("GET", "/films?year=2009&limit=1", null);
        await client.SendAsync("POST", "/films", new StringContent("{\"Name\":\"Up\",\"Year\":2009}\n", new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-ndjson")));
        var missing = await client.SendAsync("GET", "/films/99", null);
        await EndAsync(service);

        var (request, query, import) = (Span(receiver, "PUT films/{id}"), Span(receiver, "query films"), Span(receiver, "POST films"));
        Assert.That((request.Trace, request.Parent), Is.EqualTo((CallersTrace, CallersSpan)));
        Assert.That(put.Field("Trace-Id"), Is.EqualTo($"00-{request.Trace}-{request.Id}-01"));
        Assert.That(missing.Field("Trace-Id"), Does.Contain(Span(receiver, "GET films/{id}").Id).And.EqualTo((string?)missing.Json["traceId"]));
        Assert.That(request.Tags["http.route"], Is.EqualTo("films/{id}"));
        Assert.That(request.Tags.Values, Has.None.Contains("Up"), "Values of parameters are not recorded.");
        Assert.That(query.Parent, Is.EqualTo(Span(receiver, "GET films").Id));
        var commits = receiver.Spans.Where(span => span.Name == "commit").ToLookup(span => span.Tags["filmservice.commit.kind"]);
        Assert.That(commits["batch"].Single().Links, Is.EqualTo(new[] { request.Id }));
        Assert.That(commits["import"].Single().Parent, Is.EqualTo(import.Id));
        Assert.That(receiver.Metrics, Is.SupersetOf(new[] { "filmservice.commits", "filmservice.cache.hits", "http.server.request.duration", "dotnet.gc.collections" }));
    }

    [TestCase("OTEL_TRACES_EXPORTER=otlp", true, false)]
    [TestCase("OTEL_METRICS_EXPORTER=otlp", false, true)]
    [TestCase("OTEL_TRACES_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT=*", false, true)]
    [TestCase("OTEL_METRICS_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT=*", true, false)]
    [TestCase("OTEL_TRACES_EXPORTER=otlp OTEL_METRICS_EXPORTER=otlp OTEL_EXPORTER_OTLP_ENDPOINT=*", true, true)]
    [TestCase("OTEL_SDK_DISABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=*", false, false)]
    [TestCase("OTEL_SERVICE_NAME=films", false, false)]
    public async Task Export_ByTheStandardVariables_SendsWhatTheySay(string variables, bool hasTraces, bool hasMetrics)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var service = await RunWithAsync(["OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", .. variables.Replace("*", receiver.Address, StringComparison.Ordinal).Split(' ')]);
        using var client = service.CreateClient();
        await client.SendAsync("GET", "/films/1", null);
        await EndAsync(service);

        // Without an endpoint they go to port 4318, where nobody is: only that the service does not mind is seen.
        var isReceived = variables.Contains('*');
        Assert.That((receiver.Spans.Count > 0, receiver.Metrics.Count > 0), Is.EqualTo((hasTraces && isReceived, hasMetrics && isReceived)));
    }

    [TestCase("OTEL_TRACES_EXPORTER=zipkin", "The setting OTEL_TRACES_EXPORTER is 'zipkin'. Allowed: otlp, none.")]
    [TestCase("OTEL_METRICS_EXPORTER=prometheus", "The setting OTEL_METRICS_EXPORTER is 'prometheus'. Allowed: otlp, none.")]
    public async Task Start_ExporterThatDoesNotExist_IsRefused(string variable, string reason)
    {
        var service = RunBy(["env", variable], "Development", "urls=http://127.0.0.1:0");

        Assert.That(await service.EndsAsync(), Is.EqualTo(1));
        Assert.That(service.Errors, Does.Contain(reason));
    }

    [Test]
    public async Task Stop_CollectorThatDoesNotAnswer_DoesNotDelayIt()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var service = await RunWithAsync($"OTEL_EXPORTER_OTLP_ENDPOINT=http://{silent.LocalEndpoint}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        using var client = service.CreateClient();
        await client.SendAsync("GET", "/films/1", null);
        var time = System.Diagnostics.Stopwatch.StartNew();
        await EndAsync(service);

        Assert.That(time.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), "The exporter alone would wait for 10 seconds for each of traces and metrics, and again when it is disposed.");
    }

    private async Task<FilmServiceProcess> RunWithAsync(params string[] variables)
    {
        var service = RunBy(["env", .. variables], "Development", "urls=http://127.0.0.1:0");
        await service.ListensAsync();
        return service;
    }

    private static async Task EndAsync(FilmServiceProcess service)
    {
        await service.TerminateAsync();
        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
    }

    private static ReceivedSpan Span(OtlpReceiver receiver, string name)
    {
        var spans = receiver.Spans.Where(span => span.Name == name).ToList();
        Assert.That(spans, Has.Count.EqualTo(1), $"{name} in {string.Join(", ", receiver.Spans.Select(span => span.Name))}");
        return spans[0];
    }
}
