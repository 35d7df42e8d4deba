using System.Net;
using System.Text;

namespace FilmService.Api.Tests.Hosting;

/// <summary>The check of all responses against the API document finds deviations.</summary>
public sealed class AnswerCheckTests
{
    private const string Film = """{"Name":"Up","Year":2009,"Month":"May"}""";

    [Test]
    public async Task Check_AnswerOfTheDocument_FindsNothing() => Assert.That(await FaultsAsync("GET", "/films/1", 200, Film), Is.Empty);

    [TestCase("GET", "/films/1", 418, Film, "The document does not tell of this status")]
    [TestCase("POST", "/films/1", 200, Film, "The document does not tell of this status")]
    [TestCase("GET", "/films/1", 200, """{"Name":"Up","Year":2009}""", "$ has no Month")]
    [TestCase("GET", "/films/1", 200, """{"Name":"Up","Year":2009,"Month":"Mai"}""", "$.Month is none of its choices")]
    [TestCase("GET", "/films/1", 200, """{"Name":"Up","Year":"2009","Month":"May"}""", "$.Year is string, not integer")]
    [TestCase("GET", "/films/1", 200, """{"Name":"Up","Year":1066,"Month":"May"}""", "$.Year is below 1870")]
    [TestCase("GET", "/films/1", 200, """{"Name":"Up","Year":2009,"Month":"May","Director":"Docter"}""", "$.Director is not in the schema")]
    [TestCase("GET", "/films", 200, """{"1":{"Name":"","Year":2009,"Month":"May"}}""", "$.1.Name is shorter than 1")]
    [TestCase("GET", "/films", 200, """{"items":[{"Id":"1","Director":"Docter"}]}""", "$.items[0].Director is not in the schema")]
    public async Task Check_AnswerNotOfTheDocument_SaysWhatIsWrong(string method, string path, int status, string body, string fault) =>
        Assert.That(await FaultsAsync(method, path, status, body), Does.Contain(fault));

    [Test]
    public async Task Check_MissingField_SaysWhich() =>
        Assert.That(await FaultsAsync("GET", "/films/1", 200, Film, without: "ETag"), Is.EqualTo(["The field ETag is not there"]));

    [Test]
    public async Task Check_UnknownField_SaysWhich() =>
        Assert.That(await FaultsAsync("GET", "/films/1", 200, Film, with: "X-Debug"), Is.EqualTo(["The document does not tell of the field X-Debug"]));

    [TestCase("Vary: Origin")]
    [TestCase("Vary: Origin|Access-Control-Allow-Origin: https://films.example")]
    [TestCase("Vary: Accept", "Vary")]
    [TestCase("Access-Control-Allow-Origin: *", "Access-Control-Allow-Origin")]
    public async Task Check_FieldsOfCors_AreKnownOnlyWithVaryByOrigin(string fields, params string[] unknown)
    {
        var description = await DescriptionAsync();
        using var answer = Answer(200, Film, "application/json");
        foreach (var field in (string[])["ETag: \"k3f9-1\"", "Films-Revision: k3f9-2", "Cache-Control: no-cache", .. fields.Split('|')])
        {
            answer.Headers.TryAddWithoutValidation(field.Split(": ")[0], field.Split(": ")[1]);
        }

        Assert.That(
            description.Faults("GET", "/films/1", answer, Encoding.UTF8.GetBytes(Film)),
            Is.EqualTo(unknown.Select(name => $"The document does not tell of the field {name}")));
    }

    [TestCase("""{"Revision":"k3f9-1","At":"2026-11-22T09:14:03.120Z","By":"seed","Id":"1","Deleted":true}""", null)]
    [TestCase("""{"Revision":"k3f9-1","At":"2026-11-22T09:14:03.120Z","By":"seed","Id":"1","Deleted":false}""", "line 2.Deleted is not true")]
    [TestCase("""{"Revision":"k3f9-1","At":"2026-11-22T09:14:03.120Z","By":"seed","Id":"1","Deleted":true,"Name":"Up"}""", "line 2 has more members than 5")]
    [TestCase("""{"Revision":"k3f9-1","At":"2026-11-22T09:14:03.120Z","By":"seed","Id":"1","Name":"Up","Year":2009}""", "line 2 has no Month")]
    public async Task Check_Lines_FindsTheWrongOne(string line, string? fault)
    {
        const string Deleted = """{"Revision":"k3f9-1","At":"2026-11-22T09:14:03.120Z","By":"seed","Id":"1","Deleted":true}""";
        var description = await DescriptionAsync();
        using var answer = Answer(200, "", "application/x-ndjson");
        foreach (var name in (string[])["Cache-Control", "Films-Revision", "Vary"])
        {
            answer.Headers.TryAddWithoutValidation(name, "Accept");
        }

        Assert.That(
            description.Faults("GET", "/changes", answer, Encoding.UTF8.GetBytes($"{Deleted}\n{line}\n")),
            Is.EqualTo(fault is null ? Array.Empty<string>() : [fault]));
    }

    [Test]
    public async Task Check_OtherMediaType_SaysWhich() =>
        Assert.That(await FaultsAsync("GET", "/films/1", 200, Film, type: "text/plain"), Is.EqualTo(["The document does not tell of a body of type text/plain"]));

    [Test]
    public async Task Send_AnswerNotOfTheDocument_FailsTheTest()
    {
        await using var host = await FilmServiceHost.StartAsync();
        using var client = new HttpClient(new AnswerCheck(new Forger()));

        Assert.That(() => client.GetAsync(new Uri(host.Address, "/films/1")), Throws.InstanceOf<AssertionException>());
    }

    private static async Task<List<string>> FaultsAsync(
        string method, string path, int status, string body, string? without = null, string? with = null, string type = "application/json")
    {
        var description = await DescriptionAsync();
        using var answer = Answer(status, body, type);
        foreach (var name in new[] { "ETag", "Films-Revision", "Cache-Control", with }.OfType<string>().Where(name => name != without))
        {
            answer.Headers.TryAddWithoutValidation(name, name == "ETag" ? "\"k3f9-1\"" : "no-cache");
        }

        return [.. description.Faults(method, path, answer, Encoding.UTF8.GetBytes(body))];
    }

    private static async Task<ApiDescription> DescriptionAsync()
    {
        await using var host = await FilmServiceHost.StartAsync();
        return new ApiDescription((await host.CreateClient().SendAsync("GET", "/openapi.json")).Body);
    }

    private static HttpResponseMessage Answer(int status, string body, string type) =>
        new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };

    private sealed class Forger : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/json") });
    }
}
