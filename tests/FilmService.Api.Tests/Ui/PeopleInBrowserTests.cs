using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>What people do on the pages, in Chromium.</summary>
public sealed class PeopleInBrowserTests
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
    public async Task Search_WhileTyping_ShowsWhatIsFoundAndKeepsTheFocus()
    {
        await GoAsync("/ui/films");
        await Page.Keyboard.PressAsync("/");
        await Page.Keyboard.TypeAsync("wasp");

        await Assertions.Expect(Page.Locator("tr[data-film]")).ToHaveCountAsync(1);
        await Assertions.Expect(Page.Locator("#q")).ToBeFocusedAsync();
        await Assertions.Expect(Page).ToHaveURLAsync(new Uri(_host.Address, "/ui/films?q=wasp").ToString());
        await Assertions.Expect(Page.Locator("#results")).Not.ToHaveAttributeAsync("aria-busy", "true");
        Assert.That(_browser.Errors, Is.Empty);
    }

    [Test]
    public async Task Keyboard_FromSearchToUndo_NeedsNoMouse()
    {
        await GoAsync("/ui/films");
        await Page.Keyboard.PressAsync("j");
        await Page.Keyboard.PressAsync("j");
        await Assertions.Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Ant Man and the Wasp" })).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Ant Man and the Wasp");
        await Page.Keyboard.PressAsync("e");
        await Page.Keyboard.PressAsync("Control+a");
        await Page.Keyboard.TypeAsync("Ant-Man");
        await Page.Keyboard.PressAsync("Control+s");
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Ant-Man");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).FocusAsync();
        await Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Ant Man and the Wasp");
        await Page.Keyboard.PressAsync("Escape");
        await Page.Keyboard.PressAsync("?");
        await Assertions.Expect(Page.Locator("#help")).ToBeVisibleAsync();
        Assert.That(_browser.Errors, Is.Empty);
    }

    [Test]
    public async Task Save_ByTwoBrowsers_ComparesAndLosesNothing()
    {
        await GoAsync("/ui/films/1");
        await Page.GetByLabel("Name").FillAsync("Mine");
        await using (var other = await Browser.OpenAsync())
        {
            await other.Page.GotoAsync(new Uri(_host.Address, "/ui/films/1").ToString());
            await other.Page.GetByLabel("Year").FillAsync("2017");
            await other.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Assertions.Expect(other.Page.Locator("[data-saved]")).ToBeVisibleAsync();
        }

        await Assertions.Expect(Page.Locator("#live")).ToContainTextAsync("anonymous has changed this film.");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Somebody else changed this film meanwhile");
        await _browser.KeepPictureAsync("ui-conflict");
        Assert.That(await ScreensInBrowserTests.FaultsAsync(Page), Is.Empty);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save this choice" }).ClickAsync();

        await Assertions.Expect(Page.Locator("[data-saved]")).ToBeVisibleAsync();
        Assert.That(await FilmAsync("1"), Is.EqualTo("""{"Name":"Mine","Year":2017,"Month":"March"}"""));
    }

    [Test]
    public async Task Save_WithoutAConnection_IsSentAgainAndLosesNothing()
    {
        await GoAsync("/ui/films/1");
        await Page.GetByLabel("Name").FillAsync("Mine");
        await Page.Context.SetOfflineAsync(true);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync("The service cannot be reached. Your text is kept");
        await _browser.KeepPictureAsync("ui-offline");
        await Assertions.Expect(Page.GetByLabel("Name")).ToHaveValueAsync("Mine");

        await Page.Context.SetOfflineAsync(false);

        await Assertions.Expect(Page.Locator("[data-saved]")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        Assert.That(await FilmAsync("1"), Does.Contain("Mine"));
    }

    [Test]
    public async Task Draft_OfALeftPage_IsOfferedAgain()
    {
        Page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await GoAsync("/ui/films/1");
        await Page.GetByLabel("Name").PressAsync("End");
        await Page.GetByLabel("Name").PressSequentiallyAsync(" and more");
        await GoAsync("/ui/films");
        await GoAsync("/ui/films/1");
        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync("You typed something here");
        await _browser.KeepPictureAsync("ui-draft");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Use it" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Avengers: Infinity War and more");
        await GoAsync("/ui/films/1");
        await Assertions.Expect(Page.Locator("#notice")).ToBeEmptyAsync();
        Assert.That(_browser.Errors, Is.Empty);
    }

    [Test]
    public async Task Change_BySomebodyElse_IsMarkedAndMovesNothing()
    {
        await GoAsync("/ui/films");
        await SendAsync("PUT", "/films/2", """{"name":"Ant-Man","year":2015}""");
        await SendAsync("PUT", "/films/9", """{"name":"A new one","year":2015}""");

        await Assertions.Expect(Page.Locator("#live")).ToContainTextAsync("2 changes since you opened this page.");
        await Assertions.Expect(Page.Locator("tr.is-changed")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Ant Man and the Wasp"));
        await _browser.KeepPictureAsync("ui-live");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();

        await Assertions.Expect(Page.Locator("tr[data-film]")).ToHaveCountAsync(3);
        Assert.That(_browser.Errors, Is.Empty);
    }

    [Test]
    public async Task Save_OfInvalidText_LeadsToTheFields()
    {
        await GoAsync("/ui/add");
        await Page.GetByLabel("Name").FillAsync("Up");
        await Page.GetByLabel("Year").FillAsync("soon");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();

        await Assertions.Expect(Page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await _browser.KeepPictureAsync("ui-invalid");
        Assert.That(await ScreensInBrowserTests.FaultsAsync(Page), Is.Empty);
        await Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(Page.GetByLabel("Year")).ToBeFocusedAsync();
        await Assertions.Expect(Page.GetByLabel("Name")).ToHaveValueAsync("Up");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Add_OfAKnownFilm_WarnsAndThenAdds(bool hasScript)
    {
        await using var browser = await Browser.OpenAsync(390, hasScript: hasScript);
        await browser.Page.GotoAsync(new Uri(_host.Address, "/ui/add").ToString());
        await browser.Page.GetByLabel("Name").FillAsync("Ant Man and the Wasp");
        await browser.Page.GetByLabel("Year").FillAsync("2018");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(browser.Page.Locator(".notice", new() { HasText = "Not added yet." })).ToBeVisibleAsync();
        await browser.KeepPictureAsync($"ui-same-{hasScript}");

        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Add it all the same" }).ClickAsync();

        await Assertions.Expect(browser.Page.Locator("[data-saved]")).ToContainTextAsync("Added.");
        Assert.That(await FilmAsync("3"), Does.Contain("Ant Man and the Wasp"));
    }

    [Test]
    public async Task Forms_WithoutScript_SaveDeleteAndUndo()
    {
        await using var browser = await Browser.OpenAsync(hasScript: false);
        await browser.Page.GotoAsync(new Uri(_host.Address, "/ui/films/1").ToString());
        await browser.Page.GetByLabel("Name").FillAsync("Mine");
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(browser.Page.Locator("h1")).ToHaveTextAsync("Mine");
        await browser.Page.ReloadAsync();
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(browser.Page.Locator("[data-saved]")).ToContainTextAsync("Deleted.");

        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(browser.Page.GetByLabel("Name")).ToHaveValueAsync("Mine");
        Assert.That(browser.Errors, Is.Empty);
    }

    [Test]
    public async Task Save_AfterTooManyRequests_CountsDownAndKeepsTheText()
    {
        await _host.RestartAsync("RateLimits:Enabled=true", "RateLimits:PermitsPerMinute=6");
        await GoAsync("/ui/films/1");
        await Page.GetByLabel("Name").FillAsync("Mine");
        for (var status = 0; status != 429;)
        {
            status = await SendAsync("GET", "/films/1", null);
        }

        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("Too many requests.*Try again in \\d+ seconds\\.", System.Text.RegularExpressions.RegexOptions.Singleline));
        await Assertions.Expect(Page.GetByLabel("Name")).ToHaveValueAsync("Mine");
        await _browser.KeepPictureAsync("ui-429");
    }

    [Test]
    public async Task LogIn_OnAPage_LeadsBackWithoutTheBrowsersDialog()
    {
        await _host.RestartAsync(AccessRequests.Scoped);
        var dialogs = await _browser.CountLogInDialogsAsync();
        await GoAsync("/ui/films/1");
        await _browser.KeepPictureAsync("ui-log-in");
        Assert.That(await ScreensInBrowserTests.FaultsAsync(Page), Is.Empty);
        await LogInAsync();

        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Avengers: Infinity War");
        await Assertions.Expect(Page.Locator(".who")).ToContainTextAsync("root");
        Assert.That(dialogs(), Is.Zero);
    }

    [Test]
    public async Task Session_ThatEndsDuringAnEdit_IsRenewedInPlaceAndTheEditSaved()
    {
        await _host.RestartAsync(AccessRequests.Scoped);
        await GoAsync("/ui/log-in?to=/ui/films/1");
        await LogInAsync();
        await Page.GetByLabel("Name").FillAsync("Mine");
        await Page.Context.ClearCookiesAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync("Your text is kept.");
        await _browser.KeepPictureAsync("ui-session-ended");
        Assert.That(await ScreensInBrowserTests.FaultsAsync(Page), Is.Empty);

        await LogInAsync();

        await Assertions.Expect(Page.Locator("[data-saved]")).ToBeVisibleAsync();
        await Assertions.Expect(Page.Locator("#history + ol")).ToContainTextAsync("root, just now");
    }

    private async Task LogInAsync()
    {
        await Page.Locator("#login-name").FillAsync("root");
        await Page.Locator("#login-password").FillAsync("correct horse");
        await Page.Keyboard.PressAsync("Enter");
    }

    private Task<IResponse?> GoAsync(string path) => Page.GotoAsync(new Uri(_host.Address, path).ToString());

    private async Task<string> FilmAsync(string id)
    {
        using var client = _host.CreateClient();
        return (await client.SendAsync("GET", "/films/" + id)).Body;
    }

    private async Task<int> SendAsync(string method, string address, string? json)
    {
        using var client = _host.CreateClient();
        return (await client.SendAsync(method, address, json is null ? null : HttpRequests.Json(json))).Status;
    }
}
