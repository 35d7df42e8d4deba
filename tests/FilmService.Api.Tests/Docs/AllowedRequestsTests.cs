using System.Text;
using System.Text.Json.Nodes;
using FilmService.Api.Docs;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Docs;

/// <summary>What the API document allows is accepted: each optional member missing, null or empty, and each parameter as in its example.</summary>
public sealed class AllowedRequestsTests
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(Repository.Path("docs/openapi.json")))!;
    private static readonly SchemaCheck Schemas = new(Document);

    private static IEnumerable<TestCaseData> Members =>
        from example in HttpExamples.OfOperations
        where example.Answer.Status < 300 && example.Request.Body.StartsWith('{') && example.Request.MediaType is "application/json" or "application/merge-patch+json"
        let schema = Schemas.Resolve(Operation(example)["requestBody"]!["content"]![example.Request.MediaType!]!["schema"]!)
        from member in schema["properties"]!.AsObject()
        from value in Allowed(member.Value!).Concat(IsRequired(schema, member.Key) ? [] : ["missing"])
            // Its members depend on each other, as its description says.
        where !example.Request.Target.StartsWith("/restore", StringComparison.Ordinal)
        select new TestCaseData(example, member.Key, value).SetArgDisplayNames(example.Title, member.Key, value);

    private static IEnumerable<TestCaseData> Parameters =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        from parameter in operation.Value!["parameters"]?.AsArray() ?? []
        where (string?)parameter!["in"] == "query"
        select new TestCaseData(operation.Key, path.Key, (string)parameter["name"]!, parameter["example"]!.ToString()).SetArgDisplayNames(operation.Key, path.Key, (string)parameter["name"]!);

    [TestCaseSource(nameof(Members))]
    public async Task Send_WhatASchemaAllows_IsAccepted(HttpExample example, string member, string value)
    {
        await using var host = await FilmServiceHost.StartAsync([.. example.Settings]);
        if (example.Stored.Count > 0)
        {
            host.Query(string.Join(";", example.Stored));
            await host.RestartAsync();
        }

        using var client = host.CreateClient();
        string InEpoch(string text) => text.Replace("k3f9-", $"{host.Query("SELECT epoch FROM revision")}-", StringComparison.Ordinal);
        foreach (var before in example.Before)
        {
            await client.SendAsync(before.Method, before.Target, HttpRequests.Json(InEpoch(before.Body)), [.. before.Fields.Select(field => $"{field.Key}: {InEpoch(field.Value)}")]);
        }

        var body = JsonNode.Parse(InEpoch(example.Request.Body))!.AsObject();
        body.Remove(member);
        if (value != "missing")
        {
            body[member] = JsonNode.Parse(value);
        }

        var fields = example.Request.Fields.Where(field => field.Key is not ("Idempotency-Key" or "Content-Type")).Select(field => $"{field.Key}: {InEpoch(field.Value)}");
        using var content = new StringContent(body.ToJsonString(), new System.Net.Http.Headers.MediaTypeHeaderValue(example.Request.MediaType!));
        var answer = await client.SendAsync(example.Request.Method, example.Request.Target, content, [.. fields]);

        Assert.That(answer.Status, Is.LessThan(300), answer.Body);
    }

    [TestCaseSource(nameof(Parameters))]
    public async Task Send_ParameterAsInItsExample_IsAccepted(string method, string path, string name, string value)
    {
        await using var host = await FilmServiceHost.StartAsync();
        using var client = host.CreateClient();
        await client.SendAsync("POST", "/films", HttpRequests.Json("""{"name":"Up","year":2009}"""));
        var epoch = (string)host.Query("SELECT epoch FROM revision")!;
        using var content = method == "get" ? null
            : name is "delimiter" or "encoding" or "columns" or "ignore" ? new StringContent("Title;Release Year;Director;Rating\nCoco;2017;Lee Unkrich;8", Encoding.UTF8, "text/csv")
            : path == "/imports" ? HttpRequests.Json("""[{"name":"Coco","year":2017}]""")
            : path.EndsWith("/restore", StringComparison.Ordinal) ? HttpRequests.Json($$"""{"revision":"{{epoch}}-1"}""")
            : method == "delete" ? null : HttpRequests.Json("""{"name":"Coco","year":2017}""");

        var address = $"{path.Replace("{id}", "1", StringComparison.Ordinal)}?{name}={Uri.EscapeDataString((path, name) == ("/audit", "since") ? "0" : value.Replace("k3f9-", epoch + "-", StringComparison.Ordinal))}{With(name, epoch)}";
        var answer = await client.SendAsync(method.ToUpperInvariant(), address, content, [.. Administrator(path)]);

        Assert.That(answer.Status, Is.LessThan(300), answer.Body);
    }

    private static IEnumerable<string> Administrator(string path) => path == "/audit" ? ["Authorization: Basic " + Convert.ToBase64String("admin:atCh_5K}?g"u8)] : [];

    // The parameter that another is only valid with.
    private static string With(string name, string epoch) => name switch
    {
        "begun" => $"&since={epoch}-2",
        "cursor" => "&limit=1",
        "facet" => "&shape=list",
        _ => "",
    };

    private static JsonNode Operation(HttpExample example) => Document["paths"]!.AsObject()
        .First(path => example.IsOf(example.Request.Method, path.Key) && path.Value![example.Request.Method.ToLowerInvariant()] is not null).Value![example.Request.Method.ToLowerInvariant()]!;

    private static bool IsRequired(JsonNode schema, string member) => schema["required"]?.AsArray().Any(name => (string)name! == member) is true;

    private static IEnumerable<string> Allowed(JsonNode schema)
    {
        if (!Schemas.Faults(null, schema).Any())
        {
            yield return "null";
        }

        // No empty text is a time.
        if (schema["format"] is null && !Schemas.Faults(JsonValue.Create(""), schema).Any())
        {
            yield return "\"\"";
        }
    }
}
