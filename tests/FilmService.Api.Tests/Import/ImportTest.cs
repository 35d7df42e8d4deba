using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using FilmService.Api.Tests.Films;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Import;

/// <summary>Base class for tests of imports, with its own service.</summary>
public abstract class ImportTest : WriteTest
{
    protected const string Lines = "application/x-ndjson";
    protected const string Table = "text/csv";
    protected const string Array = "application/json";

    /// <summary>Imports lines; the query is written as <c>onConflict=skip</c>.</summary>
    protected Task<HttpAnswer> ImportAsync(string lines, string query = "", params string[] fields) => ImportAsAsync(Lines, lines, query, fields);

    protected Task<HttpAnswer> ImportAsAsync(string type, string text, string query, params string[] fields) =>
        ImportAsAsync(type, Encoding.UTF8.GetBytes(text), query, fields);

    protected Task<HttpAnswer> ImportAsAsync(string type, byte[] body, string query, params string[] fields)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var field in fields.Where(field => field.StartsWith("Content-", StringComparison.Ordinal)))
        {
            content.Headers.TryAddWithoutValidation(field.Split(": ")[0], field.Split(": ")[1]);
        }

        return Client.SendAsync("POST", "/films" + (query.Length > 0 ? "?" + query : ""), content, fields.Where(field => !field.StartsWith("Content-", StringComparison.Ordinal)).ToArray());
    }

    /// <summary>The response of a successful import; without <paramref name="before"/>, of a new catalogue or one that it did not change.</summary>
    protected string Result(int created = 0, int updated = 0, int unchanged = 0, int deleted = 0, int skipped = 0, int revision = 2, int? before = null) =>
        $$"""{"created":{{created}},"updated":{{updated}},"unchanged":{{unchanged}},"deleted":{{deleted}},"skipped":{{skipped}},"revision":"{{Revision(revision)}}","before":"{{Revision(before ?? (created + updated + deleted == 0 ? revision : 2))}}"}""";

    /// <summary>The problem of an import: its lines, each as <c>{"line":2,"errors":{...}}</c>.</summary>
    protected static string Faults(params string[] lines) => Problem(
        "import-faults", "The import has errors", 400,
        $"{lines.Length} {(lines.Length == 1 ? "line has errors" : "lines have errors")}: {string.Join(", ", lines.Take(20).Select(line => JsonNode.Parse(line)!["line"]!.ToString()))}{(lines.Length > 20 ? ", ..." : "")}.",
        "/films",
        $",\"lines\":[{string.Join(',', lines)}],\"lineErrorCount\":{lines.Length}");

    /// <summary>The error of a line, as reported.</summary>
    protected static string Fault(int line, string member, string message) =>
        "{\"line\":" + line + ",\"errors\":{\"" + member + "\":[" + Quoted(message) + "]}}";

    /// <summary>The films, as lines of an export.</summary>
    protected async Task<string> ExportAsync() => (await GetAsync("/films?format=ndjson")).Body;

    protected static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    protected static void AssertDone(HttpAnswer answer, string result)
    {
        Assert.That((answer.Status, answer.Body), Is.EqualTo((200, result)));
        Assert.That(answer.ContentType, Is.EqualTo("application/json"));
        Assert.That(answer.Field("Films-Revision"), Is.EqualTo((string)answer.Json["revision"]!));
    }
}
