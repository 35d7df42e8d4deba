using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Ui;

/// <summary>The forms, as a browser without script sends them.</summary>
public sealed class FormTests : UiTest
{
    [Test]
    public async Task Save_OfAChange_ShowsItAndOffersToUndoIt()
    {
        var answer = await SaveAsync(await PageAsync("/ui/films/1"), "1", "Avengers", "2019", "May");

        Assert.That((answer.Status, answer.Field("Location")), Is.EqualTo((303, $"/ui/films/1?saved={Revision(3)}")));
        var page = await PageAsync(answer.Field("Location")!);
        Assert.That(TextOf(page), Does.Contain("Saved. Undo").And.Contain("Year: 2018 → to 2019").And.Contain("Month: March → to May").And.Contain("anonymous , just now"));
        Assert.That((await GetAsync("/films/1")).Body, Is.EqualTo("""{"Name":"Avengers","Year":2019,"Month":"May"}"""));
    }

    [Test]
    public async Task Save_WithAScript_LeadsToTheSamePage()
    {
        var page = await PageAsync("/ui/films/1");
        var answer = await SendAsync("/ui/films/1", Fields(page, "/ui/films/1", "Avengers", "2019", ""), Script);

        Assert.That((answer.Status, answer.Field("HX-Redirect")), Is.EqualTo((204, $"/ui/films/1?saved={Revision(3)}")));
    }

    [Test]
    public async Task Undo_OfAChange_RestoresTheFilm()
    {
        var saved = await PageAsync((await SaveAsync(await PageAsync("/ui/films/1"), "1", "Avengers", "2019", "May")).Field("Location")!);

        await SendAsync("/ui/films/1/restore", HiddenOf(saved, "/ui/films/1/restore"));

        Assert.That((await GetAsync("/films/1")).Body, Is.EqualTo(Avengers));
    }

    [Test]
    public async Task Delete_ThenUndo_RestoresTheFilm()
    {
        var deleted = await SendAsync("/ui/films/1/delete", HiddenOf(await PageAsync("/ui/films/1"), "/ui/films/1/delete"));
        var page = await PageAsync(deleted.Field("Location")!);
        Assert.That(TextOf(page), Does.StartWith("Avengers: Infinity War Deleted. Undo").And.Contain("This film was deleted. Its history is kept."));
        Assert.That((await GetAsync("/films/1")).Status, Is.EqualTo(404));

        await SendAsync("/ui/films/1/restore", HiddenOf(page, "/ui/films/1/restore"));

        Assert.That((await GetAsync("/films/1")).Body, Is.EqualTo(Avengers));
    }

    [Test]
    public async Task BackToThis_InTheHistory_RestoresThatVersion()
    {
        await PutAsync("1", """{"name":"One","year":2001}""");
        await PutAsync("1", """{"name":"Two","year":2002}""");

        var page = await PageAsync("/ui/films/1");
        Assert.That(TextOf(page), Does.Contain("Name: One → to Two Year: 2001 → to 2002").And.Contain("added as Avengers: Infinity War (2018, March)"));
        await SendAsync("/ui/films/1/restore", HiddenOf(page, "/ui/films/1/restore"));

        Assert.That((await GetAsync("/films/1")).Body, Is.EqualTo("""{"Name":"One","Year":2001,"Month":null}"""));
    }

    [Test]
    public async Task Save_OfAChangedFilm_ComparesBothVersions()
    {
        var page = await PageAsync("/ui/films/1");
        await PutAsync("1", """{"name":"Theirs","year":2018,"month":"April"}""");

        var conflict = await SaveAsync(page, "1", "Mine", "2019", "March");

        Assert.That(conflict.Status, Is.EqualTo(412));
        Assert.That(TextOf(conflict), Does.Contain("Nothing was saved, and your text is kept.").And.Contain("Name (both changed) Avengers: Infinity War Mine Theirs")
            .And.Contain("Year 2018 2019 2018").And.Contain("Month March March April"));
        Assert.That((await GetAsync("/films/1")).Body, Does.Contain("Theirs"));
        Assert.That(LinksOf(conflict), Does.Contain("/ui/films/1"));
    }

