using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Monitoring;

public sealed class MetricsTests : MetricsTest
{
    private static readonly string[] Names =
    [
        "filmservice_backup_age_seconds", "filmservice_cache_hits_total", "filmservice_cache_misses_total", "filmservice_checkpoint_failures_total", "filmservice_commit_duration_seconds_count", "filmservice_commit_failures_total",
        "filmservice_commit_writes_count", "filmservice_commits_total", "filmservice_database_log_size_bytes", "filmservice_database_size_bytes", "filmservice_exports_active",
        "filmservice_exports_refused_total", "filmservice_imports_active", "filmservice_logins_failed_total", "filmservice_projection_lag", "filmservice_projection_lag_duration_seconds",
        "filmservice_queries_active", "filmservice_queries_refused_total", "filmservice_streams_active", "filmservice_webhooks_behind", "filmservice_webhooks_failing", "filmservice_webhooks_lag",
        "filmservice_write_queue_length", "dotnet_process_memory_working_set_bytes", "kestrel_active_connections", "http_server_request_duration_seconds_count",
    ];

    [Test]
    public async Task Scrape_AfterRequests_CountsThem()
    {
        var (service, metrics) = await StartWithMetricsAsync();
        using var client = service.CreateClient();
        await client.SendAsync("GET", "/films/1", null);
        await client.SendAsync("GET", "/films/1", null);
        await client.SendAsync("PUT", "/films/3?name=Up&year=2009", null);
        await client.SendAsync("POST", "/films", new StringContent("{\"Name\":\"Up\",\"Year\":2009}\n", new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-ndjson")));
        await client.SendAsync("GET", "/hello_world", null, "X-API-Key: wrong");
        await client.SendAsync("GET", "/nothing", null);
        await client.SendAsync("POST", "/backups", null, "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:atCh_5K}?g")));

        var values = await ScrapeAsync(metrics);

        Assert.That(Names.Where(name => !values.Keys.Any(key => key == name || key.StartsWith(name, StringComparison.Ordinal))), Is.Empty);
        Assert.That(values["filmservice_cache_misses_total"], Is.EqualTo(1));
        Assert.That(values["filmservice_cache_hits_total"], Is.EqualTo(1));
        Assert.That(values["filmservice_commits_totalfilmservice_commit_kind=\"batch\""], Is.EqualTo(1));
        Assert.That(values["filmservice_commits_totalfilmservice_commit_kind=\"import\""], Is.EqualTo(1));
        Assert.That(values["filmservice_commit_failures_totalfilmservice_commit_kind=\"batch\""], Is.Zero);
        Assert.That(values["filmservice_commit_writes_sum"], Is.EqualTo(1));
        Assert.That(values["filmservice_logins_failed_total"], Is.EqualTo(1));
        Assert.That(CountOf(values, "GET", "http_route=\"films/{id}\"", 200), Is.EqualTo(2));
        Assert.That(CountOf(values, "PUT", "http_route=\"films/{id}\"", 201), Is.EqualTo(1));
        Assert.That(CountOf(values, "GET", "", 404), Is.EqualTo(1), "Neither the route nor the path of an unknown address is a label.");
        Assert.That(values.Keys, Has.None.Contains("nothing"));
    }

    /// <summary>The file grows whenever the log is checkpointed.</summary>
    [Test]
    public async Task Scrape_SizeOfTheDatabase_IsThatOfItsFile()
    {
        var (_, metrics) = await StartWithMetricsAsync();

        Assert.That(async () => (await ScrapeAsync(metrics))["filmservice_database_size_bytes"] - new FileInfo(DatabasePath).Length, Is.Zero.After(30_000, 500));
    }

