using System.Net;
using System.Text;

namespace FilmService.Api.Tests.Hosting;

/// <summary>The check of all answers against the API document finds what is wrong.</summary>
public sealed class AnswerCheckTests
{
    private const string Film = """{"Name":"Up","Year":2009,"Month":"May"}""";

    [Test]
    public async Task Check_AnswerOfTheDocument_FindsNothing() => Assert.That(await FaultsAsync("GET", "/films/1", 200, Film), Is.Empty);

    [TestCase("GET", "/films/1", 418, Film, "The document does not tell of this status")]
    [TestCase("POST", "/films/1", 200, Film, "The document does not tell of this status")]
    [TestCase("GET", "/films/1", 200, """{"Name":"Up","Year":2009}""", "$ has no Month")]
    [TestCase("GET", "/films/1", 200, """{"Name":"Up","Year":2009,"Month":"Mai"}""", "$.Month is none of the enum: \"Mai\"")]
    [TestCase("GET", "/films/1", 200, """{"Name":"Up","Year":"2009","Month":"May"}""", "$.Year is string, not integer")]
    [TestCase("GET", "/films/1", 200, """{"Name":"Up","Year":1066,"Month":"May"}""", "$.Year is below 1870")]
    [TestCase("GET", "/films/1", 200, """{"Name":"Up","Year":2009,"Month":"May","Director":"Docter"}""", "$.Director is not in the schema")]
    [TestCase("GET", "/films", 200, """{"1":{"Name":"","Year":2009,"Month":"May"}}""", "$.1.Name is shorter than 1")]
    public async Task Check_AnswerNotOfTheDocument_SaysWhatIsWrong(string method, string path, int status, string body, string fault) =>
        Assert.That(await FaultsAsync(method, path, status, body), Does.Contain(fault));

    [Test]
    public async Task Check_MissingField_SaysWhich() =>
        Assert.That(await FaultsAsync("GET", "/films/1", 200, Film, without: "ETag"), Is.EqualTo(["The field ETag is not there"]));

    [Test]
    public async Task Check_UnknownField_SaysWhich() =>
        Assert.That(await FaultsAsync("GET", "/films/1", 200, Film, with: "X-Debug"), Is.EqualTo(["The document does not tell of the field X-Debug"]));

    [Test]
    public async Task Check_OtherMediaType_SaysWhich() =>
        Assert.That(await FaultsAsync("GET", "/films/1", 200, Film, type: "text/plain"), Is.EqualTo(["The document does not tell of a body of type text/plain"]));

    [Test]
    public async Task Send_AnswerNotOfTheDocument_FailsTheTest()
    {
        await using var host = await FilmServiceHost.StartAsync();
        using var client = new HttpClient(new AnswerCheck(new Forger(), host.Address));

        Assert.That(() => client.GetAsync(new Uri(host.Address, "/films/1")), Throws.InstanceOf<AssertionException>());
    }

    private static async Task<List<string>> FaultsAsync(
        string method, string path, int status, string body, string? without = null, string? with = null, string type = "application/json")
    {
        await using var host = await FilmServiceHost.StartAsync();
        var description = new ApiDescription((await host.CreateClient().SendAsync("GET", "/openapi.json")).Body);
        using var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
        foreach (var name in new[] { "ETag", "Films-Revision", "Cache-Control", with }.OfType<string>().Where(name => name != without))
        {
            answer.Headers.TryAddWithoutValidation(name, name == "ETag" ? "\"k3f9-1\"" : "no-cache");
        }

        return [.. description.Faults(method, path, answer, Encoding.UTF8.GetBytes(body))];
    }

    private sealed class Forger : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/json") });
    }
}
