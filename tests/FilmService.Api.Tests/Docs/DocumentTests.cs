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

        Assert.That((string?)answer.Json["servers"]![0]!["url"], Is.EqualTo(host.Address.GetLeftPart(UriPartial.Authority)));
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

        // HTML pages need no example, and the document would have to contain itself. No example can name a backup before it is made.
        Assert.That(bare.Where(name => !name.EndsWith("text/html", StringComparison.Ordinal)), Is.EquivalentTo(
        [
            "get /openapi.json 200 application/json", "post /backups 409 application/problem+json", "get /backups/{name} 200 application/vnd.sqlite3",
            "get /backups/{name} 206 application/vnd.sqlite3", "get /backups/{name} 412 application/problem+json", "get /backups/{name} 416 application/problem+json",
        ]));
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

    [Test]
    public async Task Get_DocumentBehindAProxy_NamesTheAddressThatClientsUse()
    {
        await using var host = await FilmServiceHost.StartAsync("Authentication:OAuth:Issuer=https://films.example");

        Assert.That((string?)(await host.CreateClient().SendAsync("GET", "/openapi.json")).Json["servers"]![0]!["url"], Is.EqualTo("https://films.example"));
    }

    [Test]
    public async Task Get_DocumentOfThePage_SendsRequestsToThePagesOriginWithoutOptionalParameters()
    {
        await using var host = await FilmServiceHost.StartAsync();

        var document = (await host.CreateClient().SendAsync("GET", "/docs/openapi.json")).Json;

        Assert.That(document["servers"]!.ToJsonString(), Is.EqualTo("""[{"url":"/"}]"""));
        Assert.That(Parameters(document).Where(parameter => parameter["example"] is not null).Select(parameter => (string?)parameter["in"]), Is.Not.Empty.And.All.EqualTo("path"));
    }

    [Test]
    public async Task Document_EveryReference_Resolves()
    {
        var document = await ReadAsync();
        var schemas = new SchemaCheck(document);

        Assert.That(References(document).Where(reference => schemas.Find(reference) is null), Is.Empty);
    }

    [Test]
    public async Task Document_EveryParameter_HasAnExample() =>
        Assert.That(Parameters(await ReadAsync()).Where(parameter => parameter["example"] is null).Select(parameter => (string?)parameter["name"]), Is.Empty);

    // What a generated client would otherwise send twice: the arguments of the body, or the id.
    [Test]
    public async Task Document_EveryArgument_IsInOnePlace()
    {
        var document = await ReadAsync();
        var twice = from path in document["paths"]!.AsObject()
                    from operation in path.Value!.AsObject()
                    let names = (operation.Value!["parameters"]?.AsArray() ?? []).Select(parameter => (string)parameter!["name"]!).Concat(Arguments(operation.Value!, document))
                    from name in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1)
                    where name.Key != "id"
                    select $"{operation.Key} {path.Key} {name.Key}";

        Assert.That(twice, Is.Empty);
        Assert.That(
            Parameters(document).Where(parameter => (string?)parameter["in"] == "query" && (string?)parameter["name"] == "id").Count(),
            Is.EqualTo(1), "Only GET /films has a query parameter 'id'.");
    }

    // Generated clients turn an enum into a type of its own, in which any other value is an error.
    [Test]
    public async Task Document_EnumsInBodies_AreTheMonthsAlone()
    {
        var schemas = (await ReadAsync())["components"]!["schemas"]!;

        Assert.That(Nodes(schemas).Where(node => node is JsonObject members && members["enum"] is JsonArray).Select(node => node.GetPath()), Is.EqualTo(["$.components.schemas.Month"]));
    }

    // Of schemas, generated clients can read a choice between null and another only.
    [Test]
    public async Task Document_Choices_AreOfNullAndOneSchema()
    {
        var document = await ReadAsync();
        var choices = Nodes(document).OfType<JsonObject>().SelectMany(node => new[] { node["anyOf"], node["oneOf"], node["allOf"] }).OfType<JsonArray>();

        Assert.That(choices.Where(choice => choice.Count != 2 || (string?)choice[0]!["type"] != "null"), Is.Empty);
    }

    private static IEnumerable<string> Arguments(JsonNode operation, JsonNode document) =>
        (operation["requestBody"]?["content"]?.AsObject() ?? []).Select(content => new SchemaCheck(document).Resolve(content.Value!["schema"]!)["properties"]?.AsObject())
        .FirstOrDefault()?.Select(member => member.Key) ?? [];

    private static IEnumerable<JsonNode> Parameters(JsonNode document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).SelectMany(operation => operation.Value!["parameters"]?.AsArray() ?? []).Select(parameter => parameter!);

    private static IEnumerable<string> References(JsonNode document) => Nodes(document).OfType<JsonObject>().Select(node => node["$ref"]).OfType<JsonValue>().Select(reference => reference.GetValue<string>());

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => new[] { node }.Concat(node switch
    {
        JsonObject members => members.Select(member => member.Value),
        JsonArray items => items,
        _ => [],
    } is var inner ? inner.OfType<JsonNode>().SelectMany(Nodes) : []);

    // The port differs from test to test.
    private static async Task<JsonNode> ReadAsync()
    {
        await using var host = await FilmServiceHost.StartAsync();
        var document = (await host.CreateClient().SendAsync("GET", "/openapi.json")).Json;
        document["servers"]![0]!["url"] = ((string)document["servers"]![0]!["url"]!).Replace(host.Address.Authority, "127.0.0.1:5000", StringComparison.Ordinal);
        return document;
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
