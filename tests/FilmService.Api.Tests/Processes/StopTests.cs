using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

/// <summary>SIGTERM while clients are connected.</summary>
public sealed class StopTests : ProcessTest
{
    private const string Film = """{"Name":"Up","Year":2009}""" + "\n";

    // The server alone would take 30.
    private static readonly TimeSpan MaxStop = TimeSpan.FromSeconds(25);

    /// <summary>A client that makes no progress holds nothing up, and is no error of the service.</summary>
    [TestCase("nothing")]
    [TestCase("half a header")]
    [TestCase("half a body")]
    [TestCase("half an import")]
    [TestCase("half a chunk")]
    [TestCase("an unread export")]
    [TestCase("an event stream")]
    [TestCase("an idle connection")]
    public async Task Stop_WithAClientThatMakesNoProgress_EndsInOrder(string client)
    {
        var service = await StartAsync();
        if (client == "an unread export")
        {
            await FillAsync(service, 100_000);
        }

        using var connection = await ConnectAsync(service, client);
        var time = Stopwatch.StartNew();

        await service.TerminateAsync();

        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
        Assert.That(time.Elapsed, Is.LessThan(MaxStop));
        Assert.That(File.Exists(DatabasePath + "-wal"), Is.False, "It closed its database.");
        Assert.That(service.Output, Has.None.Contain(" ERR]"));
    }

    /// <summary>A connection of HTTP/2 always waits for the next frame, so each of its requests is watched.</summary>
    [TestCase("PUT", "/films/9", "application/json")]
    [TestCase("POST", "/films", "application/x-ndjson")]
    public async Task Stop_WithHalfAnHttp2Request_ResetsItAlone(string method, string url, string type)
    {
        var service = await StartHttp2Async();
        using var client = CreateHttp2Client(service);
        using var stalled = new Upload(type);
        using var moving = new Upload("application/x-ndjson");
        var (reset, answered) = (stalled.SendAsync(client, method, url), moving.SendAsync(client, "POST", "/films"));
        await stalled.AddAsync("{");
        await moving.AddAsync(Film);

        // Frames arrive in order, so the service has begun both requests when it answers this one.
        Assert.That((await client.GetAsync(new Uri("/films/1", UriKind.Relative))).StatusCode, Is.EqualTo(System.Net.HttpStatusCode.OK));
        var time = Stopwatch.StartNew();

        await service.TerminateAsync();
        for (; time.Elapsed < TimeSpan.FromSeconds(7); await Task.Delay(100))
        {
            await moving.AddAsync(Film);
        }

        moving.End();
        Assert.That((int)(await answered).StatusCode, Is.EqualTo(200));
        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
        Assert.That(time.Elapsed, Is.LessThan(MaxStop));
        Assert.That(async () => await reset, Throws.InstanceOf<HttpRequestException>());
        Assert.That(service.Output, Has.None.Contain(" ERR]"));
    }

