using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>What people see in Chromium if the service fails, and that they lose nothing.</summary>
public sealed class StatesInBrowserTests
{
    private FilmServiceHost _host = null!;
    private Browser _browser = null!;

    private IPage Page => _browser.Page;

    [SetUp]
    public async Task OpenAsync() => (_host, _browser) = (await FilmServiceHost.StartAsync(), await Browser.OpenAsync());

    [TearDown]
    public async Task CloseAsync()
    {
        await _browser.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task Add_WhileTheCatalogueIsUnavailable_IsSentAgainByItself()
    {
        await FillAsync("Up");
        _host.Query("ALTER TABLE films RENAME TO away");
        await AddAsync();
        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync("The catalogue is not available.");
        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync("Your text is kept.");
        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync("Trying again in ");
        await _browser.KeepPictureAsync("ui-503");
        Assert.That(await ScreensInBrowserTests.FaultsAsync(Page), Is.Empty);
        await Assertions.Expect(Page.GetByLabel("Name")).ToHaveValueAsync("Up");

        _host.Query("ALTER TABLE away RENAME TO films");

        await Assertions.Expect(Page.Locator("[data-saved]")).ToContainTextAsync("Added.", new() { Timeout = 20_000 });
    }

    [Test]
    public async Task Save_WhileTheServiceHasADefect_ShowsTheTraceIdAndKeepsTheText()
    {
        await GoAsync("/ui/films/1");
        await Page.GetByLabel("Name").FillAsync("Mine");
        using (var client = _host.CreateClient())
        {
            await client.SendAsync("PUT", "/films/1", HttpRequests.Json("""{"name":"Theirs","year":2018}"""));
        }

        _host.Query("UPDATE changes SET month = 99 WHERE id = '1'");
        await SendAsync("save");
        await Assertions.Expect(Page.Locator("#notice .copy")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$"));
        await _browser.KeepPictureAsync("ui-500");
        Assert.That(await ScreensInBrowserTests.FaultsAsync(Page), Is.Empty);
        await Assertions.Expect(Page.GetByLabel("Name")).ToHaveValueAsync("Mine");
        _host.Query("UPDATE changes SET month = 3 WHERE id = '1'");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        await Assertions.Expect(Page.Locator(".compare")).ToContainTextAsync("Mine");
    }

    [Test]
    public async Task Page_OfADefect_ShowsTheTraceId()
    {
        _host.Query("UPDATE films SET month = 99 WHERE id = '1'");
        await GoAsync("/ui/films");

        await Assertions.Expect(Page.Locator("main .copy")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^00-"));
        await _browser.KeepPictureAsync("ui-500-page");
        Assert.That(await ScreensInBrowserTests.FaultsAsync(Page), Is.Empty);
    }

    [Test]
    public async Task Save_WithoutTheScope_NamesItAndKeepsTheText()
    {
        await _host.RestartAsync([.. AccessRequests.Scoped, "Authentication:Users:1:Name=reader", "Authentication:Users:1:Password=reader's own", "Authentication:Users:1:Scopes:0=films:read"]);
        await GoAsync("/ui/log-in?to=/ui/add");
        await LogInAsync(Page, "root", "correct horse");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Up");
        await Page.GetByLabel("Year").FillAsync("2009");
        await Page.EvaluateAsync("""() => fetch('/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"name":"reader","password":"reader\u0027s own"}' })""");
        await AddAsync();

        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync("films:write");
        await _browser.KeepPictureAsync("ui-403");
        await Assertions.Expect(Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Up");
    }

    [TestCase("add")]
    [TestCase("save")]
    [TestCase("delete")]
    [TestCase("undo")]
    [TestCase("range")]
    public async Task Form_WhoseAnswerIsLost_IsDoneOnce(string form)
    {
        var changes = await PrepareAsync(form);
        var lost = 0;
        await Page.RouteAsync("**/ui/**", async route =>
        {
            if (route.Request.Method == "POST" && Interlocked.Increment(ref lost) == 1)
            {
                await route.FetchAsync(new() { MaxRedirects = 0 });
                await route.AbortAsync("connectionreset");
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await SendAsync(form);
        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync("The service cannot be reached.");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        await Assertions.Expect(Page.Locator("[data-saved]")).ToBeVisibleAsync();
        Assert.That(_host.Query("SELECT MAX(revision) FROM changes"), Is.EqualTo(changes + 1));
    }

    [TestCase("add")]
    [TestCase("save")]
    [TestCase("delete")]
    [TestCase("undo")]
    [TestCase("range")]
    public async Task Form_SentWhileTheServiceIsStopped_IsDoneOnceWhenItRunsAgain(string form)
    {
        var (changes, address) = (await PrepareAsync(form), _host.Address);
        await _host.StopAsync();
        await SendAsync(form);
        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync("The service cannot be reached.");

        await _host.RestartAsync($"urls={address}");

        await Assertions.Expect(Page.Locator("#notice")).ToBeEmptyAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(Page.Locator("[data-saved]")).ToBeVisibleAsync();
        Assert.That(_host.Query("SELECT MAX(revision) FROM changes"), Is.EqualTo(changes + 1));
    }

    [TestCase("add")]
    [TestCase("save")]
    [TestCase("delete")]
    [TestCase("undo")]
    [TestCase("range")]
    public async Task Back_AfterAForm_ChangesNothingAgain(string form)
    {
        var changes = await PrepareAsync(form);
        await SendAsync(form);
        await Assertions.Expect(Page.Locator("[data-saved]")).ToBeVisibleAsync();

        await Page.GoBackAsync();
        await Page.GoForwardAsync();
        await Page.ReloadAsync();

        Assert.That(_host.Query("SELECT MAX(revision) FROM changes"), Is.EqualTo(changes + 1));
    }

    [Test]
    public async Task Keyboard_FromLogInToUndo_NeedsNoMouse()
    {
        await _host.RestartAsync(AccessRequests.Scoped);
        await GoAsync("/ui/films");
        await TabToAsync("#login-name");
        await Page.Keyboard.TypeAsync("root");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync("correct horse");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator("tr[data-film]")).ToHaveCountAsync(2);
        await Page.Keyboard.PressAsync("n");
        await Page.WaitForURLAsync("**/ui/add");
        await Page.Keyboard.PressAsync("e");
        await Page.Keyboard.TypeAsync("Up");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync("2009");
        await Page.Keyboard.PressAsync("Control+s");
        await Assertions.Expect(Page.Locator("[data-saved]")).ToContainTextAsync("Added.");
        await TabToAsync("[data-saved] button");
        await Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(Page.Locator("main")).ToContainTextAsync("This film was deleted.");
    }

    private async Task<long> PrepareAsync(string form)
    {
        if (form == "add")
        {
            await FillAsync("Up");
            return 2;
        }

        if (form == "range")
        {
            using var client = _host.CreateClient();
            await client.SendAsync("PUT", "/films/1", HttpRequests.Json("""{"name":"Theirs","year":2018}"""));
            var epoch = _host.Query("SELECT epoch FROM revision");
            await GoAsync($"/ui/undo?after={epoch}-2&through={epoch}-3");
            return 3;
        }

        await GoAsync("/ui/films/1");
        await Page.GetByLabel("Name").FillAsync("Mine");
        if (form == "delete")
        {
            await Page.ReloadAsync();
        }

        if (form != "undo")
        {
            return 2;
        }

        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(Page.Locator("[data-saved]")).ToBeVisibleAsync();
        return 3;
    }

    private Task SendAsync(string form) => Page.GetByRole(AriaRole.Button, new()
    {
        Name = form switch { "add" => "Add", "save" => "Save", "delete" => "Delete", "range" => "Undo for 1 film", _ => "Undo" },
        Exact = true,
    }).ClickAsync();

    private async Task FillAsync(string name, string year = "2009")
    {
        await GoAsync("/ui/add");
        await Page.GetByLabel("Name").FillAsync(name);
        await Page.GetByLabel("Year").FillAsync(year);
    }

    private Task AddAsync() => SendAsync("add");

    private static async Task LogInAsync(IPage page, string name, string password)
    {
        await page.Locator("#login-name").FillAsync(name);
        await page.Locator("#login-password").FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
    }

    private async Task TabToAsync(string selector)
    {
        for (var tabs = 0; tabs < 60 && !await Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector); tabs++)
        {
            await Page.Keyboard.PressAsync("Tab");
        }

        await Assertions.Expect(Page.Locator(selector)).ToBeFocusedAsync();
    }

    private Task<IResponse?> GoAsync(string path) => Page.GotoAsync(new Uri(_host.Address, path).ToString());
}