    [Test]
    public async Task Conflict_WithMineKept_SavesMineOverTheirs()
    {
        var page = await PageAsync("/ui/films/1");
        await PutAsync("1", """{"name":"Theirs","year":2018}""");
        var conflict = await SaveAsync(page, "1", "Mine", "2019", "March");

        var saved = await SaveAsync(conflict, "1", "Mine", "2019", "March");

        Assert.That(saved.Status, Is.EqualTo(303));
        Assert.That((await GetAsync("/films/1")).Body, Is.EqualTo("""{"Name":"Mine","Year":2019,"Month":"March"}"""));
    }

    [Test]
    public async Task Save_OfADeletedFilm_AddsItAgainIfAsked()
    {
        var page = await PageAsync("/ui/films/1");
        await DeleteAsync("1");

        var conflict = await SaveAsync(page, "1", "Mine", "2019", "March");
        Assert.That(conflict.Status, Is.EqualTo(412));
        Assert.That(TextOf(conflict), Does.StartWith("This film was deleted meanwhile").And.Contain("Add it again"));
        Assert.That(conflict.Body, Does.Contain("value=\"Mine\""));
        await SaveAsync(conflict, "1", "Mine", "2019", "March");

        Assert.That((await GetAsync("/films/1")).Body, Is.EqualTo("""{"Name":"Mine","Year":2019,"Month":"March"}"""));
    }

    [Test]
    public async Task Form_SentTwice_ChangesTheFilmOnce()
    {
        var form = Fields(await PageAsync("/ui/films/1"), "/ui/films/1", "Mine", "2019", "");
        await SendAsync("/ui/films/1", form);
        await PutAsync("1", """{"name":"Theirs","year":2018}""");

        var again = await SendAsync("/ui/films/1", form);

        Assert.That((again.Status, again.Field("Location")), Is.EqualTo((303, $"/ui/films/1?saved={Revision(3)}")));
        Assert.That((await GetAsync("/films/1")).Body, Does.Contain("Theirs"));
    }

    [Test]
    public async Task Form_SentAgainWithOtherText_IsComparedWithTheFilm()
    {
        var page = await PageAsync("/ui/films/1");
        await SaveAsync(page, "1", "Mine", "2019", "");

        var again = await SaveAsync(page, "1", "Mine too", "2019", "");

        Assert.That(again.Status, Is.EqualTo(412));
        Assert.That(again.Body, Does.Contain("Mine too"));
    }

