using System.Text;
using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>The undo of imports and of one caller's changes.</summary>
public sealed class UndoTests : UiTest
{
    [Test]
    public async Task Import_ThenUndo_RestoresTheFilms()
    {
        var imported = await ImportAsync("""{"Id":"1","Name":"Avengers","Year":2019}""", """{"Id":"9","Name":"Up","Year":2009}""");
        var preview = await PageAsync(UndoLinkOf(imported));
        Assert.That(TextOf(preview), Does.StartWith("Undo changes The films become what they were before these changes")
            .And.Contain("1 film given earlier values, 1 film deleted.").And.Contain("Avengers: Infinity War Name: Avengers → to Avengers: Infinity War").And.Contain("Up deleted"));
        Assert.That((await GetAsync("/films/9")).Status, Is.EqualTo(200), "A preview changes nothing.");

        var undone = await SendAsync("/ui/undo", HiddenOf(preview, "/ui/undo"));

        Assert.That(undone.Status, Is.EqualTo(303));
        Assert.That((await GetAsync("/films")).Body, Is.EqualTo(NewCatalogue));
        Assert.That(TextOf(await PageAsync(undone.Field("Location")!)), Does.StartWith("Undone 2 films restored."));
    }

    [Test]
    public async Task Undo_OfAFilmThatWasEditedMeanwhile_LeavesItAndSaysSo()
    {
        var imported = await ImportAsync("""{"Id":"1","Name":"Avengers","Year":2019}""", """{"Id":"2","Name":"Ant-Man","Year":2019}""");
        var link = UndoLinkOf(imported);
        var before = await PageAsync(link);
        await PutAsync("1", """{"name":"Mine","year":2018}""");

        Assert.That(TextOf(await PageAsync(link)), Does.Contain("1 film stays as it is, because somebody has changed it again.").And.Contain("Mine changed again, stays as it is"));
        var undone = await SendAsync("/ui/undo", HiddenOf(before, "/ui/undo"));

        Assert.That(TextOf(await PageAsync(undone.Field("Location")!)), Does.Contain("1 film restored. 1 film had been changed again, and is left as it is."));
        Assert.That((await GetAsync("/films/1")).Body, Does.Contain("Mine"));
        Assert.That((await GetAsync("/films/2")).Body, Does.Contain("Ant Man and the Wasp"));
    }

    [Test]
    public async Task Undo_SentTwice_IsDoneOnce()
    {
        var form = HiddenOf(await PageAsync(UndoLinkOf(await ImportAsync("""{"Id":"1","Name":"Avengers","Year":2019}"""))), "/ui/undo");

        var (first, second) = (await SendAsync("/ui/undo", form), await SendAsync("/ui/undo", form));

        Assert.That(second.Field("Location"), Is.EqualTo(first.Field("Location")));
        Assert.That((await GetAsync("/films")).Field("Films-Revision"), Is.EqualTo(Revision(4)));
    }

    [Test]
    public async Task Undo_TakenBack_RestoresTheImport()
    {
        var undone = await SendAsync("/ui/undo", HiddenOf(await PageAsync(UndoLinkOf(await ImportAsync("""{"Id":"1","Name":"Avengers","Year":2019}"""))), "/ui/undo"));

        await SendAsync("/ui/undo", HiddenOf(await PageAsync(undone.Field("Location")!), "/ui/undo"));

        Assert.That((await GetAsync("/films/1")).Body, Does.Contain("\"Avengers\""));
    }

    [Test]
    public async Task Undo_OfNothing_SaysSo()
    {
        var page = await PageAsync($"/ui/undo?after={Revision(2)}&through={Revision(2)}");

        Assert.That(TextOf(page), Does.Contain("There is nothing to undo"));
        Assert.That(page.Body, Does.Not.Contain("action=\"/ui/undo\""));
    }