    [Test]
    public async Task Scrape_WhileWorkIsInProgress_ShowsIt()
    {
        var (service, metrics) = await StartWithMetricsAsync();
        using var client = service.CreateClient();
        using var stream = await client.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, "/changes?since=0") { Headers = { { "Accept", "text/event-stream" } } }, HttpCompletionOption.ResponseHeadersRead);
        using var import = await ConnectAsync(service, "POST /films HTTP/1.1\r\nHost: {0}\r\nContent-Type: application/x-ndjson\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n", 25);

        var during = await ScrapeAsync(metrics);

        Assert.That((during["filmservice_streams_active"], during["filmservice_imports_active"]), Is.EqualTo((1.0, 1.0)));
    }

    /// <summary>The listener decides, not Host nor the form of the URL.</summary>
    [TestCase("GET /metrics HTTP/1.1\r\nHost: {0}\r\n\r\n", 404, 200)]
    [TestCase("GET /metrics HTTP/1.1\r\nHost: {1}\r\n\r\n", 404, 200)]
    [TestCase("GET http://{1}/metrics HTTP/1.1\r\nHost: {1}\r\n\r\n", 404, 200)]
    [TestCase("GET /metrics HTTP/1.0\r\n\r\n", 400, 200)]
    [TestCase("HEAD /metrics HTTP/1.1\r\nHost: {0}\r\n\r\n", 404, 404)]
    [TestCase("POST /metrics HTTP/1.1\r\nHost: {0}\r\nContent-Length: 0\r\n\r\n", 404, 404)]
    [TestCase("GET /metrics/ HTTP/1.1\r\nHost: {0}\r\n\r\n", 404, 404)]
    [TestCase("GET //metrics HTTP/1.1\r\nHost: {0}\r\n\r\n", 404, 404)]
    [TestCase("GET /films/1 HTTP/1.1\r\nHost: {0}\r\n\r\n", 200, 404)]
    [TestCase("GET http://{0}/films/1 HTTP/1.1\r\nHost: {0}\r\n\r\n", 200, 404)]
    [TestCase("GET /health/live HTTP/1.1\r\nHost: {0}\r\n\r\n", 200, 404)]
    [TestCase("PUT /films/1?name=Up&year=2009 HTTP/1.1\r\nHost: {0}\r\nContent-Length: 0\r\n\r\n", 200, 404)]
    [TestCase("GET / HTTP/1.1\r\nHost: {0}\r\n\r\n", 200, 404)]
    public async Task Request_ToEitherListener_GetsOnlyWhatItServes(string request, int byService, int byMetrics)
    {
        var (service, metrics) = await StartWithMetricsAsync();
        var own = await service.ListensAsync();
        request = request.Replace("{0}", own.Authority, StringComparison.Ordinal).Replace("{1}", metrics.Authority, StringComparison.Ordinal);

        var (fromService, fromMetrics) = (await SendAsync(own, request), await SendAsync(metrics, request));

        Assert.That((StatusOf(fromService), StatusOf(fromMetrics)), Is.EqualTo((byService, byMetrics)), $"{fromService}\n{fromMetrics}");
        Assert.That(fromService, Does.Not.Contain("# TYPE"));
    }

    [Test]
    public async Task Start_WithoutTheSetting_ServesNoMetrics()
    {
        var service = await StartAsync();
        using var client = service.CreateClient();

        Assert.That((await client.SendAsync("GET", "/metrics", null)).Status, Is.EqualTo(404));
        var libraries = (await File.ReadAllLinesAsync($"/proc/{service.Id}/maps")).Where(line => line.EndsWith(".dll", StringComparison.Ordinal)).Select(line => Path.GetFileName(line)).Distinct().ToList();
        Assert.That(libraries, Does.Contain("FilmService.Api.dll").And.None.StartsWith("OpenTelemetry"));
    }

    [TestCase("Metrics:Url=9464", "The setting Metrics:Url is '9464'. Allowed: http:// with an IP address")]
    [TestCase("Metrics:Url=https://127.0.0.1:9464", "The setting Metrics:Url is 'https://127.0.0.1:9464'.")]
    [TestCase("Metrics:Url=http://films.example:9464", "The setting Metrics:Url is 'http://films.example:9464'.")]
    [TestCase("Metrics:Url=http://127.0.0.1:9464/metrics", "The setting Metrics:Url is 'http://127.0.0.1:9464/metrics'.")]
    [TestCase("Metrics:Url=http://192.0.2.1:9464", "The setting Metrics:Url is 'http://192.0.2.1:9464'. Allowed: an address of this machine")]
    [TestCase("Metrics:Uri=http://127.0.0.1:9464", "'Metrics:Uri' is unknown. Did you mean 'Metrics:Url'?")]
    public async Task Start_WrongAddress_IsRefusedInWords(string setting, string reason) =>
        Assert.That(await RefusalAsync("Production", "urls=http://127.0.0.1:0", setting), Does.Contain(reason));

    [Test]
    public async Task Start_AddressInUse_IsRefusedInWords()
    {
        var (_, metrics) = await StartWithMetricsAsync();

        var refusal = await RefusalAsync("Production", "urls=http://127.0.0.1:0", "ConnectionStrings:Films=Data Source=other.db", $"Metrics:Url=http://{metrics.Authority}");

        Assert.That(refusal, Does.Contain($"The setting Metrics:Url is 'http://{metrics.Authority}'").And.Contain("in use"));
    }

    /// <summary>They contain no films, so others may read them even if anybody may write at the loopback address.</summary>
    [Test]
    public async Task Start_MetricsOnAnOpenAddress_Listens()
    {
        var service = await StartAsync("Development", "Metrics:Url=http://0.0.0.0:0");

        Assert.That(service.Output, Has.One.Contains("Metrics are served at http://0.0.0.0:"));
    }

    [Test]
    public async Task Stop_WithAnOpenScrape_EndsInOrder()
    {
        var (service, metrics) = await StartWithMetricsAsync();
        using var connection = new TcpClient();
        await connection.ConnectAsync(metrics.Host, metrics.Port);
        await connection.GetStream().WriteAsync("GET /metr"u8.ToArray());

        await service.TerminateAsync();

        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
    }

    [Test]
    public async Task Prometheus_WithTheConfigurationOfTheRepository_ScrapesIt()
    {
        Requires("prometheus");
        var (_, metrics) = await StartWithMetricsAsync();
        var configuration = await File.ReadAllTextAsync(Repository.Path("deploy/prometheus/prometheus.yml"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "prometheus.yml"), configuration.Replace("127.0.0.1:9464", metrics.Authority, StringComparison.Ordinal).Replace("15s", "1s", StringComparison.Ordinal));
        File.Copy(Repository.Path("deploy/prometheus/filmservice.rules.yml"), Path.Combine(Folder, "filmservice.rules.yml"));
        var port = FreePort();
        using var prometheus = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("prometheus", [$"--config.file={Folder}/prometheus.yml", $"--storage.tsdb.path={Folder}/tsdb", $"--web.listen-address=127.0.0.1:{port}"]) { RedirectStandardError = true })!;
        var log = prometheus.StandardError.ReadToEndAsync();
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

            Assert.That(() => ValueAsync(client, "up{job=\"filmservice\"}"), Is.EqualTo("1").After(60_000, 500));
            Assert.That(long.Parse((await ValueAsync(client, "filmservice_database_size_bytes"))!, System.Globalization.CultureInfo.InvariantCulture), Is.Positive);
        }
        finally
        {
            prometheus.Kill();
            await log;
        }
    }

    [TestCase("check rules filmservice.rules.yml")]
    [TestCase("test rules filmservice.rules.test.yml")]
    [TestCase("check config prometheus.yml")]
    public async Task Promtool_FilesOfTheRepository_AreRight(string command)
    {
        Requires("promtool");
        var result = await CommandProcess.RunAsync(new System.Diagnostics.ProcessStartInfo("promtool", command.Split(' ')) { WorkingDirectory = Repository.Path("deploy/prometheus") }, "");

        Assert.That(result.Code, Is.Zero, result.Output + result.Error);
    }

    /// <summary>An alert on a metric that does not exist would never fire.</summary>
    [Test]
    public async Task Rules_Metrics_AreThoseOfTheService()
    {
        var rules = await File.ReadAllTextAsync(Repository.Path("deploy/prometheus/filmservice.rules.yml"));
        var used = System.Text.RegularExpressions.Regex.Matches(rules, @"\b(filmservice|http_server)_[a-z_]+").Where(match => !match.Value.EndsWith("_kind", StringComparison.Ordinal)).Select(match => match.Value.Replace("_bucket", "_count", StringComparison.Ordinal)).Distinct();

        Assert.That(used, Is.Not.Empty.And.SubsetOf(Names));
    }

    private static void Requires(string program)
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            Assert.Ignore($"Install {program} first, as ./test does.");
        }
    }

    private static double CountOf(Dictionary<string, double> values, string method, string route, int status) => values.Single(value =>
        value.Key.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal) && value.Key.Contains($"\"{method}\"", StringComparison.Ordinal)
        && value.Key.Contains($"\"{status}\"", StringComparison.Ordinal) && (route.Length > 0 ? value.Key.Contains(route, StringComparison.Ordinal) : !value.Key.Contains("http_route", StringComparison.Ordinal))).Value;

    private static async Task<string?> ValueAsync(HttpClient prometheus, string query)
    {
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                var answer = JsonNode.Parse(await prometheus.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}"))!;
                if ((string?)answer["data"]!["result"]!.AsArray().FirstOrDefault()?["value"]![1] is { } value)
                {
                    return value;
                }
            }
            catch (HttpRequestException)
            {
                // It is starting.
            }

            await Task.Delay(100);
        }

        return null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<TcpClient> ConnectAsync(FilmServiceProcess service, string request, int answer)
    {
        var address = await service.ListensAsync();
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request.Replace("{0}", address.Authority, StringComparison.Ordinal)));
        await client.GetStream().ReadExactlyAsync(new byte[answer]);
        return client;
    }

    private static async Task<string> SendAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        using var reader = new StreamReader(client.GetStream());
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)));
        return await reader.ReadToEndAsync();
    }

    private static int StatusOf(string answer) => int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
}
