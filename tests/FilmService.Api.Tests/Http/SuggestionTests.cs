using FilmService.Api.Http.Binding;
using FilmService.Api.Search;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Http;

/// <summary>"Did you mean": only near names, and what other services call theirs.</summary>
public sealed class SuggestionTests : ServiceTest
{
    private static readonly string[] Film = ["name", "year", "month", "id"];

    [TestCase("yaer", "'year'")]
    [TestCase("yeear", "'year'")]
    [TestCase("Moth", "'month'")]
    [TestCase("curser", "'cursor'")]
    [TestCase("name.contians", "'name.contains'")]
    [TestCase("page", "'limit' and 'cursor'")]
    [TestCase("_page", "'limit' and 'cursor'")]
    [TestCase("offset", "'limit' and 'cursor'")]
    [TestCase("$skip", "'limit' and 'cursor'")]
    [TestCase("per_page", "'limit'")]
    [TestCase("perPage", "'limit'")]
    [TestCase("pageSize", "'limit'")]
    [TestCase("page[size]", "'limit'")]
    [TestCase("$top", "'limit'")]
    [TestCase("size", "'limit'")]
    [TestCase("search", "'q'")]
    [TestCase("query", "'q'")]
    [TestCase("keyword", "'q'")]
    [TestCase("order", "'sort'")]
    [TestCase("$orderby", "'sort'")]
    [TestCase("sort_by", "'sort'")]
    [TestCase("select", "'fields'")]
    [TestCase("title", "'name'")]
    [TestCase("filter[year]", "'year'")]
    [TestCase("filter[year][_gte]", "'year.gte'")]
    [TestCase("year_gte", "'year.gte'")]
    [TestCase("year[$lt]", "'year.lt'")]
    [TestCase("minYear", "'year.gte'")]
    [TestCase("title__icontains", "'name.contains'")]
    [TestCase("name_like", "'name.contains'")]
    [TestCase("release_date_max", "'released.lte'")]
    [TestCase("name-starts-with", "'name.startsWith'")]
    [TestCase("director", null)]
    [TestCase("pagex", null)]
    [TestCase("x", null)]
    [TestCase("filter", null)]
    [TestCase("[]", null)]
    [TestCase("gte", null)]
    public void Unknown_ParameterOfALists_SuggestsWhatIsMeant(string name, string? meant) => AssertMeant(name, SearchParametersAttribute.Names, meant);

    [TestCase("title", "'name'")]
    [TestCase("Titel", null)]
    [TestCase("release_date", "'year' and 'month'")]
    [TestCase("releaseYear", "'year'")]
    [TestCase("page", null)]
    [TestCase("search", "'name'")]
    [TestCase("Revision", null)]
    public void Unknown_ArgumentOfAFilm_SuggestsWhatIsMeant(string name, string? meant) => AssertMeant(name, Film, meant);

    [TestCase("offset", "'since'")]
    [TestCase("per_page", "'limit'")]
    [TestCase("sinse", "'since'")]
    public void Unknown_ParameterOfTheChanges_SuggestsWhatIsMeant(string name, string? meant) => AssertMeant(name, ["since", "limit", "begun"], meant);

    [TestCase("expires_at", "'expiresAt'")]
    [TestCase("dry-run", "'dryRun'")]
    [TestCase("on_conflict", "'onConflict'")]
    public void Unknown_OtherSpelling_SuggestsOurs(string name, string? meant) => AssertMeant(name, ["expiresAt", "dryRun", "onConflict"], meant);

    [TestCase("", "", 3, 0)]
    [TestCase("year", "yaer", 2, 1)]
    [TestCase("year", "YEAR", 2, 0)]
    [TestCase("ca", "abc", 5, 3)]
    [TestCase("kitten", "sitting", 5, 3)]
    [TestCase("year", "yearlings", 2, 3)]
    public void Distance_OfTwoNames_CountsSlips(string from, string to, int max, int expected) =>
        Assert.That((Suggestion.Distance(from, to, max), Suggestion.Distance(to, from, max)), Is.EqualTo((expected, expected)));

    [Test]
    public void Unknown_HugeName_CostsNothing()
    {
        var name = new string('a', 10_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var nearest = (Suggestion.Nearest(name, SearchParametersAttribute.Names), Synonyms.Of(name, SearchParametersAttribute.Names));

        Assert.That(nearest, Is.EqualTo(((string?)null, (string?)null)));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(100_000));
    }

    [TestCase("/Films", "/films")]
    [TestCase("/FILMS/1", "/films/1")]
    [TestCase("/film/1", "/films/1")]
    [TestCase("/film", "/films")]
    [TestCase("/fims", "/films")]
    [TestCase("/movies", "/films")]
    [TestCase("/movies/a%20b%2Fc/", "/films/a%20b%2Fc")]
    [TestCase("/api/films", "/films")]
    [TestCase("/api/v1/Movies/7", "/films/7")]
    [TestCase("/films/1/", "/films/1")]
    [TestCase("/films/1/versions", "/films/1/history")]
    [TestCase("/change", "/changes")]
    [TestCase("/events", "/changes")]
    [TestCase("/user/ann", "/users/ann")]
    [TestCase("/api_keys", "/api-keys")]
    [TestCase("/hello-world", "/hello_world")]
    [TestCase("/oauth/Token", "/oauth/token")]
    [TestCase("/token", "/oauth/token")]
    [TestCase("/healthz", "/health/ready")]
    [TestCase("/health", "/health/ready")]
    [TestCase("/swagger/index.html", "/docs")]
    [TestCase("/swagger/v1/swagger.json", "/openapi.json")]
    [TestCase("/Docs", "/docs")]
    public async Task Get_AddressOfAnotherService_SuggestsOurs(string path, string meant)
    {
        var answer = await GetAsync(path);

        AssertProblem(answer, Problem("not-found", "Not found", 404, $"There is nothing at {path}. Did you mean {meant}?", path));
    }

    [TestCase("/nothing")]
    [TestCase("/nothing/")]
    [TestCase("/api")]
    [TestCase("/actors/1")]
    [TestCase("/films/1/2/3")]
    [TestCase("/a/b/c/d/e/f/g/h/i/j")]
    public async Task Get_AddressThatNothingIsNear_SuggestsNone(string path) => AssertProblem(await GetAsync(path), NothingAt(path));

    [Test]
    public async Task Put_OfAnUnknownArgument_SaysSoInTheMessage()
    {
        var answer = await PutAsync("3", """{"title":"Up","year":2009}""");

        Assert.That((answer.Status, (string?)answer.Json["message"]), Is.EqualTo((400, "Name is required. 'title' is unknown. Did you mean 'name'? Accepted here: name, year, month, id.")));
    }

    private static void AssertMeant(string name, IReadOnlyList<string> known, string? meant) => Assert.That(
        Suggestion.Unknown(name, known),
        Is.EqualTo($"'{name}' is unknown. {(meant is null ? "" : $"Did you mean {meant}? ")}Accepted here: {string.Join(", ", known)}."));
}
