using System.Text;
using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>The page that imports a file.</summary>
public sealed class ImportPageTests : UiTest
{
    private const string Letterboxd = "Date,Name,Year,Letterboxd URI\n2026-01-02,Up,2009,https://example/1\n2026-01-03,<b>Wall-E</b>,2008,https://example/2\n";

    [Test]
    public async Task Preview_OfAFile_ShowsWhatItDoesAndStoresNothing()
    {
        var page = await UploadAsync("/ui/import?onConflict=replace&dryRun=true", "films.ndjson", """
            {"Id":"1","Name":"Avengers","Year":2018,"Month":"April"}
            {"Name":"Up","Year":2009}
            """);

        Assert.That(TextOf(page), Does.Contain("Preview: nothing was stored yet. 1 to create, 1 to change, 0 to delete")
            .And.Contain("1 Avengers Name: Avengers: Infinity War → to Avengers Month: March → to April").And.Contain("2 Up new: 2009"));
        Assert.That(page.Body, Does.Contain("action=\"/ui/import?onConflict=replace\""));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_OfAnotherProgramsFile_SaysWhatItLeavesOut()
    {
        var page = await UploadAsync("/ui/import", "watched.csv", Letterboxd);

        Assert.That(TextOf(page), Does.Contain("Imported. 2 created, 0 changed").And.Contain("Columns that are not imported:").And.Contain("Letterboxd URI"));
        Assert.That(page.Body, Does.Not.Contain("<b>Wall-E"));
        Assert.That((await GetAsync("/films?name=up")).Body, Does.Contain("\"Up\""));
    }

    [Test]
    public async Task Import_WithInvalidLines_ListsThem()
    {
        var page = await UploadAsync("/ui/import", "films.csv", "Name,Year\nUp,2009\nDown,soon\n");

        Assert.That(page.Status, Is.EqualTo(400));
        Assert.That(TextOf(page), Does.Contain("Nothing was imported. 1 line has errors.").And.Contain("3 Year is 'soon'. Year must be a whole number"));
        await AssertNothingStoredAsync();
    }

    [TestCase("films.exe", "text", 415, "The file's format is not known.")]
    [TestCase("films.json", "[", 400, "")]
    [TestCase("films.csv", "", 400, "")]
    public async Task Import_OfSomethingElse_IsAPageThatSaysSo(string name, string text, int status, string message)
    {
        var page = await UploadAsync("/ui/import", name, text);

        Assert.That((page.Status, page.ContentType), Is.EqualTo((status, "text/html; charset=utf-8")));
        Assert.That(TextOf(page), Does.Contain(message));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_FromAnotherSite_IsRefused()
    {
        var answer = await Client.SendAsync("POST", "/ui/import", FileOf("films.csv", Letterboxd), Html, "Origin: https://elsewhere.example");

        Assert.That(answer.Status, Is.EqualTo(403));
        await AssertNothingStoredAsync();
    }

    [TestCase(true, 390)]
    [TestCase(false, 1280)]
    public async Task Import_InABrowser_IsPreviewedFirst(bool hasScript, int width)
    {
        await using var browser = await Browser.OpenAsync(width, hasScript: hasScript);
        var (page, file) = (browser.Page, new FilePayload { Name = "watched.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Letterboxd) });
        await page.GotoAsync(new Uri(Host.Address, "/ui/import").ToString());
        await page.GetByLabel("A line without an id is").SelectOptionAsync("name,year");
        if (!hasScript)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Apply these options" }).ClickAsync();
        }

        await page.Locator("#file").SetInputFilesAsync(file);
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#result")).ToContainTextAsync("Preview: nothing was stored yet.");
        await browser.KeepPictureAsync($"ui-import-{width}");
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.EqualTo(width));
        Assert.That(await ScreensInBrowserTests.FaultsAsync(browser), Is.Empty);
        await AssertNothingStoredAsync();

        if (!hasScript)
        {
            await page.Locator("#file").SetInputFilesAsync(file);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator("#result")).ToContainTextAsync("Imported.");
        Assert.That(browser.Errors, Is.Empty);
        Assert.That((await GetAsync("/films?name=up")).Body, Does.Contain("\"Up\""));
    }

    private Task<HttpAnswer> UploadAsync(string address, string name, string text) =>
        Client.SendAsync("POST", address, FileOf(name, text), Html, $"Origin: {Host.Address.GetLeftPart(UriPartial.Authority)}");

    private static MultipartFormDataContent FileOf(string name, string text) =>
        new() { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name } };
}
