using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Ui;

/// <summary>The page that lists films.</summary>
public sealed class ListTests : UiTest
{
    private const string Markup = "<script>alert(1)</script> & \"quotes\" 'n' <b>";
    private const string OddId = "a b\"c'd&e?f#g%2F<i>";

    [Test]
    public async Task List_OfANewCatalogue_ShowsItsFilms()
    {
        var text = TextOf(await PageAsync("/ui/films"));

        Assert.That(text, Does.Contain("2 films").And.Contain("Avengers: Infinity War 2018 March").And.Contain("by seed"));
        Assert.That(text, Does.Contain("2010s 2").And.Contain("March 1").And.Contain("August 1"));
    }

    [Test]
    public async Task List_Filtered_CountsAndSaysTheConditions()
    {
        var page = await PageAsync("/ui/films?q=ant&year.gte=2010&year.lte=2019&month=August&name.contains=wasp");

        Assert.That(TextOf(page), Does.Contain("1 of 2 films").And.Contain("2010s ×").And.Contain("“ant” ×").And.Contain("Month is August ×").And.Contain("Name contains wasp ×"));
        Assert.That(LinksOf(page), Does.Contain("/ui/films?q=ant&month=August&name.contains=wasp").And.Contain("/films?q=ant&year.gte=2010&year.lte=2019&month=August&name.contains=wasp&format=csv"));
    }

    [Test]
    public async Task List_OfTheApisParameters_FindsWhatTheApiFinds()
    {
        var page = await PageAsync("/ui/films?YEAR=2018&sort=-name&fields=Name&shape=list&count=true&facet=year&q=");

        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(TextOf(page), Does.Match("Avengers.*Ant Man"));
    }

    [Test]
    public async Task List_FollowedFromPageToPage_HasEachFilmOnce()
    {
        await ImportAsync(Enumerable.Range(100, 130).Select(number => $$"""{"Id":"f{{number}}","Name":"Film {{number}}","Year":{{1900 + (number % 7)}}}"""));
        var found = new List<string>();
        for (var address = "/ui/films?name.startsWith=film&sort=-released"; address is not null;)
        {
            var page = await PageAsync(address);
            found.AddRange(LinksOf(page).Where(link => link.StartsWith("/ui/films/f", StringComparison.Ordinal)));
            address = LinksOf(page).LastOrDefault(link => link.Contains("cursor=", StringComparison.Ordinal) && !found.Contains(link));
        }

        Assert.That(found, Has.Count.EqualTo(130).And.Unique);
    }

    [Test]
    public async Task List_Sorted_TurnsRoundWithTheNextClick()
    {
        Assert.That(LinksOf(await PageAsync("/ui/films")), Does.Contain("/ui/films?sort=name").And.Contain("/ui/films?sort=-revision"));
        var sorted = await PageAsync("/ui/films?sort=name");
        Assert.That(LinksOf(sorted), Does.Contain("/ui/films?sort=-name").And.Contain("/ui/films?sort=name&name.startsWith=z"));
        Assert.That(sorted.Body, Does.Contain("aria-sort=\"ascending\""));
    }

    [Test]
    public async Task List_WithoutAnyFilm_SaysSo()
    {
        await DeleteAsync("1");
        await DeleteAsync("2");

        var page = await PageAsync("/ui/films");

        Assert.That(TextOf(page), Does.Contain("No films yet."));
        Assert.That(LinksOf(page), Does.Contain("/ui/add"));
    }

    [TestCase("avengrs", "Avengers: Infinity War")]
    [TestCase("infinty wra", "Avengers: Infinity War")]
    [TestCase("Aventers", "Avengers: Infinity War")]
    public async Task List_WithNothingFound_OffersNearNames(string asked, string near)
    {
        var page = await PageAsync("/ui/films?q=" + Uri.EscapeDataString(asked));

        Assert.That(TextOf(page), Does.Contain($"No film has “{asked}” in its name.").And.Contain("Did you mean " + near));
        Assert.That(LinksOf(page), Does.Contain("/ui/films?q=" + Uri.EscapeDataString(near)));
    }

