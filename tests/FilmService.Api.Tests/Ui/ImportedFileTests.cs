using System.Text;
using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>How the page that imports reads a file, and how a person changes that.</summary>
public sealed class ImportedFileTests : UiTest
{
    private const string Odd = "Titel;Jahr;Regie\nUp;2009;Docter\nWall-E;2008;Stanton\n";

    [Test]
    public async Task Preview_OfCsv_ShowsHowItWasReadAndTheFirstRows()
    {
        var rows = string.Concat(Enumerable.Range(0, 30).Select(number => $"Film {number};2000;<b>x</b>\n"));
        var page = await UploadAsync("/ui/import?dryRun=true", "films.csv", "Name;Year;Note\n" + rows);

        Assert.That(TextOf(page), Does.Contain("Delimiter: semicolon. Encoding: utf-8.").And.Contain("Film 0 2000 <b>x</b> Film 1").And.Contain("Note (not imported)"));
        Assert.That(TextOf(page), Does.Contain("Film 19 2000 <b>").And.Not.Contain("Film 20 2000 <b>"));
        Assert.That(page.Body, Does.Not.Contain("<b>x"));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Preview_WithoutKnownColumns_ShowsThemToBeChosen()
    {
        var page = await UploadAsync("/ui/import?dryRun=true", "films.csv", Odd);
        Assert.That(page.Status, Is.EqualTo(400));
        Assert.That(TextOf(page), Does.Contain("Nothing was imported.").And.Contain("There is no column Name or Title.").And.Contain("Titel;Jahr;Regie (not imported)"));

        var chosen = await UploadAsync("/ui/import?columns=name:Titel,year:Jahr&delimiter=semicolon", "films.csv", Odd);

        Assert.That(TextOf(chosen), Does.Contain("Imported. 2 created"));
    }

    [Test]
    public async Task Preview_InAnotherEncoding_ReadsTheNames()
    {
        var bytes = Encoding.Latin1.GetBytes("Name,Year\nAmélie,2001\n");
        var file = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", "films.csv" } };

        var page = await Client.SendAsync("POST", "/ui/import?encoding=windows-1252&dryRun=true", file, Html, Origin);

        Assert.That(TextOf(page), Does.Contain("Encoding: windows-1252.").And.Contain("Amélie new: 2001"));
    }

    [TestCase("Name,Year\r\nUp,2009\r\n")]
    [TestCase("\uFEFFName\tYear\nUp\t2009")]
    [TestCase("{\"Name\":\"Up\",\"Year\":2009}\r\n")]
    [TestCase("  [{\"Name\":\"Up\",\"Year\":2009}]")]
    public async Task Import_OfPastedText_FindsItsFormat(string text)
    {
        var page = await PasteAsync("/ui/import", text);

        Assert.That(TextOf(page), Does.Contain("Imported. 1 created"));
        Assert.That((await GetAsync("/films?name=up")).Body, Does.Contain("\"Up\""));
    }

    [TestCase("")]
    [TestCase(" \r\n ")]
    [TestCase("Up, 2009")]
    public async Task Import_OfPastedTextWithoutFilms_SaysSo(string text)
    {
        var page = await PasteAsync("/ui/import", text);

        Assert.That((page.Status, page.ContentType), Is.EqualTo((400, "text/html; charset=utf-8")));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Api_OfPastedText_IsRefused()
    {
        var answer = await Client.SendAsync("POST", "/imports", new MultipartFormDataContent { { new StringContent("Name,Year\nUp,2009\n"), "text" } });

        Assert.That(answer.Status, Is.EqualTo(400));
        await AssertNothingStoredAsync();
    }

    [TestCase(390, true)]
    [TestCase(1280, true)]
    [TestCase(1280, false)]
    public async Task Columns_ChosenInABrowser_AreImported(int width, bool hasScript)
    {
        await using var browser = await Browser.OpenAsync(width, hasScript && width == 390 ? ColorScheme.Dark : ColorScheme.Light, hasScript: hasScript);
        var page = browser.Page;
        await page.GotoAsync(new Uri(Host.Address, "/ui/import").ToString());
        await page.GetByText("How a CSV file is read").ClickAsync();
        Assert.That(await ScreensInBrowserTests.FaultsAsync(browser), Is.Empty);
        if (!hasScript)
        {
            await page.GetByLabel("Columns", new() { Exact = true }).FillAsync("name:Titel,year:Jahr");
            await page.GetByLabel("Delimiter").SelectOptionAsync("semicolon");
            await page.GetByRole(AriaRole.Button, new() { Name = "Apply these options" }).ClickAsync();
        }

        await page.GetByLabel("Or paste the text").FillAsync(Odd);
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview the text" }).ClickAsync();
        if (hasScript)
        {
            await Assertions.Expect(page.Locator("#result")).ToContainTextAsync("Nothing was imported.");
            await browser.KeepPictureAsync($"ui-import-columns-{width}");
            await page.GetByLabel("What “Titel;Jahr;Regie” is").WaitForAsync();
            await page.GetByLabel("Delimiter").SelectOptionAsync("semicolon");
            await page.GetByRole(AriaRole.Button, new() { Name = "Preview the text" }).ClickAsync();
            await Assertions.Expect(page.GetByLabel("What “Titel” is")).ToBeEnabledAsync();

            // The second choice is made while the preview of the first is under way: it must follow both.
            var isChosen = new TaskCompletionSource();
            await page.RouteAsync("**/ui/import?*", async route =>
            {
                await isChosen.Task;
                await route.ContinueAsync();
            });
            await page.GetByLabel("What “Titel” is").SelectOptionAsync("name");
            await page.GetByLabel("What “Jahr” is").SelectOptionAsync("year");
            isChosen.SetResult();
        }

        await Assertions.Expect(page.Locator("#result")).ToContainTextAsync("2 to create");
        await browser.KeepPictureAsync($"ui-import-sample-{width}-{hasScript}");
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.EqualTo(width));
        Assert.That(await ScreensInBrowserTests.FaultsAsync(browser), Is.Empty);
        await AssertNothingStoredAsync();
        if (!hasScript)
        {
            await page.GetByLabel("Or paste the text").FillAsync(Odd);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Import the text" }).ClickAsync();

        await Assertions.Expect(page.Locator("#result")).ToContainTextAsync("Imported. 2 created");
        await Assertions.Expect(page.Locator("#result").GetByRole(AriaRole.Link, new() { Name = "Undo" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task Lines_Filtered_ShowOneKind()
    {
        await using var browser = await Browser.OpenAsync(hasScript: false);
        var page = browser.Page;
        await page.GotoAsync(new Uri(Host.Address, "/ui/import?onConflict=replace&onError=skip").ToString());
        await page.GetByLabel("Or paste the text").FillAsync("Id,Name,Year\n1,Avengers,2019\n,Up,2009\n,Down,soon\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Preview the text" }).ClickAsync();
        await Assertions.Expect(page.Locator(".lines tbody tr:visible")).ToHaveCountAsync(3);

        await page.GetByLabel("With errors").CheckAsync();

        await Assertions.Expect(page.Locator(".lines tbody tr:visible")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".lines tbody tr:visible")).ToContainTextAsync("Year is 'soon'");
        await browser.KeepPictureAsync("ui-import-filtered");
    }

    [Test]
    public async Task Lines_Downloaded_AreAllOfThem()
    {
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(new Uri(Host.Address, "/ui/import").ToString());
        var rows = "Name,Year\n" + string.Concat(Enumerable.Range(0, 500).Select(number => $"Film {number},2000\n"));
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "films.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(rows) });

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download a preview of all lines" }).ClickAsync());

        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.That(lines, Has.Length.EqualTo(501));
        Assert.That(lines[499], Does.Contain("\"line\":501").And.Contain("Film 499"));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Upload_WhoseAnswerIsLost_IsImportedOnce()
    {
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(new Uri(Host.Address, "/ui/import").ToString());
        var lost = 0;
        await page.RouteAsync("**/ui/import*", async route =>
        {
            if (route.Request.Method == "POST" && Interlocked.Increment(ref lost) == 1)
            {
                await route.FetchAsync();
                await route.AbortAsync("connectionreset");
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await page.GetByLabel("Or paste the text").FillAsync("Name,Year\nUp,2009\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import the text" }).ClickAsync();
        await Assertions.Expect(page.Locator("#notice")).ToContainTextAsync("The connection was lost before the service answered.");
        await browser.KeepPictureAsync("ui-import-lost");

        await page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        await Assertions.Expect(page.Locator("#result")).ToContainTextAsync("Imported. 1 created");
        Assert.That((await GetAsync("/films?name=up&shape=list&count=true")).Field("X-Total-Count"), Is.EqualTo("1"));
    }

    private string Origin => $"Origin: {Host.Address.GetLeftPart(UriPartial.Authority)}";

    private Task<HttpAnswer> UploadAsync(string address, string name, string text) =>
        Client.SendAsync("POST", address, new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", name } }, Html, Origin);

    // As a browser without script sends it.
    private Task<HttpAnswer> PasteAsync(string address, string text) =>
        Client.SendAsync("POST", address, new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "text" } }, Html, Origin);
}
