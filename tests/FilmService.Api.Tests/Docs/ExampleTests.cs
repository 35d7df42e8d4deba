using System.Text;
using System.Text.RegularExpressions;
using FilmService.Api.Docs;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Docs;

/// <summary>Sends every example of the API document to its own service and compares the complete response.</summary>
public sealed partial class ExampleTests
{
    private static IEnumerable<TestCaseData> Examples => Cases(_ => true);

    private static IEnumerable<TestCaseData> Reads => Cases(example => example.Request.Method == "GET");

    private static IEnumerable<TestCaseData> Cases(Func<HttpExample, bool> wanted) => HttpExamples.OfOperations.Concat(HttpExamples.Shared)
        .Where(wanted).Select(example => new TestCaseData(example).SetArgDisplayNames(example.Request.Method, example.Title));

    [TestCaseSource(nameof(Examples))]
    public async Task Send_Example_AnswersAsTheDocumentShows(HttpExample example)
    {
        var actual = await SendAsync(example, example.Request.Method);

        Assert.That(actual, Is.EqualTo(Written(example.Answer.Status, example.Answer.Fields, example.Answer.Body)));
    }

    [TestCaseSource(nameof(Reads))]
    public async Task Send_ExampleAsHead_AnswersWithTheSameFields(HttpExample example)
    {
        var actual = await SendAsync(example, "HEAD");

        Assert.That(actual, Is.EqualTo(Written(example.Answer.Status, example.Answer.Fields, "")));
    }

    private static async Task<string> SendAsync(HttpExample example, string method)
    {
        await using var host = await FilmServiceHost.StartAsync([.. example.Settings]);
        if (example.Stored.Count > 0)
        {
            host.Query(string.Join(";", example.Stored));
            await host.RestartAsync();
        }

        using var client = host.CreateClient();
        var epoch = (string)host.Query("SELECT epoch FROM revision")!;
        var before = new List<HttpResponseMessage>();
        foreach (var request in example.Before)
        {
            // Kept so that streams stay open.
            before.Add(await SendAsync(client, request, request.Method, epoch));
        }

        if (example.Sql is { } sql)
        {
            host.Query(sql);
        }

        using var answer = await SendAsync(client, example.Request, method, epoch);
        var names = ApiDescription.OwnFields(answer).Concat(answer.Content.Headers.ContentType is null ? [] : ["Content-Type"]);
        var fields = names.ToDictionary(name => name, name => Field(answer, name).Replace(epoch + "-", "k3f9-", StringComparison.Ordinal));
        var body = (await ReadAsync(answer, example.Answer.Body)).Replace(epoch + "-", "k3f9-", StringComparison.Ordinal).Replace(host.Address.Authority, "127.0.0.1:5000", StringComparison.Ordinal).Trim('\n');
        before.ForEach(earlier => earlier.Dispose());
        var isShown = example.Answer.Body.Length > 0 || answer.Content.Headers.ContentType?.MediaType is not ("text/html" or "application/json");
        return Written((int)answer.StatusCode, fields, isShown ? body : "");
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, ExampleCall example, string method, string epoch)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), InFull(example.Target).Replace("k3f9-", epoch + "-", StringComparison.Ordinal));
        if (example.Body.Length > 0)
        {
            var isMultipart = example.MediaType == "multipart/form-data";
            var body = InFull(isMultipart ? example.Body.ReplaceLineEndings("\r\n") : example.Body).Replace("k3f9-", epoch + "-", StringComparison.Ordinal);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }

        foreach (var (name, value) in example.Fields)
        {
            var field = value.Replace("k3f9-", epoch + "-", StringComparison.Ordinal);
            _ = request.Headers.TryAddWithoutValidation(name, field) || request.Content!.Headers.TryAddWithoutValidation(name, field);
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    // An event stream never ends on its own: it is read as far as the example shows.
    private static async Task<string> ReadAsync(HttpResponseMessage answer, string shown)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "text/event-stream" || answer.RequestMessage!.Method == HttpMethod.Head)
        {
            // CSV lines end with CRLF.
            return (await answer.Content.ReadAsStringAsync()).ReplaceLineEndings("\n");
        }

        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var lines = new List<string?>();
        while (lines.Count < shown.Split('\n').Length)
        {
            lines.Add(await reader.ReadLineAsync());
        }

        return string.Join('\n', lines);
    }

    private static string Field(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : answer.Content.Headers.GetValues(name));

    // Secrets, tokens, keys and their ids, creation times, and remaining waits of two or more digits.
    private const string MadeUp =
        "(?<=\"f[sc][a-z]*_|=fss_)[-_0-9A-Za-z]{48}|(?<=Set-Cookie: films-)[0-9]+|(?<=\"access_token\":\")[-_0-9A-Za-z]+\\.[-_0-9A-Za-z]+\\.[-_0-9A-Za-z]{86}|(?<=\"(x|y)\":\")[-_0-9A-Za-z]{43}(?=\")"
        + "|(?<=\"(id|clientId|kid)\":\")[a-z0-9]{16}(?=\")|(?<=Location: /(api-keys|oauth/clients|webhooks)/)[a-z0-9]{16}|(?<=\"(createdAt|at)\":\")[-:.0-9T]+Z"
        + "|(?<=\"whsec_)[+/=0-9A-Za-z]{44}|(?<=\"msg_)[a-z0-9]{16}|(?<=\"durationMs\":)[0-9]+"
        + "|(?<=films-)[0-9]{8}T[0-9]{9}Z|(?<=\"sha256\":\")[0-9a-f]{64}|(?<=\"bytes\":)[0-9]+"
        + "|(?<=Retry-After: |Try again in )[0-9]{2,3}";

    // Parts that differ each time are not compared.
    private static string Written(int status, IReadOnlyDictionary<string, string> fields, string body) => Varying().Replace(
        $"{status}\n{string.Concat(fields.OrderBy(field => field.Key, StringComparer.OrdinalIgnoreCase).Select(field => $"{field.Key}: {field.Value}\n"))}\n{body}", "...");

    // {9000} means that many letters.
    private static string InFull(string text) =>
        Many().Replace(text, match => new string('a', int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)));

    [GeneratedRegex(MadeUp + "|00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]|(?<=\"At\":\")[-:.0-9TZ]+|(?<=ETag: )\"[0-9a-f]{16}\"")]
    private static partial Regex Varying();

    [GeneratedRegex(@"\{(\d+)\}")]
    private static partial Regex Many();
}