    [TestCase("year=1900", "No film meets these conditions.")]
    [TestCase("q=zzzzzz", "No film has “zzzzzz” in its name.")]
    public async Task List_WithNothingNear_OffersToClear(string query, string message)
    {
        var page = await PageAsync("/ui/films?" + query);

        Assert.That(TextOf(page), Does.Contain(message).And.Not.Contain("Did you mean"));
        Assert.That(LinksOf(page), Does.Contain("/ui/films"));
    }

    [TestCase("q=!!!", "'q' must contain at least one word")]
    [TestCase("year=x", "'year' must be a year, such as 2018.")]
    [TestCase("nonsense=1", "'nonsense' is unknown.")]
    [TestCase("cursor=AAAA", "'cursor' must be taken from a link of this list")]
    [TestCase("limit=0", "'limit' must be a whole number from 1 to 1000.")]
    public async Task List_OfInvalidParameters_SaysWhatIsWrong(string query, string message)
    {
        var page = await PageAsync("/ui/films?" + query);

        Assert.That(page.Status, Is.EqualTo(400));
        Assert.That(TextOf(page), Does.Contain(message));
    }

    [TestCase("/ui/films")]
    [TestCase("/ui/films?q=script")]
    [TestCase("/ui/films?name.contains=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22")]
    [TestCase("/ui/films?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")]
    [TestCase("/ui/films?%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E=1")]
    [TestCase("/ui/changes")]
    [TestCase("/ui/films/odd")]
    [TestCase("/ui/films/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [TestCase("/ui/add?id=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%3E")]
    [TestCase("/ui/%3Cscript%3Ealert(1)%3C")]
    public async Task Page_WithMarkupInData_ShowsItAsText(string address)
    {
        var json = $$"""{"name":{{Quoted(Markup)}},"year":2001}""";
        await PutAsync("odd", json);
        await PutAsync("odd", json.Replace("2001", "2002", StringComparison.Ordinal));
        await PutAsync(Uri.EscapeDataString(OddId), json);

        var page = await PageAsync(address);

        Assert.That(page.Body, Does.Not.Contain("<script>").And.Not.Contain("<img").And.Not.Contain("<b>").And.Not.Contain("<i>"));
    }

    [Test]
    public async Task Link_OfAnOddId_LeadsToItsFilm()
    {
        var emoji = string.Concat(Enumerable.Repeat("🎬", 128));
        foreach (var id in new[] { OddId, emoji, "007", "%2F", "%252F", "new", "add", "a+b", "ä" })
        {
            await PutAsync(Uri.EscapeDataString(id), $$"""{"name":"Found {{(id == emoji ? "emoji" : Uri.EscapeDataString(id))}}","year":2001}""");
            var link = $"/ui/films/{Uri.EscapeDataString(id)}";
            Assert.That(LinksOf(await PageAsync("/ui/films?name=" + Uri.EscapeDataString($"Found {(id == emoji ? "emoji" : Uri.EscapeDataString(id))}"))), Does.Contain(link));
            Assert.That(TextOf(await PageAsync(link)), Does.StartWith("Found " + (id == emoji ? "emoji" : Uri.EscapeDataString(id))));
        }
    }

    [Test]
    public async Task List_OfALargeCatalogue_IsNotOfferedAsJson()
    {
        Assert.That(LinksOf(await PageAsync("/ui/films")), Does.Contain("/films?format=json"));
        await Host.RestartAsync("Films:RequireLimitAbove=1");
        Client = Host.CreateClient();

        Assert.That(LinksOf(await PageAsync("/ui/films")), Does.Not.Contain("/films?format=json").And.Contain("/films?format=csv"));
    }

    [Test]
    public async Task Count_OfConditions_IsAPageOfItsOwn()
    {
        var page = await PageAsync("/ui/count?q=ant");

        Assert.That(TextOf(page), Does.Contain("1 of 2 films").And.Contain("2010s 1"));
        Assert.That(LinksOf(page), Does.Contain("/ui/films?q=ant"));
    }

    private async Task ImportAsync(IEnumerable<string> lines)
    {
        var content = new StringContent(string.Join('\n', lines), System.Text.Encoding.UTF8, "application/x-ndjson");
        Assert.That((await Client.SendAsync("POST", "/films", content)).Status, Is.EqualTo(200));
    }
}
