using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;
using FilmService.Api.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Webhooks;

/// <summary>Where a delivery connects to, and receivers that misbehave.</summary>
public sealed class ConnectionTests : WebhookTest
{
    private const string NotAllowed = "The host has no globally reachable address, and none that Webhooks:AllowedNetworks includes.";
    private const string NoResponse = "There was no response within 15 seconds.";
    private const string Closed = "The connection was closed before the response was complete.";

    private readonly ConcurrentDictionary<string, IPAddress[]> _hosts = [];
    private readonly ConcurrentQueue<string> _lookUps = [];

    protected override Task<FilmServiceHost> StartHostAsync() => FilmServiceHost.StartWithAsync(services => services
        .AddSingleton<TimeProvider>(Clock).AddSingleton<ResolveHost>(ResolveAsync));

    [TestCase("10.0.0.1")]
    [TestCase("169.254.169.254")]
    [TestCase("fe80::1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("64:ff9b::10.0.0.1")]
    [TestCase("0.0.0.0")]
    public async Task Name_WithAnAddressThatIsNotGlobal_IsNotConnectedTo(string address)
    {
        _hosts["films.example"] = [IPAddress.Parse(address)];

        Assert.That(await TestAsync("https://films.example/"), Is.EqualTo(NotAllowed));
    }

    [Test]
    public async Task Name_WithoutAnAddress_Fails()
    {
        Assert.That(await TestAsync("https://nowhere.example/"), Is.EqualTo("The host name cannot be resolved."));
        _hosts["nowhere.example"] = [];
        Assert.That(await TestAsync("https://nowhere.example/"), Is.EqualTo(NotAllowed));
    }

    [Test]
    public async Task Name_ThatChangesItsAddressAfterItWasSaved_IsJudgedAtEachConnect()
    {
        _hosts["localhost"] = [IPAddress.Loopback];
        var (id, _) = await CreateAsync($"http://localhost:{Receiver.Address.Port}/");
        Receiver.Answer = context =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        };
        await PutFilmAsync(1);
        await Receiver.NextAsync();
        await UntilDeliveredAsync(id, 3);

        _hosts["localhost"] = [IPAddress.Parse("192.168.0.1")];
        await PutFilmAsync(2);

        await UntilFailedAsync(id);
        Assert.That((string?)(await AttemptsAsync(id))[0]!["error"], Is.EqualTo(NotAllowed));
        Assert.That(_lookUps, Is.EqualTo(new[] { "localhost", "localhost" }), "The judged address is connected to: one look-up for each.");
    }

    [Test]
    public async Task Name_WithSeveralAddresses_IsConnectedToThoseThatAreAllowedAlone()
    {
        _hosts["localhost"] = [IPAddress.Parse("10.255.255.1"), IPAddress.IPv6Loopback, IPAddress.Loopback];
        var (id, _) = await CreateAsync($"http://localhost:{Receiver.Address.Port}/");

        await PutFilmAsync(1);

        await Receiver.NextAsync();
        await UntilDeliveredAsync(id, 3);
    }

    [Test]
    public async Task Production_ConnectsToNoLoopbackByName()
    {
        await using var host = await FilmServiceHost.StartWithAsync(
            services => services.AddSingleton<ResolveHost>(ResolveAsync), [.. ProductionTests.Production]);
        _hosts["films.example"] = [IPAddress.Loopback, IPAddress.IPv6Loopback];
        using var client = host.CreateClient();
        var webhook = await client.SendAsync("POST", "/webhooks", HttpRequests.Json("""{"url":"https://films.example/"}"""), AccessRequests.Root);

        var test = await client.SendAsync("POST", $"/webhooks/{webhook.Json["id"]}/test", null, AccessRequests.Root);

        Assert.That((string?)test.Json["error"], Is.EqualTo(NotAllowed));
    }

    [TestCase(301)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task Redirect_IsNotFollowed(int status)
    {
        Receiver.Answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = context.Request.Path == "/hook" ? "/elsewhere" : "http://169.254.169.254/";
            return Task.CompletedTask;
        };

        Assert.That(await TestAsync(Receiver.Url), Is.EqualTo($"The response was {status}, and redirects are not followed."));
        Assert.That((await Receiver.NextAsync()).Path, Is.EqualTo("/hook"));
        Assert.That(Receiver.Waiting, Is.Zero);
    }

    [Test]
    public async Task PlainReceiver_ForHttps_FailsInTheHandshake() => Assert.That(
        await TestAsync(Receiver.Url.Replace("http:", "https:", StringComparison.Ordinal)),
        Is.EqualTo("The TLS handshake failed, or the certificate is not valid for the host."));

    [Test]
    public async Task NobodyListening_Fails()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.That(await TestAsync($"http://127.0.0.1:{port}/"), Is.EqualTo("No connection could be opened."));
    }

