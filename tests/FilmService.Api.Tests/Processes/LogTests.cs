using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Processes;

public sealed class LogTests : ProcessTest
{
    private const string Password = "correct-horse-battery";

    [Test]
    public async Task Log_Production_IsOneJsonLinePerRequest()
    {
        var service = await StartAsync("Production", "Authentication:Users:0:Name=me", $"Authentication:Users:0:Password={Password}", "Authentication:Users:0:Scopes:0=films:write");
        await RequestAsync(service, "GET", "/hello_world?_=secret", Basic("me", Password));
        await RequestAsync(service, "GET", "/hello_world", Basic("me", "wrong-" + Password));
        await RequestAsync(service, "GET", "/films/3");
        await service.TerminateAsync();
        await service.EndsAsync();

        var requests = service.Output.Select(line => JsonNode.Parse(line)!.AsObject()).Where(line => line.ContainsKey("RequestMethod")).ToList();

        Assert.That(requests.Select(line => $"{line["RequestMethod"]} {line["RequestPath"]} {line["StatusCode"]} {line["Caller"]}"), Is.EqualTo(new[]
        {
            "GET /hello_world 200 me", "GET /hello_world 401 anonymous", "GET /films/3 404 anonymous",
        }));
        Assert.That(requests.Select(line => (double)line["Elapsed"]!), Is.All.Positive);
        Assert.That(requests.Select(line => (string)line["@tr"]!), Is.All.Match("^[0-9a-f]{32}$"));
        Assert.That(requests.Select(line => (string)line["@tr"]!), Is.Unique);
    }

