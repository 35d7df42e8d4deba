using System.Net;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>The complete login at a third-party issuer, which is another site for browsers.</summary>
public sealed class LogInAtAProviderTests
{
    private FilmServiceHost _host = null!;
    private OidcProvider _provider = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var service = $"http://127.0.0.1:{OidcProvider.FreePort()}";
        _provider = await OidcProvider.StartAsync(service);
        _host = await FilmServiceHost.StartAsync([.. OpenIdConnectTests.SettingsFor(_provider.Name), $"urls={service}", "Authentication:OpenIdConnect:DisplayName=The Example Company"]);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_provider?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Test]
    public async Task LogIn_WithACookieJar_CompletesOnceAndAgainAfterTheKeysRotate()
    {
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = _host.Address };

        await LogInAsync(client);
        Assert.That(await client.GetStringAsync("/me"), Is.EqualTo("""{"name":"oidc:ann","method":"oidc","scopes":["films:write"],"mayWrite":true,"mayAdminister":false}"""));

        await _provider.RotateAsync();
        using var other = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = _host.Address };
        await LogInAsync(other);
        Assert.That(await other.GetStringAsync("/me"), Does.StartWith("""{"name":"oidc:ann","""));
    }

    [Test]
    public async Task Code_OfACompletedLogIn_IsWorthNothing()
    {
        var client = _host.CreateClient();
        var begun = await BegunLogIn.BeginAsync(client);
        using var browser = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true });
        var back = await PressAsync(browser, await browser.GetAsync(begun.Issuer));
        var query = back.RequestMessage!.RequestUri!.Query[1..];

        // The browser above had none of the service's cookies, so the code is still unused.
        Assert.That((await BegunLogIn.ReturnAsync(client, query, begun.Cookies)).Status, Is.EqualTo(200));
        var replayed = await BegunLogIn.ReturnAsync(client, query, begun.Cookies);

        Assert.That((replayed.Status, replayed.Json["type"]!.GetValue<string>(), BegunLogIn.SessionOf(replayed)), Is.EqualTo((400, "/problems/log-in-not-completed", (string?)null)));
    }

    [Test]
    public async Task LogIn_InABrowser_LeadsBackToThePageLoggedIn()
    {
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(new Uri(_host.Address, "/ui/films?q=avengers").ToString());

        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Log in with The Example Company" }).ClickAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await page.WaitForURLAsync("**/ui/films?q=avengers");

        Assert.That(await page.Locator(".who").InnerTextAsync(), Does.Contain("oidc:ann"));
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Log in" }).WaitForAsync();
        Assert.That(browser.Errors.Where(error => !error.Contains("Failed to load resource", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task LogIn_CancelledInABrowser_ShowsAPageThatLeadsOn()
    {
        await using var browser = await Browser.OpenAsync();
        var page = browser.Page;
        await page.GotoAsync(new Uri(_host.Address, "/ui/log-in").ToString());

        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Log in with The Example Company" }).ClickAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await page.GetByText("The login was cancelled or denied at the identity provider.").WaitForAsync();
        await browser.KeepPictureAsync("log-in-cancelled");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Log in again" }).ClickAsync();
        await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Log in with The Example Company" }).WaitForAsync();
        await browser.KeepPictureAsync("log-in-with-an-issuer");
    }

    private static async Task LogInAsync(HttpClient browser)
    {
        var answer = await PressAsync(browser, await browser.GetAsync("/session/oidc?return=/me"));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("""content="0;url=/me">"""));
    }

    // Presses the issuer's button.
    private static async Task<HttpResponseMessage> PressAsync(HttpClient browser, HttpResponseMessage page)
    {
        var form = (await page.Content.ReadAsStringAsync()).Split("action=\"")[1].Split('"')[0];
        return await browser.PostAsync(new Uri(page.RequestMessage!.RequestUri!, form), null);
    }
}
