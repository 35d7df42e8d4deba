using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Search;

public sealed class PagingTests : SearchTest
{
    [TestCase("sort=-year&limit=2")]
    [TestCase("sort=-released,name&limit=3")]
    [TestCase("sort=name&limit=1")]
    [TestCase("sort=-name&limit=4")]
    [TestCase("year.gte=2005&limit=2")]
    [TestCase("q=war&limit=1")]
    [TestCase("limit=4")]
    public async Task Walk_AnyQuery_FindsEveryFilmOnce(string query)
    {
        var whole = await FindAsync(query[..query.IndexOf("limit", StringComparison.Ordinal)].TrimEnd('&'));

        var pages = await WalkAsync($"/films?shape=list&{query}");

        Assert.That(string.Join(' ', pages), Is.EqualTo(whole));
    }

    [Test]
    public async Task Promise4_ACursorWalk_NeverSkipsOrRepeatsAnUnchangedFilm()
    {
        var unchanged = Enumerable.Range(0, 200).Select(i => $"film{i:000}").ToList();
        await Task.WhenAll(unchanged.Select(id => PutAsync(id, $$"""{"name":"Film {{id}}","year":{{1950 + (id[^1] % 7)}}}""")));
        foreach (var sort in new[] { "id", "-id", "name", "-name", "year", "-year", "-released,name", "revision" })
        {
            var seen = new List<string>();
            for (var next = $"/films?shape=list&limit=7&sort={sort}"; next is not null;)
            {
                var page = await GetAsync(next);
                seen.AddRange(Ids(page).Split(' '));
                next = (string?)page.Json["next"];
                await PutAsync($"other{seen.Count}", $$"""{"name":"Film {{seen.Count}}","year":{{1950 + (seen.Count % 7)}}}""");
                await DeleteAsync($"other{seen.Count - 7}");
            }

            Assert.That(seen.Where(unchanged.Contains), Is.Unique, sort);
            Assert.That(unchanged.Except(seen), Is.Empty, sort);
        }
    }

    [Test]
    public async Task Cursor_FilmThatItStandsOnDeletedAndServiceRestarted_GoesOn()
    {
        var first = await GetAsync("/films?shape=list&sort=-year&limit=2");
        await DeleteAsync("7");
        await Host.RestartAsync();

        using var client = Host.CreateClient();
        var second = await client.SendAsync("GET", (string)first.Json["next"]!);

        Assert.That((Ids(first), Ids(second)), Is.EqualTo(("5 7", "8 2")));
    }

    [Test]
    public async Task Get_Page_LinksToTheFirstAndTheNext()
    {
        var first = await GetAsync("/films?_x=1&name.contains=a%26b,%3E&limit=1");
        var page = await GetAsync("/films?year.gte=2018&limit=2&shape=list");
        var last = await GetAsync((string)page.Json["next"]!);

        Assert.That(first.Field("Link"), Is.EqualTo("</films?_x=1&name.contains=a%26b%2C%3E&limit=1>; rel=\"first\""));
        Assert.That(page.Field("Link"), Is.EqualTo($"</films?year.gte=2018&limit=2&shape=list>; rel=\"first\", <{page.Json["next"]}>; rel=\"next\""));
        Assert.That(last.Field("Link"), Is.EqualTo("</films?year.gte=2018&limit=2&shape=list>; rel=\"first\""));
        Assert.That(last.Body, Is.EqualTo("""{"items":[{"Id":"8","Name":"!!!","Year":2018,"Month":"March"}]}"""));
        Assert.That((await GetAsync("/films")).Field("Link"), Is.Null);
    }

    [Test]
    public async Task Cursor_OtherLimitShapeOrFields_HoldsOn()
    {
        var cursor = await CursorAsync("/films?sort=name&limit=2");

        Assert.That(await FindAsync($"limit=3&sort=name&fields=Name&count=true&cursor={cursor}"), Is.EqualTo("5 9 7"));
    }

    [TestCase("sort=-name")]
    [TestCase("sort=name&year=2018")]
    [TestCase("")]
    public async Task Cursor_OfAnotherQuery_IsRefused(string query) =>
        AssertProblem(await GetAsync($"/films?limit=2&{query}&cursor={await CursorAsync("/films?sort=name&limit=2")}"), InvalidParameters("/films", ("cursor", CursorRule)));

    [TestCase("x")]
    [TestCase("%00")]
    [TestCase("AAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("!!!!")]
    public async Task Cursor_ThatIsNone_IsRefused(string cursor) =>
        AssertProblem(await GetAsync($"/films?limit=2&cursor={cursor}"), InvalidParameters("/films", ("cursor", CursorRule)));

    [TestCase("name")]
    [TestCase("id")]
    [TestCase("year")]
    [TestCase("-released,name")]
    public async Task Cursor_WithAnyByteForged_IsAPageOrRefused(string sort)
    {
        var bytes = Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlDecode(await CursorAsync($"/films?sort={sort}&limit=2"));
        for (var i = 0; i < bytes.Length; i++)
        {
            foreach (var value in new byte[] { 0, 0x7F, 0x80, 0xFF })
            {
                var forged = bytes.ToArray();
                forged[i] = value;
                var answer = await GetAsync($"/films?sort={sort}&limit=2&cursor={Microsoft.AspNetCore.WebUtilities.WebEncoders.Base64UrlEncode(forged)}");
                Assert.That(answer.Status, Is.EqualTo(200).Or.EqualTo(400));
            }
        }
    }

    private const string CursorRule = "'cursor' must be taken from a link of this list: a cursor is only valid with the filters and the sort it was issued for.";

    private async Task<string> CursorAsync(string address) =>
        (await GetAsync($"{address}&shape=list")).Json["next"]!.GetValue<string>().Split("cursor=")[1];

    private async Task<List<string>> WalkAsync(string address)
    {
        var pages = new List<string>();
        for (var next = address; next is not null;)
        {
            var page = await GetAsync(next);
            pages.Add(Ids(page));
            next = (string?)page.Json["next"];
        }

        return pages;
    }
}
