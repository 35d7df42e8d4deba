using System.Text;
using System.Text.Json.Nodes;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Process;

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
        Assert.That(requests.Select(line => (string)line["TraceId"]!), Is.All.Match("^[0-9a-f]{32}$"));
        Assert.That(requests.Select(line => (string)line["TraceId"]!), Is.Unique);
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
    public async Task Log_Development_IsTextForPeople()
    {
        var service = await StartAsync();
        await RequestAsync(service, "GET", "/films/3");
        await service.TerminateAsync();
        await service.EndsAsync();

        Assert.That(service.Output, Has.One.Match(@"^\[\d\d:\d\d:\d\d INF\] GET /films/3 404 in [0-9.]+ ms for anonymous \([0-9a-f]{32}\)$"));
    }

    private static async Task RequestAsync(FilmServiceProcess service, string method, string address, params string[] fields)
    {
        using var client = service.CreateClient();
        await client.SendAsync(method, address, null, fields);
    }

    private static string Basic(string name, string password) => $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}"))}";
}
