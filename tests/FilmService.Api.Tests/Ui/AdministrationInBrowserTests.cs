using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>The pages of the administration in Chromium.</summary>
public sealed class AdministrationInBrowserTests
{
    private FilmServiceHost _host = null!;

    [SetUp]
    public async Task StartAsync() => _host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [Test]
    public async Task Secret_ThatIsNotCopied_AsksBeforeItIsLeft()
    {
        await using var browser = await Browser.OpenAsync(390);
        await LogInAsync(browser);
        var asked = 0;
        browser.Page.Dialog += (_, dialog) => { asked++; dialog.AcceptAsync(); };
        await MakeKeyAsync(browser);
        await browser.KeepPictureAsync("ui-admin-secret");
        Assert.That(await ScreensInBrowserTests.FaultsAsync(browser.Page), Is.Empty);
        await GoAsync(browser, "keys");
        Assert.That(asked, Is.EqualTo(1));

        await MakeKeyAsync(browser);
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Assertions.Expect(browser.Page.Locator("[data-copy]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Copied|Selected"));
        await browser.Page.Keyboard.PressAsync("Control+c");
        await GoAsync(browser, "keys");

        Assert.That((asked, browser.Errors), Is.EqualTo((1, new List<string>())));
    }

    [Test]
    public async Task Session_ThatEndsOnAForm_IsRenewedInPlaceAndTheFormSent()
    {
        await using var browser = await Browser.OpenAsync();
        await LogInAsync(browser);
        await GoAsync(browser, "add-user");
        await browser.Page.GetByLabel("Name").FillAsync("bob");
        await browser.Page.GetByLabel("Password").FillAsync("tops3cret");
        await browser.Page.GetByLabel("read films", new() { Exact = true }).CheckAsync();
        await browser.Page.Context.ClearCookiesAsync();
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(browser.Page.Locator("#notice")).ToContainTextAsync("Your text is kept.");

        await browser.Page.Locator("#login-name").FillAsync("root");
        await browser.Page.Locator("#login-password").FillAsync("correct horse");
        await browser.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(browser.Page.Locator("h1")).ToHaveTextAsync("Users");
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Rowheader, new() { Name = "bob" })).ToBeVisibleAsync();
    }

    [TestCase("add-user", "Save", "users", ".notice[role=alert]", "There is a user new already.")]
    [TestCase("add-key", "Make a key", "api_keys", "h1", "“new” was made already")]
    [TestCase("add-client", "Add a client", "oauth_clients", "h1", "“new” was made already")]
    public async Task Form_WhoseAnswerIsLostWhenTheServiceRestarts_MakesOne(string screen, string button, string table, string place, string text)
    {
        await using var browser = await Browser.OpenAsync();
        await LogInAsync(browser);
        await GoAsync(browser, screen);
        await browser.Page.GetByLabel("Name").FillAsync("new");
        if (screen == "add-user")
        {
            await browser.Page.GetByLabel("Password").FillAsync("tops3cret");
        }

        await browser.Page.GetByLabel("read films", new() { Exact = true }).CheckAsync();
        await browser.Page.RouteAsync("**/ui/add-*", async route =>
        {
            await route.FetchAsync(new() { MaxRedirects = 0 });
            await route.AbortAsync("connectionreset");
        });
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await Assertions.Expect(browser.Page.Locator("#notice")).ToContainTextAsync("The service cannot be reached.");
        var (made, address) = (_host.Query($"SELECT COUNT(*) FROM {table}"), _host.Address);
        await _host.RestartAsync($"urls={address}");
        await browser.Page.UnrouteAllAsync();

        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        await Assertions.Expect(browser.Page.Locator(place)).ToContainTextAsync(text);
        Assert.That(_host.Query($"SELECT COUNT(*) FROM {table}"), Is.EqualTo(made));
    }

    private async Task MakeKeyAsync(Browser browser)
    {
        await GoAsync(browser, "add-key");
        await browser.Page.GetByLabel("Name").FillAsync("nightly import");
        await browser.Page.GetByLabel("read films", new() { Exact = true }).CheckAsync();
        await browser.Page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        await Assertions.Expect(browser.Page.Locator("[data-secret]")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^fsk_"));
    }

    private async Task LogInAsync(Browser browser)
    {
        await GoAsync(browser, "log-in");
        await browser.Page.GetByLabel("Name").FillAsync("root");
        await browser.Page.GetByLabel("Password").FillAsync("correct horse");
        await browser.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Button, new() { Name = "Log out" })).ToBeVisibleAsync();
    }

    private Task<IResponse?> GoAsync(Browser browser, string screen) => browser.Page.GotoAsync(new Uri(_host.Address, "/ui/" + screen).ToString());
}