    [TestCase("", 400)]
    [TestCase("after=k3f9-1&through=<b>", 400)]
    [TestCase("after=k3f9-2&through=k3f9-1", 400)]
    [TestCase("after=k3f9-1&through=k3f9-2", 410)]
    [TestCase("after=k3f9-1&through=k3f9-2&all=true", 400)]
    public async Task Undo_OfARangeThatCannotBe_IsAPageThatSaysSo(string query, int status)
    {
        var page = await PageAsync($"/ui/undo?{query}");

        Assert.That((page.Status, page.ContentType), Is.EqualTo((status, "text/html; charset=utf-8")));
        Assert.That(page.Body, Does.Not.Contain("<b>"));
    }

    [Test]
    public async Task Undo_FromAnotherSite_IsRefused()
    {
        var form = HiddenOf(await PageAsync(UndoLinkOf(await ImportAsync("""{"Id":"1","Name":"Avengers","Year":2019}"""))), "/ui/undo");

        var answer = await Client.SendAsync("POST", "/ui/undo", new FormUrlEncodedContent(form), Html, "Origin: https://elsewhere.example");

        Assert.That(answer.Status, Is.EqualTo(403));
        Assert.That((await GetAsync("/films/1")).Body, Does.Contain("\"Avengers\""));
    }

    [Test]
    public async Task Changes_OfALargeImport_AreOneLineThatCanBeUndone()
    {
        await ImportAsync([.. Enumerable.Range(0, 12_345).Select(number => $$"""{"Name":"Film {{number}}","Year":2000}""")]);
        var page = await PageAsync("/ui/changes");
        Assert.That(TextOf(page), Does.Contain("12,345 films at once"));
        var older = await PageAsync(LinksOf(page).Single(link => link.Contains("before=", StringComparison.Ordinal)));
        Assert.That(TextOf(older), Does.Contain("Avengers: Infinity War").And.Not.Contain("at once"));

        await SendAsync("/ui/undo", HiddenOf(await PageAsync(UndoLinkOf(page)), "/ui/undo"));

        Assert.That((await GetAsync("/films")).Body, Is.EqualTo(NewCatalogue));
    }

    [TestCase(390, false)]
    [TestCase(1280, true)]
    public async Task Import_InABrowser_IsUndoneFromTheChanges(int width, bool hasScript)
    {
        await ImportAsync([.. Enumerable.Range(0, 20).Select(number => $$"""{"Name":"Film {{number}}","Year":2000}"""), """{"Id":"1","Name":"Avengers","Year":2019}""", """{"Id":"2","Name":"Ant-Man","Year":2019}"""]);
        await PutAsync("2", """{"name":"Edited by somebody","year":2015}""");
        await using var browser = await Browser.OpenAsync(width, hasScript ? ColorScheme.Light : ColorScheme.Dark, hasScript: hasScript);
        var page = browser.Page;
        await page.GotoAsync(new Uri(Host.Address, "/ui/changes").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "anonymous" }).First.ClickAsync();
        await browser.KeepPictureAsync($"ui-changes-by-{width}");
        Assert.That(await ScreensInBrowserTests.FaultsAsync(browser), Is.Empty);
        await page.Locator("li", new() { HasText = "films at once" }).GetByRole(AriaRole.Link, new() { Name = "Undo", Exact = true }).ClickAsync();
        await browser.KeepPictureAsync($"ui-undo-{width}");
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.EqualTo(width));
        Assert.That(await ScreensInBrowserTests.FaultsAsync(browser), Is.Empty);
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo for 21 films" }).ClickAsync();

        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("21 films restored.");
        await browser.KeepPictureAsync($"ui-undone-{width}");
        Assert.That((await GetAsync("/films/2")).Body, Does.Contain("Edited by somebody"));
        Assert.That(browser.Errors, Is.Empty);
    }

    private async Task<HttpAnswer> ImportAsync(params string[] lines)
    {
        var file = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "file", "films.ndjson" } };
        var page = await Client.SendAsync("POST", "/ui/import?onConflict=replace", file, Html, $"Origin: {Host.Address.GetLeftPart(UriPartial.Authority)}");
        Assert.That(page.Status, Is.EqualTo(200), page.Body);
        return page;
    }

    private static string UndoLinkOf(HttpAnswer page) => LinksOf(page).First(link => link.StartsWith("/ui/undo?", StringComparison.Ordinal));
}