    [TestCase("", NoResponse, Description = "Never answers")]
    [TestCase("HTTP/1.1 2", NoResponse, Description = "Stops in the status line")]
    [TestCase("HTTP/1.1 200 OK\r\nA: b\r\n", NoResponse, Description = "Stops in the header")]
    [TestCase("HTTP/1.1 100 Continue\r\n\r\n", NoResponse, Description = "Never goes beyond an interim response")]
    public async Task Receiver_ThatStops_IsGivenUpAfter15Seconds(string sent, string error)
    {
        using var receiver = RawReceiver.Start(async stream => await stream.WriteAsync(Encoding.ASCII.GetBytes(sent)));
        var test = TestAsync(receiver.Url);
        await receiver.Answered;
        Assert.That(test.IsCompleted, Is.False);

        Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.That(await test, Is.EqualTo(error));
    }

    [Test]
    public async Task Receiver_ThatAnswersForEver_IsGivenUpAfter15Seconds()
    {
        var dripped = new TaskCompletionSource();
        using var receiver = RawReceiver.Start(async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nA: "u8.ToArray());
            for (var i = 0; i < 100_000; i++)
            {
                await stream.WriteAsync("x"u8.ToArray());
                await Task.Delay(1);
                _ = i == 10 && dripped.TrySetResult();
            }
        });
        var test = TestAsync(receiver.Url);
        await dripped.Task;

        Clock.Advance(TimeSpan.FromSeconds(15));

        Assert.That(await test, Is.EqualTo(NoResponse));
    }

    [Test]
    public async Task Receiver_WhoseBodyNeverEnds_HasAcceptedAndIsDisconnected()
    {
        var sent = 0L;
        using var receiver = RawReceiver.Start(async stream =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
            while (true)
            {
                await stream.WriteAsync("1000\r\n"u8.ToArray());
                await stream.WriteAsync(new byte[0x1000]);
                await stream.WriteAsync("\r\n"u8.ToArray());
                sent += 0x1000;
            }
        });

        Assert.That(await TestAsync(receiver.Url), Is.Null);
        await receiver.Ended;
        Assert.That(sent, Is.LessThan(8_000_000), "64 KB are read; the rest is in the operating system's buffers.");
    }

    [TestCase("HTTP/1.1 200 OK\r\n", Closed)]
    [TestCase("", Closed)]
    [TestCase("nonsense\r\n\r\n", "The response was not valid HTTP, or its header was too large.")]
    [TestCase("HTTP/1.1 200 OK\r\nA: {70000}\r\n\r\n", "The response was not valid HTTP, or its header was too large.")]
    public async Task Receiver_ThatResets_Fails(string sent, string error)
    {
        using var receiver = RawReceiver.Start(async stream =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(sent.Replace("{70000}", new string('a', 70_000), StringComparison.Ordinal)));
            stream.Socket.LingerState = new LingerOption(true, sent.Length == 0 ? 0 : 1);
            stream.Close();
        });

        Assert.That(await TestAsync(receiver.Url), Is.EqualTo(error));
    }

    /// <summary>Creates a webhook and sends it a test; returns the error.</summary>
    private async Task<string?> TestAsync(string url)
    {
        var (id, _) = await CreateAsync(url);
        var answer = await PostAsync($"/webhooks/{id}/test");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        return (string?)answer.Json["error"];
    }

    private Task<IPAddress[]> ResolveAsync(string host)
    {
        _lookUps.Enqueue(host);
        return _hosts.TryGetValue(host, out var addresses) ? Task.FromResult(addresses) : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
    }
}