    [Test]
    public async Task Log_OfACredential_HoldsNothing([Values("Production", "Development")] string environment)
    {
        var service = await StartAsync(
            environment, "Authentication:Users:0:Name=me", $"Authentication:Users:0:Password={Password}", "Serilog:MinimumLevel:Default=Verbose", "Serilog:MinimumLevel:Override:Microsoft=Verbose");
        await RequestAsync(service, "GET", "/hello_world", Basic("me", Password));
        await RequestAsync(service, "GET", "/hello_world", Basic("me", "wrong-" + Password));
        await service.TerminateAsync();
        await service.EndsAsync();

        string[] secrets = [Password, Basic("me", Password).Split(' ')[^1], Basic("me", "wrong-" + Password).Split(' ')[^1]];
        Assert.That(service.Output.Append(service.Errors).Where(line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public async Task Log_OfKeysTokensAndClients_HoldsNoSecret()
    {
        var service = await StartAsync("Development", "Serilog:MinimumLevel:Default=Verbose", "Serilog:MinimumLevel:Override:Microsoft=Verbose");
        using var client = service.CreateClient();
        var root = Basic("admin", "atCh_5K}?g");
        var key = (await client.SendAsync("POST", "/api-keys", HttpRequests.Json("""{"name":"ci","scopes":["films:read"]}"""), root)).Json["key"]!.GetValue<string>();
        var made = (await client.SendAsync("POST", "/oauth/clients", HttpRequests.Json("""{"name":"ci","scopes":["films:read"]}"""), root)).Json;
        var (id, secret) = (made["clientId"]!.GetValue<string>(), made["clientSecret"]!.GetValue<string>());
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret });
        var token = (await client.SendAsync("POST", "/oauth/token", form)).Json["access_token"]!.GetValue<string>();
        await client.SendAsync("PUT", "/users/ann", HttpRequests.Json($$"""{"password":"{{Password}}","scopes":["films:read"]}"""), root);
        foreach (var field in new[] { "X-API-Key: " + key, "Authorization: Bearer " + token, "Authorization: Bearer " + token[..^4] + "AAAA", $"X-API-Key: {key}A" })
        {
            await client.SendAsync("GET", "/films", null, field);
        }

        await service.TerminateAsync();
        await service.EndsAsync();

        string[] secrets = [Password, key[8..], secret[8..], token.Split('.')[2][..40], "atCh_5K"];
        Assert.That(service.Output.Append(service.Errors).Where(line => secrets.Any(text => line.Contains(text, StringComparison.Ordinal))), Is.Empty);
    }

    /// <summary>A million guesses write a million lines, and not more.</summary>
    [Test]
    public async Task Log_OfAWrongLogIn_IsOneLine()
    {
        var service = await StartAsync();
        await RequestAsync(service, "GET", "/films", Basic("admin", "wrong"));
        await RequestAsync(service, "GET", "/films", "Authorization: Bearer a.b.c");
        await RequestAsync(service, "GET", "/films/a%0A%1B%5B31m[00:00:00%20INF]%20forged");
        await service.TerminateAsync();
        await service.EndsAsync();

        Assert.That(service.Output.Where(line => line.Contains("401", StringComparison.Ordinal) || line.Contains("Basic", StringComparison.Ordinal)), Has.Exactly(2).Items);
        Assert.That(service.Output, Has.One.Contains("/films/a%0A%1B").And.None.StartsWith("[00:00:00 INF]"));
    }

    /// <summary>A client that leaves before its error is written is no failure of the service.</summary>
    [Test]
    public async Task Log_OfClientsThatLeaveHalfway_HoldsNoError()
    {
        var service = await StartAsync();
        var address = await service.ListensAsync();
        for (var i = 0; i < 50; i++)
        {
            await LeaveHalfwayAsync(address);
        }

        await service.TerminateAsync();
        await service.EndsAsync();

        Assert.That(service.Output.Count(line => line.Contains("PUT /films/9", StringComparison.Ordinal)), Is.EqualTo(50));
        Assert.That(service.Output, Has.None.Contain(" 500 ").And.None.Contain("ERR]"));
    }

    [Test]
    public async Task Log_Development_IsTextForPeople()
    {
        var service = await StartAsync();
        await RequestAsync(service, "GET", "/films/3");
        await service.TerminateAsync();
        await service.EndsAsync();

        Assert.That(service.Output, Has.One.Match(@"^\[\d\d:\d\d:\d\d INF\] GET /films/3 404 in [0-9.]+ ms for anonymous [0-9a-f]{32}$"));
    }

    [Test]
    public async Task Log_OfAnExportWhoseClientLeaves_IsOneLine()
    {
        var service = await StartAsync("Production", "Access:Write=Anonymous", "RateLimits:Enabled=false");
        using var client = service.CreateClient();
        var lines = string.Concat(Enumerable.Range(1, 12_000).Select(number => $$"""{"Name":"{{new string('x', 450)}} {{number}}","Year":2009}""" + "\n"));
        await client.SendAsync("POST", "/films", new StringContent(lines, null, "application/x-ndjson"));
        using (await client.GetAsync("/films?format=ndjson", HttpCompletionOption.ResponseHeadersRead))
        {
        }

        await RequestAsync(service, "GET", "/films/1");
        await service.TerminateAsync();
        await service.EndsAsync();

        var logged = service.Output.Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.That(logged.Where(line => (string?)line["RequestPath"] == "/films" && (string?)line["RequestMethod"] == "GET"), Has.Exactly(1).Items);
        Assert.That(logged.Where(line => line.ContainsKey("@l") || line.ContainsKey("@x")), Is.Empty, "An information without an exception.");
    }

    /// <summary>Sends half a request, closes this side of the connection, and waits until the service has closed the other.</summary>
    private static async Task LeaveHalfwayAsync(Uri address)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"PUT /films/9 HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"));
        client.Client.Shutdown(SocketShutdown.Send);
        try
        {
            await stream.CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // The service reset the connection.
        }
    }

    private static async Task RequestAsync(FilmServiceProcess service, string method, string address, params string[] fields)
    {
        using var client = service.CreateClient();
        await client.SendAsync(method, address, null, fields);
    }

    private static string Basic(string name, string password) => $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))}";
}
