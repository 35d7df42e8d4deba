using System.Text;
using System.Text.Json.Nodes;

namespace FilmService.Api.Tests.Hosting;

/// <summary>Base class for tests with their own service, with shared requests and expectations.</summary>
public abstract class ServiceTest
{
    /// <summary>The films of a new database, as <c>GET /films</c> lists them.</summary>
    protected const string NewCatalogue =
        """{"1":{"Name":"Avengers: Infinity War","Year":2018,"Month":"March"},"2":{"Name":"Ant Man and the Wasp","Year":2018,"Month":"August"}}""";

    protected internal const string Avengers = """{"Name":"Avengers: Infinity War","Year":2018,"Month":"March"}""";

    /// <summary>The arguments of a valid film, and the film in a response.</summary>
    protected const string UpArguments = """{"name":"Up","year":2009,"month":"May"}""";

    protected const string Up = """{"Name":"Up","Year":2009,"Month":"May"}""";

    protected const string NameRule = "Name must have at most 500 characters and no control characters.";
    protected const string YearRule = "Year must be a whole number from 1870 to 2200.";
    protected const string MonthRule =
        "Month must be one of January, February, March, April, May, June, July, August, September, October, November, December, or null if it is unknown.";

    protected FilmServiceHost Host { get; private set; } = null!;

    protected HttpClient Client { get; set; } = null!;

    /// <summary>The fixture's settings, written as <c>Films:Seed=false</c>.</summary>
    protected virtual string[] Settings => [];

    protected virtual Task<FilmServiceHost> StartHostAsync() => FilmServiceHost.StartAsync(Settings);

    [SetUp]
    public async Task StartServiceAsync()
    {
        Host = await StartHostAsync();
        Client = Host.CreateClient();
    }

    [TearDown]
    public async Task StopServiceAsync()
    {
        Client?.Dispose();
        await (Host?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    protected Task<HttpAnswer> GetAsync(string address, params string[] fields) => Client.SendAsync("GET", address, null, fields);

    /// <summary>PUTs JSON to <c>/films/{id}</c>.</summary>
    protected Task<HttpAnswer> PutAsync(string id, string json, params string[] fields) =>
        Client.SendAsync("PUT", $"/films/{id}", HttpRequests.Json(json), fields);

    /// <summary>PUTs a body of any type to <c>/films/{id}</c>.</summary>
    protected Task<HttpAnswer> PutAsync(string id, HttpContent content) => Client.SendAsync("PUT", $"/films/{id}", content);

    protected Task<HttpAnswer> DeleteAsync(string id, params string[] fields) => Client.SendAsync("DELETE", $"/films/{id}", null, fields);

    /// <summary>The database's revision with this number; the two films of a new database are 1 and 2.</summary>
    protected string Revision(long number) => $"{Host.Query("SELECT epoch FROM revision")}-{number}";

    /// <summary>The entity tag of a film that this revision changed last.</summary>
    protected string ETag(long number) => $"\"{Revision(number)}\"";

    /// <summary>The value of a Basic <c>Authorization</c> field.</summary>
    protected static string Basic(string user, string password) =>
        "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    /// <summary>
    /// Asserts that the response is this problem in its complete form, that the service still answers, and that nothing was
    /// stored.
    /// </summary>
    protected async Task AssertRefusedAsync(HttpAnswer answer, string problem)
    {
        AssertProblem(answer, problem);
        await AssertNothingStoredAsync();
    }

    protected static void AssertProblem(HttpAnswer answer, string problem)
    {
        Assert.That(answer.Problem, Is.EqualTo(problem));
        Assert.That(answer.Status, Is.EqualTo((int)JsonNode.Parse(problem)!["status"]!));
        Assert.That(answer.ContentType, Is.EqualTo("application/problem+json"));
        Assert.That((string?)answer.Json["traceId"], Does.Match("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$").And.EqualTo(answer.Field("Trace-Id")));
    }

    /// <summary>Asserts that the database is as new, at its second revision.</summary>
    protected async Task AssertNothingStoredAsync()
    {
        var films = await GetAsync("/films", Reader);
        Assert.That(films.Body, Is.EqualTo(NewCatalogue));
        Assert.That(films.Field("Films-Revision"), Is.EqualTo(Revision(2)));
    }

    /// <summary>The credentials that the fixture's service requires of readers.</summary>
    protected virtual string Reader => "Accept: */*";

    /// <summary>The problem for an invalid film: pairs of an argument and its message.</summary>
    protected static string Invalid(string id, params (string Argument, string Message)[] faults) =>
        WithErrors("validation", "The film is not valid", $"/films/{id}", faults);

    /// <summary>The problem for invalid parameters or header fields: pairs of a name and its message.</summary>
    protected static string InvalidParameters(string instance, params (string Name, string Message)[] faults) =>
        WithErrors("invalid-parameters", "The request's parameters are not valid", instance, faults);

    /// <summary>The route of a URL, as messages name it.</summary>
    protected static string RouteOf(string address) => address.Replace("/films/1", "/films/{id}", StringComparison.Ordinal);

    protected static string Malformed(string detail, string instance) => Problem("malformed-request", "The request is malformed", 400, detail, instance);

    protected static string InvalidId(string instance) => Problem(
        "invalid-film-id", "The film id is not valid", 400,
        "A film id is 1 to 128 characters of valid UTF-8 without '/' or control characters, other than '.' and '..'.", instance);

    protected static string NoSuchFilm(string id) => Problem("film-not-found", "Film not found", 404, $"Film {id} doesn't exist", $"/films/{id}");

    protected static string NothingAt(string path) => Problem("not-found", "Not found", 404, $"There is nothing at {path}.", path);

    /// <summary>A problem as it is written, without its trace id.</summary>
    protected static string Problem(string slug, string title, int status, string detail, string instance, string more = "") =>
        $$"""{"type":"/problems/{{slug}}","title":"{{title}}","status":{{status}},"detail":{{Quoted(detail)}},"instance":{{Quoted(instance)}},"message":{{Quoted(detail)}}{{more}}}""";

    private static string WithErrors(string slug, string title, string instance, (string Name, string Message)[] faults)
    {
        var detail = string.Join(' ', faults.Take(3).Select(fault => fault.Message)) + (faults.Length > 3 ? $" And {faults.Length - 3} more: {string.Join(", ", faults.Skip(3).Select(fault => fault.Name))}." : "");
        var errors = string.Join(",", faults.Select(fault => $"{Quoted(fault.Name)}:[{Quoted(fault.Message)}]"));
        return Problem(slug, title, 400, detail, instance, ",\"errors\":{" + errors + "}");
    }

    /// <summary>Text as a JSON string, with no more escaping than necessary.</summary>
    protected static string Quoted(string text) => JsonValue.Create(text).ToJsonString(Relaxed);

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