    [Test]
    public async Task Stop_WithAnUnreadHttp2Export_ResetsIt()
    {
        var service = await StartHttp2Async();
        using var client = CreateHttp2Client(service);
        await FillAsync(client, 20_000);
        using var export = await client.GetAsync(new Uri("/films?format=ndjson", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        var time = Stopwatch.StartNew();

        await service.TerminateAsync();

        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
        Assert.That(time.Elapsed, Is.LessThan(MaxStop));
        Assert.That(async () => await export.Content.CopyToAsync(Stream.Null), Throws.InstanceOf<HttpRequestException>().Or.InstanceOf<IOException>());
    }

    /// <summary>A terminal that is closed sends SIGHUP, Ctrl+\ SIGQUIT.</summary>
    [TestCase("HUP")]
    [TestCase("QUIT")]
    [TestCase("INT")]
    [Platform("Linux")]
    public async Task Stop_ByAnotherSignal_EndsInOrder(string signal)
    {
        // The tests themselves may have been started by nohup, which their processes inherit.
        var service = RunBy(["env", $"--default-signal={signal}"], "Development", "urls=http://127.0.0.1:0");
        await service.ListensAsync();
        using (var client = service.CreateClient())
        {
            Assert.That((await client.SendAsync("PUT", "/films/9", HttpRequests.Json("""{"name":"Up","year":2009}"""))).Status, Is.EqualTo(201));
        }

        await service.SignalAsync(signal);

        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
        Assert.That(File.Exists(DatabasePath + "-wal"), Is.False, "It closed its database.");
    }

    /// <summary>nohup makes it ignore SIGHUP.</summary>
    [Test, Platform("Linux")]
    public async Task Stop_HangUpThatIsIgnored_GoesOn()
    {
        var service = RunIgnoring("HUP");
        await service.ListensAsync();
        await service.SignalAsync("HUP");

        using var client = service.CreateClient();
        for (var i = 0; i < 20; i++)
        {
            Assert.That((await client.SendAsync("GET", "/films/1")).Status, Is.EqualTo(200));
            await Task.Delay(20);
        }
    }

    [Test]
    public async Task Stop_WithAnUploadThatMakesProgress_WaitsForIt()
    {
        var service = await StartAsync();
        using var upload = await ConnectAsync(service, "half an import");
        await service.TerminateAsync();

        // Longer than a client without progress is kept.
        var time = Stopwatch.StartNew();
        for (; time.Elapsed < TimeSpan.FromSeconds(7); await Task.Delay(100))
        {
            await SendAsync(upload, $"{Film.Length:x}\r\n{Film}\r\n");
        }

        await SendAsync(upload, "0\r\n\r\n");
        using var answer = new StreamReader(upload.GetStream());
        Assert.That(await answer.ReadToEndAsync(), Does.StartWith("HTTP/1.1 200 OK").And.Contain("\"created\":"));
        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
        Assert.That(int.Parse(FilmServiceProcess.Query(DatabasePath, "SELECT count(*) FROM films")[0], System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(10));
    }

    /// <summary>What the system has taken from the server lasts such a client for longer than a stalled one is kept.</summary>
    [Test, Platform("Linux")]
    public async Task Stop_WithAClientThatReadsSlowly_WaitsForIt()
    {
        var service = await StartAsync();
        await FillAsync(service, 20_000);
        using var download = await ConnectAsync(service, "a slowly read export");
        await service.TerminateAsync();

        var (time, piece) = (Stopwatch.StartNew(), new byte[4_000]);
        for (; time.Elapsed < TimeSpan.FromSeconds(9); await Task.Delay(100))
        {
            await download.GetStream().ReadExactlyAsync(piece);
        }

        using var rest = new StreamReader(download.GetStream());
        Assert.That(await rest.ReadToEndAsync(), Does.EndWith("\r\n0\r\n\r\n"));
        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
    }

    private Task<FilmServiceProcess> StartHttp2Async() =>
        StartAsync("Development", "Kestrel:Endpoints:Plain:Url=http://127.0.0.1:0", "Kestrel:Endpoints:Plain:Protocols=Http2");

    private static HttpClient CreateHttp2Client(FilmServiceProcess service)
    {
        var client = service.CreateClient();
        (client.DefaultRequestVersion, client.DefaultVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);
        return client;
    }

    private static async Task FillAsync(FilmServiceProcess service, int films)
    {
        using var client = service.CreateClient();
        await FillAsync(client, films);
    }

    private static async Task FillAsync(HttpClient client, int films)
    {
        var line = Film.Replace("Up", new string('x', 400), StringComparison.Ordinal);
        using var body = new StringContent(string.Concat(Enumerable.Repeat(line, films)), new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-ndjson"));
        using var answer = await client.PostAsync(new Uri("/films", UriKind.Relative), body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
    }

    private static async Task<TcpClient> ConnectAsync(FilmServiceProcess service, string what)
    {
        var address = await service.ListensAsync();
        var client = new TcpClient { ReceiveBufferSize = what == "a slowly read export" ? 1 << 16 : 4096 };
        await client.ConnectAsync(address.Host, address.Port);
        var (request, answer) = what switch
        {
            "nothing" => ("", 0),
            "half a header" => ($"GET /films HTTP/1.1\r\nHost: {address.Authority}\r\nX-A", 0),
            "half a body" => ($"PUT /films/9 HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 20\r\n\r\n{{", 20),
            "half an import" => ($"POST /films HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/x-ndjson\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n", 25),
            "half a chunk" => ($"PUT /films/9 HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\nFF\r\n{{", 20),
            "an unread export" or "a slowly read export" => ($"GET /films?format=ndjson HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n", 20),
            "an event stream" => ($"GET /changes?since=0 HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: text/event-stream\r\n\r\n", 20),
            _ => ($"GET /films/1 HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n", 20),
        };
        await SendAsync(client, request);
        await client.GetStream().ReadExactlyAsync(new byte[answer]);
        return client;
    }

    private static ValueTask SendAsync(TcpClient client, string text) => client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>A body that is sent piece by piece.</summary>
    private sealed class Upload : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Upload(string type) => Headers.ContentType = new(type);

        public async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string url)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), url) { Content = this, Version = client.DefaultRequestVersion, VersionPolicy = client.DefaultVersionPolicy };
            return await client.SendAsync(request);
        }

        public async Task AddAsync(string text)
        {
            var stream = await _begun.Task;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
            await stream.FlushAsync();
        }

        public void End() => _end.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _begun.SetResult(stream);
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
