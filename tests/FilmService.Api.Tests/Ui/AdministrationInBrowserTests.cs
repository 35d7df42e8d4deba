using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>The pages of the administration in Chromium.</summary>
public sealed class AdministrationInBrowserTests
{
    private static readonly string[] Screens = ["users", "users/ann", "users/ann/delete", "users/nobody", "add-user", "keys", "add-key", "clients", "add-client", "webhooks", "add-webhook", "webhooks/{id}", "webhooks/{id}/replay", "webhooks/{id}/delete", "backups", "audit", "health"];

    private FilmServiceHost _host = null!;
    private string _webhook = "";

    [SetUp]
    public async Task StartAsync()
    {
        _host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        using var client = _host.CreateClient();
        await client.PutUserAsync("ann", "tops3cret", "films:write");
        await client.PutUserAsync(new string('n', 100), "tops3cret", "films:read", "films:write", "admin");
        await client.CreateKeyAsync("films:read", "films:write");
        await client.CreateOAuthClientAsync("films:read");
        await client.SendAsync("POST", "/backups", null, AccessRequests.Root);
        await client.SendAsync("POST", "/webhooks", HttpRequests.Json("""{"url":"https://search.example/films"}"""), AccessRequests.Root);
        var failing = await client.SendAsync("POST", "/webhooks", HttpRequests.Json("""{"url":"http://127.0.0.1:9/a/long/address/of/a/receiver/that/does/not/answer?token=0123456789abcdef","description":"the search index of the archive"}"""), AccessRequests.Root);
        _webhook = failing.Json["id"]!.GetValue<string>();
        await client.SendAsync("PUT", "/films/9", HttpRequests.Json("""{"name":"Up","year":2009}"""), AccessRequests.Root);
        await client.SendAsync("POST", $"/webhooks/{_webhook}/test", null, AccessRequests.Root);
    }

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [TestCase(390, ColorScheme.Light, true)]
    [TestCase(390, ColorScheme.Dark, false)]
    [TestCase(1280, ColorScheme.Light, false)]
    [TestCase(1280, ColorScheme.Dark, true)]
    public async Task Screens_InAWindow_AreInOrder(int width, ColorScheme colors, bool hasScript)
    {
        await using var browser = await Browser.OpenAsync(width, colors, hasScript: hasScript);
        await LogInAsync(browser);
        foreach (var screen in Screens)
        {
            await GoAsync(browser, screen);
            await browser.KeepPictureAsync($"ui-admin-{screen.Replace('/', '-')}-{width}-{colors}{(hasScript ? "" : "-no-script")}");

            Assert.That(await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.EqualTo(width), $"{screen} scrolls sideways.");
            if (hasScript)
            {
                Assert.That(await ScreensInBrowserTests.FaultsAsync(browser.Page), Is.Empty, screen);
            }
        }

        // Chromium reports the page that is not there as an error of its own.
        Assert.That(browser.Errors.Where(error => !error.Contains("404", StringComparison.Ordinal)), Is.Empty);
        Assert.That(browser.Asked, Is.EqualTo([_host.Address.GetLeftPart(UriPartial.Authority)]));
    }

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

    private Task<IResponse?> GoAsync(Browser browser, string screen) => browser.Page.GotoAsync(new Uri(_host.Address, "/ui/" + screen.Replace("{id}", _webhook, StringComparison.Ordinal)).ToString());
}
