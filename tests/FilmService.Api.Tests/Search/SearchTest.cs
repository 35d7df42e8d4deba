using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Search;

/// <summary>Base class for tests with a service that contains a few films.</summary>
public abstract class SearchTest : ServiceTest
{
    protected override string[] Settings => ["Films:Seed=false"];

    [SetUp]
    public async Task StoreFilmsAsync()
    {
        string[] films =
        [
            """{"name":"Amélie","year":2001,"month":"April"}""", """{"name":"Up","year":2009,"month":"May"}""", """{"name":"Up in the Air","year":2009}""",
            """{"name":"WALL·E","year":2008,"month":"June"}""", """{"name":"Avengers: Infinity War","year":2018,"month":"April"}""", """{"name":"War of the Worlds","year":2005,"month":"June"}""",
            """{"name":"The Infinity Wars","year":2018}""", """{"name":"!!!","year":2018,"month":"March"}""", """{"name":"Hello, Dolly!","year":1969,"month":"December"}""",
        ];
        foreach (var (film, i) in films.Select((film, i) => (film, i + 1)))
        {
            Assert.That((await PutAsync($"{i}", film)).Status, Is.EqualTo(201));
        }
    }

    /// <summary>The ids that a query finds, in order.</summary>
    protected async Task<string> FindAsync(string query, HttpClient? client = null)
    {
        var answer = await (client ?? Client).SendAsync("GET", $"/films?shape=list&{query}");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        return Ids(answer);
    }

    protected static string Ids(HttpAnswer list) => string.Join(' ', list.Json["items"]!.AsArray().Select(film => (string)film!["Id"]!));
}
