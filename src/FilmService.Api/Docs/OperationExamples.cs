using System.Text.Json.Nodes;
using System.Web;
using Microsoft.OpenApi;

namespace FilmService.Api.Docs;

/// <summary>Adds the examples to the document, and derives from them the header fields of requests and responses.</summary>
internal static class OperationExamples
{
    /// <summary>
    /// Adds a response's header fields and bodies. A field that only some of the examples have is not required.
    /// </summary>
    public static void AddTo(OpenApiResponse response, IReadOnlyList<HttpExample> examples)
    {
        foreach (var name in examples.SelectMany(example => example.Answer.Fields.Keys).Distinct().Where(name => name != "Content-Type"))
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[name] = new OpenApiHeader
            {
                Description = HeaderFields.Describe(name),
                Required = examples.All(example => example.Answer.Fields.ContainsKey(name)),
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = examples.First(example => example.Answer.Fields.ContainsKey(name)).Answer.Fields[name],
            };
        }

        foreach (var example in examples.Where(example => example.Answer.Body.Length > 0))
        {
            Add(response.Content![example.Answer.MediaType!], example, Value(example.Answer.MediaType!, example.Answer.Body));
        }
    }

    /// <summary>Adds a header field that a response can have.</summary>
    public static void AddField(OpenApiResponse response, string name, string example)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers.TryAdd(name, new OpenApiHeader
        {
            Description = HeaderFields.Describe(name),
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = example,
        });
    }

    /// <summary>Adds the bodies of the valid requests.</summary>
    public static void AddTo(IOpenApiRequestBody body, IEnumerable<HttpExample> examples)
    {
        foreach (var example in examples.Where(example => example.Answer.Status < 400 && example.Request.Body.Length > 0))
        {
            if (example.Request.MediaType is { } type && body.Content!.TryGetValue(type, out var content))
            {
                Add(content, example, Value(type, example.Request.Body));
            }
        }
    }

    /// <summary>The header fields of the requests.</summary>
    public static IEnumerable<OpenApiParameter> Parameters(IReadOnlyList<HttpExample> examples) => examples
        .SelectMany(example => example.Request.Fields)
        .Where(field => !HeaderFields.Implied.Contains(field.Key))
        .OrderBy(field => field.Key, StringComparer.Ordinal)
        .GroupBy(field => field.Key, (name, fields) => new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Header,
            Description = $"{HeaderFields.Describe(name)} For example {string.Join(" or ", fields.Select(field => $"`{field.Value}`").Distinct().Order(StringComparer.Ordinal))}.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            Example = fields.First().Value,
        });

    private static void Add(OpenApiMediaType content, HttpExample example, JsonNode value)
    {
        content.Examples ??= new Dictionary<string, IOpenApiExample>();
        content.Examples[example.Key] = new OpenApiExample { Summary = example.Title, Value = value };
    }

    private static JsonNode Value(string mediaType, string body) => mediaType switch
    {
        "application/x-www-form-urlencoded" => Form(HttpUtility.ParseQueryString(body)),
        "multipart/form-data" => Multipart(body),
        _ when mediaType.EndsWith("json", StringComparison.Ordinal) && !mediaType.EndsWith("ndjson", StringComparison.Ordinal) => JsonNode.Parse(body)!,
        _ => JsonValue.Create(body),
    };

    private static JsonObject Form(System.Collections.Specialized.NameValueCollection fields) =>
        new(fields.AllKeys.Select(name => KeyValuePair.Create(name!, (JsonNode?)Field(fields[name]!))));

    private static JsonObject Multipart(string body) => new(body.Split("name=\"").Skip(1).Select(part => part.Split('\n'))
        .Select(lines => KeyValuePair.Create(lines[0].TrimEnd('"'), (JsonNode?)lines[2])));

    // A form contains only text; its schema says which fields are numbers.
    private static JsonValue Field(string text) => int.TryParse(text, out var number) ? JsonValue.Create(number) : JsonValue.Create(text);
}
