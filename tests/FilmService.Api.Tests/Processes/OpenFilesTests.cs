using System.Net.Sockets;
using FilmService.Api.Hosting.Settings;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

public sealed class OpenFilesTests : ProcessTest
{
    private const int Limit = 512;

    [Test]
    public async Task Connections_MoreThanOpenFilesAllow_AreClosedAndTheServiceGoesOn()
    {
        var service = RunWithOpenFiles(Limit, "urls=http://127.0.0.1:0");
        var address = await service.ListensAsync();
        using var client = service.CreateClient();
        var idle = new List<TcpClient>();
        try
        {
            Assert.That((await client.SendAsync("GET", "/films/1")).Status, Is.EqualTo(200));
            for (var i = 0; i < 2 * Limit; i++)
            {
                TryOpen(address, idle);
            }

            Assert.That(idle, Has.Count.GreaterThan(OpenFiles.MaxConnections(Limit)));

            // The connection of the first request is still open, and nothing that a first write loads is missing.
            Assert.That((await client.SendAsync("PUT", "/films/1", HttpRequests.Json("""{"name":"Up","year":2009,"month":"May"}"""))).Status, Is.EqualTo(200));
            Assert.That(await ClosedAsync(idle[^1]), Is.True, "The last connection is open.");
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }

        Assert.That((await client.SendAsync("GET", "/films?limit=1")).Status, Is.EqualTo(200));
        await service.TerminateAsync();
        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
        Assert.That(service.Output, Has.One.Contains("as many as the limit of open files allows"));
    }

    // The first request of each kind loads libraries, which stay open.
    [Test]
    public async Task Requests_FirstOfEachKindAtTheLowestLimitWithAllConnectionsTaken_AreAnswered()
    {
        var service = RunWithOpenFiles((int)OpenFiles.Min, "urls=http://127.0.0.1:0");
        var address = await service.ListensAsync();
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseCookies = false }) { BaseAddress = address };
        var idle = new List<TcpClient>();
        try
        {
            Assert.That((await client.SendAsync("GET", "/health/live")).Status, Is.EqualTo(200));
            for (var i = 0; i < 2 * OpenFiles.MaxConnections(OpenFiles.Min); i++)
            {
                TryOpen(address, idle);
            }

            Assert.That(await ClosedAsync(idle[^1]), Is.True, "All are taken.");
            await AssertAsync(client, "PUT", "/films/9", 201, HttpRequests.Json("""{"name":"Up","year":2009}"""));
            await AssertAsync(client, "GET", "/films/9", 200);
            await AssertAsync(client, "GET", "/films?limit=20&q=up", 200);
            await AssertAsync(client, "POST", "/films", 200, new StringContent("Id,Name,Year\r\n10,Up,2009\r\n", null, "text/csv"));
            await AssertAsync(client, "GET", "/films?format=csv", 200);
            await AssertAsync(client, "GET", "/changes", 200);
            await AssertAsync(client, "GET", "/ui/films/9", 200);
            await AssertAsync(client, "GET", "/docs", 200);
            await AssertAsync(client, "GET", "/openapi.json", 200);
            await AssertAsync(client, "GET", "/hello_world", 200);
            await AssertAsync(client, "POST", "/backups", 201);
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }

        await service.TerminateAsync();
        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
    }

    [TestCase(448, 42)]
    [TestCase(1024, 546)]
    [TestCase(1_048_576, 917_154)]
    public void MaxConnections_LimitOfOpenFiles_LeavesSomeForTheRest(long openFiles, long connections) =>
        Assert.That(OpenFiles.MaxConnections(openFiles), Is.EqualTo(connections));

    [Test]
    public async Task Start_TooFewOpenFiles_IsRefused()
    {
        var service = RunWithOpenFiles(200);

        Assert.That(await service.EndsAsync(), Is.EqualTo(1));
        Assert.That(service.Errors, Does.StartWith("FilmService does not start. The limit of open files is 200").And.Contain("ulimit -n").And.Not.Contain("   at "));
    }

    private static async Task AssertAsync(HttpClient client, string method, string url, int status, HttpContent? body = null)
    {
        var answer = await client.SendAsync(method, url, body, "Authorization: Basic " + Convert.ToBase64String("admin:atCh_5K}?g"u8));
        Assert.That(answer.Status, Is.EqualTo(status), $"{method} {url}: {answer.Body}");
    }

    private static void TryOpen(Uri address, List<TcpClient> connections)
    {
        try
        {
            connections.Add(new TcpClient(address.Host, address.Port));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
        {
            // It was closed before it was open on this side.
        }
    }

    private static async Task<bool> ClosedAsync(TcpClient connection)
    {
        try
        {
            return await connection.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(30)) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
