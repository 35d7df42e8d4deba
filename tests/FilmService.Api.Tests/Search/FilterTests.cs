using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Search;

public sealed class FilterTests : SearchTest
{
    [TestCase("id=3", "3")]
    [TestCase("id=03", "")]
    [TestCase("id.in=9,1,77", "1 9")]
    [TestCase("name=amelie", "1")]
    [TestCase("name=AM%C3%89LIE!", "1")]
    [TestCase("name=wall%20e", "4")]
    [TestCase("name=!!!", "8")]
    [TestCase("name.in=up,%22Hello,%20Dolly!%22", "2 9")]
    [TestCase("name.in=%22up%22", "2")]
    [TestCase("name.in=%22Hello,%20%22%22Dolly%22%22!%22,up", "2 9")]
    [TestCase("name.contains=war", "5 6 7")]
    [TestCase("name.contains=y%20w", "5 7")]
    [TestCase("name.contains=up", "2 3")]
    [TestCase("name.contains=p", "2 3")]
    [TestCase("name.startsWith=up", "2 3")]
    [TestCase("name.startsWith=war", "6")]
    [TestCase("name.startsWith=%ED%9F%BF", "")]
    [TestCase("name.startsWith=%F4%8F%BF%BF", "")]
    [TestCase("NAME.STARTSWITH=War", "6")]
    [TestCase("year=2018", "5 7 8")]
    [TestCase("year.ne=2018", "1 2 3 4 6 9")]
    [TestCase("year.gt=2009", "5 7 8")]
    [TestCase("year.gte=2009", "2 3 5 7 8")]
    [TestCase("year.lt=2001", "9")]
    [TestCase("year.lte=2001", "1 9")]
    [TestCase("year.in=1969,2008", "4 9")]
    [TestCase("year.gte=2005&year.lt=2009", "4 6")]
    [TestCase("released=2018", "5 7 8")]
    [TestCase("released=2018-03", "8")]
    [TestCase("released.ne=2018-03", "1 2 3 4 5 6 7 9")]
    [TestCase("released.gt=2018-03", "5")]
    [TestCase("released.gte=2018-03", "5 8")]
    [TestCase("released.lt=2018-01", "1 2 3 4 6 7 9")]
    [TestCase("released.gte=2018", "5 7 8")]
    [TestCase("released.gt=2018", "")]
    [TestCase("released.lte=2009-05", "1 2 3 4 6 9")]
    [TestCase("released.in=2009,2018-04", "2 3 5")]
    [TestCase("month=april", "1 5")]
    [TestCase("month.in=May,June", "2 4 6")]
    [TestCase("month.null=true", "3 7")]
    [TestCase("month.null=false", "1 2 4 5 6 8 9")]
    [TestCase("month=April&month.null=true", "")]
    [TestCase("year=2018&month=April&name.contains=war", "5")]
    [TestCase("_year=1", "1 2 3 4 5 6 7 8 9")]
    public async Task Get_Conditions_FindTheFilmsThatMeetThemAll(string query, string ids)
    {
        Assert.That(await FindAsync(query), Is.EqualTo(ids));
        Assert.That(await FindAsync(query + "&limit=1000"), Is.EqualTo(ids));
        Assert.That((await GetAsync($"/films?count=true&limit=1&{query}")).Field("X-Total-Count"), Is.EqualTo($"{ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length}"));
    }

    [TestCase("q=up", "2 3")]
    [TestCase("q=infinity%20war", "7 5")]
    [TestCase("q=war%20infinity", "5")]
    [TestCase("q=wars", "7")]
    [TestCase("q=war", "6 7 5")]
    [TestCase("q=w", "4 6 7 5")]
    [TestCase("q=Am%C3%A9", "1")]
    [TestCase("q=infinit%20war", "")]
    [TestCase("q=%22%20OR%20*%20up", "")]
    [TestCase("q=war&sort=id", "5 6 7")]
    [TestCase("q=war&sort=-relevance", "5 7 6")]
    public async Task Get_Words_FindsTheBestFirst(string query, string ids)
    {
        Assert.That(await FindAsync(query), Is.EqualTo(ids));
        Assert.That(await FindAsync(query + "&limit=10"), Is.EqualTo(ids));
    }

    [TestCase("q=walle", "4")]
    [TestCase("q=hellodolly", "9")]
    [TestCase("q=up%20inthe", "3")]
    [TestCase("q=u%C2%ADp", "2 3")]
    [TestCase("q=x", "")]
    public async Task Get_NamesAsPeopleTypeThem_FindsThem(string query, string ids)
    {
        Assert.That(await FindAsync(query), Is.EqualTo(ids));
        Assert.That(await FindAsync(query + "&limit=10"), Is.EqualTo(ids));
        Assert.That(await FindAsync(query + "&sort=id&limit=10"), Is.EqualTo(ids));
    }

