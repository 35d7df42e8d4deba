using System.Text;
using System.Text.Json.Nodes;

namespace FilmService.Api.Tests.Hosting;

/// <summary>The API document, and checks whether a response is described in it.</summary>
public sealed class ApiDescription
{
    // Every response can have these; the document describes them once.
    private static readonly string[] GeneralFields =
    [
        "Connection", "Content-Length", "Content-Security-Policy", "Content-Type", "Date", "RateLimit", "RateLimit-Policy", "Referrer-Policy", "Strict-Transport-Security", "Trace-Id", "Transfer-Encoding", "X-Content-Type-Options",
    ];

    private static readonly string[] OptionsFields = ["Allow", "Accept-Patch", "Accept-Post", "Accept-Query", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods", "Access-Control-Max-Age"];

    // And these if origins are configured, in which case the response has Vary.
    private static readonly string[] SharedFields = ["Access-Control-Allow-Origin", "Access-Control-Expose-Headers"];

    private readonly JsonNode _document;
    private readonly SchemaCheck _schemas;

    public ApiDescription(string document) => (_document, _schemas) = (JsonNode.Parse(document)!, new SchemaCheck(JsonNode.Parse(document)!));

    /// <summary>How the response deviates from the document. An empty body is a HEAD's, or there is none.</summary>
    public IEnumerable<string> Faults(string method, string path, HttpResponseMessage answer, byte[] body)
    {
        // QUERY answers like GET, except for errors in its body; OpenAPI 3.1 cannot describe it.
        if (method == "QUERY" && (int)answer.StatusCode is 413 or 415)
        {
            return [];
        }

        var faults = FaultsAt(path, method, answer, body).ToList();

        // Imports are described at their own URL; at /films, they are answered in the same way.
        return faults.Count > 0 && (method, path) == ("POST", "/films") ? FaultsAt("/imports", method, answer, body) : faults;
    }

    // HEAD is GET without the body (RFC 9110 §9.3.2).
    private IEnumerable<string> FaultsAt(string path, string method, HttpResponseMessage answer, byte[] body)
    {
        var operation = Operation(method == "HEAD" || (method == "QUERY" && path == "/films") ? "get" : method.ToLowerInvariant(), path);
        return Described(operation, (int)answer.StatusCode) is not { } described
            ? IsGeneral(operation, method, answer) ? UnknownFields(answer, OptionsFields) : ["The document does not tell of this status"]
            : FieldFaults(described, answer).Concat(BodyFaults(described, method, answer, body));
    }

    /// <summary>The names of a response's own header fields.</summary>
    public static IEnumerable<string> OwnFields(HttpResponseMessage answer) =>
        answer.Headers.Concat(answer.Content.Headers).Select(field => field.Key)
            .Except(GeneralFields, StringComparer.OrdinalIgnoreCase)
            .Except(answer.Headers.Vary.Contains("Origin") ? SharedFields : [], StringComparer.OrdinalIgnoreCase)
            .Except(answer.Headers.Vary.SequenceEqual(["Origin"]) ? ["Vary"] : [], StringComparer.OrdinalIgnoreCase);

    // Any response can delete the cookie of a session that has ended; the log-out is described.
    private static bool IsCookieDeleted(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Single().EndsWith("Max-Age=0", StringComparison.Ordinal)
        && answer.RequestMessage is not { Method.Method: "DELETE", RequestUri.AbsolutePath: "/session" };

    private JsonNode? Operation(string method, string path) => _document["paths"]!.AsObject()
        .Where(item => IsAt(item.Key, path)).OrderBy(item => item.Key.Contains('{', StringComparison.Ordinal)).Select(item => item.Value![method]).FirstOrDefault();

    private static bool IsAt(string template, string path)
    {
        var (pattern, segments) = (template.Split('/'), path.Split('/'));
        return pattern.Length == segments.Length && pattern.Zip(segments).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);
    }

    // Without a matching operation, the response must be one that every URL can give.
    private JsonNode? Described(JsonNode? operation, int status) => operation is not null
        ? operation["responses"]![$"{status}"] is { } own ? _schemas.Resolve(own) : null
        : Shared(status);

    private JsonNode? Shared(int status) => _document["components"]!["responses"]!.AsObject().Select(item => item.Value).FirstOrDefault(shared => shared!["x-status"]!.GetValue<int>() == status);

    private static bool IsGeneral(JsonNode? operation, string method, HttpResponseMessage answer) =>
        operation is null && method == "OPTIONS" && (int)answer.StatusCode == 204 && (answer.Content.Headers.Allow.Count > 0 || IsOfPreflight(answer));

    // CORS answers preflight requests itself if origins are configured (WHATWG Fetch).
    private static bool IsOfPreflight(HttpResponseMessage answer) =>
        answer.RequestMessage?.Headers.Contains("Access-Control-Request-Method") is true && answer.Headers.Vary.Contains("Origin");

    private static IEnumerable<string> UnknownFields(HttpResponseMessage answer, IEnumerable<string> known) =>
        OwnFields(answer).Except(known, StringComparer.OrdinalIgnoreCase).Except(IsCookieDeleted(answer) ? ["Set-Cookie", "Cache-Control"] : [], StringComparer.OrdinalIgnoreCase).Select(name => $"The document does not tell of the field {name}");

    private static IEnumerable<string> FieldFaults(JsonNode described, HttpResponseMessage answer)
    {
        var (known, sent) = (described["headers"]?.AsObject() ?? [], OwnFields(answer).ToList());
        var missing = known.Where(field => field.Value!["required"]?.GetValue<bool>() is true).Select(field => field.Key).Except(sent, StringComparer.OrdinalIgnoreCase);
        return missing.Select(name => $"The field {name} is not there").Concat(UnknownFields(answer, known.Select(field => field.Key)));
    }

    private IEnumerable<string> BodyFaults(JsonNode described, string method, HttpResponseMessage answer, byte[] body)
    {
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (method == "HEAD" || (body.Length == 0 && described["content"] is null))
        {
            return body.Length == 0 ? [] : ["HEAD has a body"];
        }

        if (type is null || described["content"]?[type] is not { } content)
        {
            return [$"The document does not tell of a body of type {type ?? "none"}"];
        }

        if (type == "application/x-ndjson")
        {
            var lines = Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return lines.SelectMany((line, i) =>
                _schemas.Faults(JsonNode.Parse(line), (i == lines.Length - 1 ? content["x-last-item-schema"] : null) ?? content["x-item-schema"]!, $"line {i + 1}"));
        }

        return type == "application/json" || type.EndsWith("+json", StringComparison.Ordinal)
            ? _schemas.Faults(JsonNode.Parse(body), content["schema"]!)
            : [];
    }
}