    [Test]
    public async Task Save_OfInvalidText_KeepsItAndLinksTheFields()
    {
        var answer = await SaveAsync(await PageAsync("/ui/films/1"), "1", "", "<1>", "March");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(TextOf(answer), Does.Contain("Not saved. Your text is kept below.").And.Contain(YearRule));
        Assert.That(LinksOf(answer), Does.Contain("#field-name").And.Contain("#field-year"));
        Assert.That(answer.Body, Does.Match("<input id=\"field-year\"[^>]*value=\"&lt;1&gt;\"[^>]*aria-invalid=\"true\" aria-describedby=\"fault-year\""));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Add_WithoutAnId_GetsOne()
    {
        var answer = await AddAsync(await PageAsync("/ui/add"), "Up", "2009", "May");

        Assert.That((answer.Status, answer.Field("Location")), Is.EqualTo((303, $"/ui/films/3?saved={Revision(3)}")));
        var page = await PageAsync(answer.Field("Location")!);
        Assert.That(TextOf(page), Does.StartWith("Up Added. Undo"));
        await SendAsync("/ui/films/3/delete", HiddenOf(page, "/ui/films/3/delete"));
        Assert.That((await GetAsync("/films/3")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Add_SentTwice_AddsOne()
    {
        var page = await PageAsync("/ui/add");

        var (first, second) = (await AddAsync(page, "Up", "2009", "May"), await AddAsync(page, "Up", "2009", "May"));

        Assert.That(second.Field("Location"), Is.EqualTo(first.Field("Location")));
        Assert.That((await GetAsync("/films?name=up&shape=list&count=true")).Field("X-Total-Count"), Is.EqualTo("1"));
    }

    [Test]
    public async Task Add_OfAKnownNameAndYear_WarnsFirst()
    {
        var warned = await AddAsync(await PageAsync("/ui/add"), "avengers infinity war", "2018", "");
        Assert.That(warned.Status, Is.EqualTo(409));
        Assert.That(TextOf(warned), Does.Contain("Not added yet. There is a film of this name and year"));
        Assert.That(LinksOf(warned), Does.Contain("/ui/films/1"));
        await AssertNothingStoredAsync();

        Assert.That((await AddAsync(warned, "avengers infinity war", "2018", "", KeyValuePair.Create("sure", "true"))).Status, Is.EqualTo(303));
    }

    [TestCase("1", 409, "Film 1 already exists.")]
    [TestCase("a/b", 400, "A film id is 1 to 128 characters")]
    public async Task Add_UnderAnIdThatCannotBe_SaysSo(string id, int status, string message)
    {
        var answer = await AddAsync(await PageAsync("/ui/add"), "Up", "2009", "May", KeyValuePair.Create("id", id));

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(TextOf(answer), Does.Contain(message));
        await AssertNothingStoredAsync();
    }

    [TestCase("Origin: https://elsewhere.example")]
    [TestCase("Origin: null")]
    public async Task Form_FromAnotherSite_IsRefused(string origin)
    {
        var form = new FormUrlEncodedContent(Fields(await PageAsync("/ui/films/1"), "/ui/films/1", "Mine", "2019", ""));

        var answer = await Client.SendAsync("POST", "/ui/films/1", form, Html, origin);

        Assert.That(answer.Status, Is.EqualTo(403));
        await AssertNothingStoredAsync();
    }

    [TestCase("")]
    [TestCase("x-1")]
    [TestCase("nonsense")]
    public async Task Save_WithoutTheFilmsRevision_NeverOverwrites(string revision)
    {
        var answer = await SendAsync("/ui/films/1", new Dictionary<string, string> { ["name"] = "Mine", ["year"] = "2019", ["revision"] = revision });

        Assert.That(answer.Status, Is.EqualTo(412));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Save_WithAnInvalidKey_IsRefused()
    {
        var form = Fields(await PageAsync("/ui/films/1"), "/ui/films/1", "Mine", "2019", "");
        form["key"] = new string('k', 256);

        Assert.That((await SendAsync("/ui/films/1", form)).Status, Is.EqualTo(400));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Film_ThatNeverExisted_IsNotFound()
    {
        var page = await PageAsync("/ui/films/nobody");

        Assert.That(page.Status, Is.EqualTo(404));
        Assert.That(TextOf(page), Does.StartWith("Film nobody doesn't exist"));
        Assert.That(LinksOf(page), Does.Contain("/ui/add?id=nobody"));
    }

    [Test]
    public async Task Changes_OfAnImport_AreOneLine()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 1500).Select(number => $$"""{"Name":"Film {{number}}","Year":2000}"""));
        await Client.SendAsync("POST", "/films", new StringContent(lines, System.Text.Encoding.UTF8, "application/x-ndjson"));
        await PutAsync("1", """{"name":"After","year":2018}""");

        var text = TextOf(await PageAsync("/ui/changes"));

        Assert.That(text, Does.Match("After Name: Avengers: Infinity War → to After.*1,500 films at once"));
        Assert.That(text, Does.Not.Contain("Film 7"));
    }

    [Test]
    public async Task Changes_OfManyDays_GoBackPageByPage()
    {
        for (var year = 1901; year <= 1960; year++)
        {
            await PutAsync("1", $$"""{"name":"One","year":{{year}}}""");
        }

        var newest = await PageAsync("/ui/changes");
        var older = await PageAsync(LinksOf(newest).Single(link => link.Contains("before=", StringComparison.Ordinal)));

        Assert.That(TextOf(newest), Does.Contain("1959 → to 1960").And.Contain("1910 → to 1911").And.Not.Contain("1909 → to 1910"));
        Assert.That(TextOf(older), Does.Contain("1909 → to 1910").And.Contain("added (2018, March)"));
    }

    private Task<HttpAnswer> SaveAsync(HttpAnswer page, string id, string name, string year, string month) =>
        SendAsync($"/ui/films/{id}", Fields(page, $"/ui/films/{id}", name, year, month));

    private Task<HttpAnswer> AddAsync(HttpAnswer page, string name, string year, string month, params KeyValuePair<string, string>[] more) =>
        SendAsync("/ui/add", Fields(page, "/ui/add", name, year, month).Concat(more));

    private static Dictionary<string, string> Fields(HttpAnswer page, string action, string name, string year, string month)
    {
        var fields = HiddenOf(page, action);
        (fields["name"], fields["year"], fields["month"]) = (name, year, month);
        return fields;
    }
}
