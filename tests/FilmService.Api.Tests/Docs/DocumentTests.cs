using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Docs;

/// <summary>
/// The committed document equals the one that the service serves. To update it after changing the API: <c>RENEW_DOCUMENT=1 dotnet
/// test tests/FilmService.Api.Tests --filter DocumentTests</c>.
/// </summary>
public sealed class DocumentTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Test]
    public async Task Get_Document_IsTheCommittedOne()
    {
        var served = (await ReadAsync()).ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("RENEW_DOCUMENT") == "1")
        {
            await File.WriteAllTextAsync(CommittedPath(), served);
        }

        Assert.That(
            await File.ReadAllTextAsync(CommittedPath()),
            Is.EqualTo(served),
            "docs/openapi.json is not what the service serves. To renew it: RENEW_DOCUMENT=1 dotnet test tests/FilmService.Api.Tests --filter DocumentTests");
    }

    [Test]
    public async Task Get_DocumentUnderAnotherHostName_SaysNothingOfIt()
    {
        await using var host = await FilmServiceHost.StartAsync("AllowedHosts=films.example");

        var answer = await host.CreateClient().SendAsync("GET", "/openapi.json", null, "Host: films.example");

        Assert.That(answer.Json["servers"]!.ToJsonString(), Is.EqualTo("""[{"url":"/","description":"This service."}]"""));
        Assert.That(answer.Body, Does.Not.Contain("http://films.example"));
    }

    [Test]
    public async Task Document_EveryAnswerWithABody_ShowsAnExample()
    {
        var document = await ReadAsync();
        var bare = from path in document["paths"]!.AsObject()
                   from operation in path.Value!.AsObject()
                   from answer in operation.Value!["responses"]!.AsObject()
                   from content in answer.Value!["content"]?.AsObject() ?? []
                   where content.Value!["examples"] is null
                   select $"{operation.Key} {path.Key} {answer.Key} {content.Key}";

        // HTML pages need no example, and the document would have to contain itself.
        Assert.That(bare.Where(name => !name.EndsWith("text/html", StringComparison.Ordinal)), Is.EqualTo(["get /openapi.json 200 application/json"]));
    }

    [Test]
    public async Task Document_EveryOperation_HasAnIdOfItsOwn()
    {
        var document = await ReadAsync();
        var ids = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!["operationId"]?.GetValue<string>()).ToList();

        Assert.That(ids, Is.Unique.And.All.Not.Null);
    }

    [Test]
    public async Task Document_EverySchema_IsUsed()
    {
        var document = await ReadAsync();
        var text = document.ToJsonString();

        Assert.That(
            document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).Where(name => !text.Contains($"\"#/components/schemas/{name}\"", StringComparison.Ordinal)),
            Is.Empty);
    }

    private static async Task<JsonNode> ReadAsync()
    {
        await using var host = await FilmServiceHost.StartAsync();
        return (await host.CreateClient().SendAsync("GET", "/openapi.json")).Json;
    }

    private static string CommittedPath()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FilmService.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "docs", "openapi.json");
    }
}