    [Test]
    public async Task Get_QueryOfAsManyWordsAsFit_FindsTheNameThatHasThem()
    {
        var name = string.Join(' ', Enumerable.Range(0, 250).Select(i => (char)('a' + (i % 26)))) + "x";
        await PutAsync("10", $$"""{"name":"{{name}}","year":2018}""");

        Assert.That(await FindAsync($"q=z%20{name[..^3]}&limit=5"), Is.EqualTo("10"));
        Assert.That((await GetAsync($"/films?q={string.Join('+', Enumerable.Range(0, 1000))}")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Get_NamesOfUnusualCharacters_AreFound()
    {
        await PutAsync("10", """{"name":"😀 𝕌𝕡 𠀋𠀌","year":2018}""");
        await PutAsync("11", $$"""{"name":"{{string.Concat(Enumerable.Repeat("\u0301", 500))}}","year":2018}""");

        Assert.That(await FindAsync("q=%F0%9F%98%80&limit=5"), Is.EqualTo("10"));
        Assert.That(await FindAsync("q=%F0%A0%80%8C&limit=5"), Is.EqualTo("10"), "Inside a word of Han.");
        Assert.That((await GetAsync("/films?q=%ED%A0%80")).Status, Is.EqualTo(400), "Half of a surrogate pair.");
        Assert.That(await FindAsync($"name={string.Concat(Enumerable.Repeat("%CC%81", 500))}"), Is.EqualTo("11"));
    }

    [TestCase("\u200B")]
    [TestCase(" \u00AD\u3164 ")]
    public async Task Write_NameWithoutVisibleCharacter_IsRefused(string name)
    {
        const string Rule = "Name must have at least one visible character.";
        var one = await PutAsync("10", $$"""{"name":"{{name}}","year":2018}""");
        var line = await Client.SendAsync("POST", "/films", new StringContent($$"""{"Name":"{{name}}","Year":2018}""" + "\n", System.Text.Encoding.UTF8, "application/x-ndjson"));

        Assert.That((one.Status, (string?)one.Json["errors"]!["name"]![0]), Is.EqualTo((400, Rule)));
        Assert.That((line.Status, line.Body.Contains(Rule, StringComparison.Ordinal)), Is.EqualTo((400, true)), line.Body);
    }

    [TestCase("sort=-id", "9 8 7 6 5 4 3 2 1")]
    [TestCase("sort=name", "8 1 5 9 7 2 3 4 6")]
    [TestCase("sort=-name", "6 4 3 2 7 9 5 1 8")]
    [TestCase("sort=-year", "5 7 8 2 3 4 6 1 9")]
    [TestCase("sort=year", "9 1 6 4 2 3 5 7 8")]
    [TestCase("sort=-released,name", "5 8 7 2 3 4 6 1 9")]
    [TestCase("sort=released", "9 1 6 4 3 2 7 8 5")]
    [TestCase("sort=-Revision", "9 8 7 6 5 4 3 2 1")]
    public async Task Get_Sort_OrdersTheFilms(string query, string ids)
    {
        Assert.That(await FindAsync(query), Is.EqualTo(ids));
        Assert.That(await FindAsync(query + "&limit=9"), Is.EqualTo(ids));
    }

    [Test]
    public async Task Get_AfterAWrite_FindsWhatWasWritten()
    {
        for (var i = 0; i < 20; i++)
        {
            await PutAsync("new", $$"""{"name":"Film number {{i}}","year":2020}""");

            Assert.That(await FindAsync($"q=number+{i}"), Is.EqualTo("new"));
        }

        await DeleteAsync("new");
        Assert.That(await FindAsync("q=number"), Is.Empty);
    }

    [Test]
    public async Task Get_Fields_ShowsTheseMembersAlone()
    {
        Assert.That((await GetAsync("/films?id=1&fields=year,NAME")).Body, Is.EqualTo("""{"1":{"Name":"Amélie","Year":2001}}"""));
        Assert.That((await GetAsync("/films?id=1&fields=Month&shape=list")).Body, Is.EqualTo("""{"items":[{"Id":"1","Month":"April"}]}"""));
        Assert.That((await GetAsync("/films?id=1&fields=Id")).Body, Is.EqualTo("""{"1":{}}"""));
        Assert.That((await GetAsync("/films?id=1&fields=Name&format=csv")).Body, Is.EqualTo("Id,Name\r\n1,Amélie\r\n"));
        Assert.That((await GetAsync("/films?id=1&fields=Year&format=ndjson")).Body, Is.EqualTo("""{"Id":"1","Year":2001}""" + "\n"));
    }
}
