using System.Globalization;
using System.Text.RegularExpressions;
using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;
using FilmService.Api.Ui;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>
/// Every screen in Chromium: it fits the window, is accessible in both colour schemes, shows markup in data as text, obeys the policy and
/// asks nobody else for anything.
/// </summary>
public sealed class EveryScreenTests
{
    private const string Password = "tops3cret";
    private const string Evil = "<img src=x onerror=alert(1) data-evil>";

    private static readonly string[] Screens =
    [
        "films", "films?q=silent&year.gte=1990&year.lte=1999&sort=name", "films?q=avengrs", "films?name=" + Evil, "films?year=x", "films/1", "films/2", "films/" + Evil, "films/none",
        "add", "changes", "changes?by=" + Evil, "count?q=the", "import", "undo{range}", "log-in?to=/ui/add", "nothing",
        "users", "users/" + Evil, "users/" + Evil + "/delete", "users/nobody", "add-user", "account", "keys", "keys/{key}", "add-key", "clients", "clients/{client}", "add-client",
        "webhooks", "add-webhook", "webhooks/{webhook}", "webhooks/{webhook}/secret", "webhooks/{webhook}/replay", "webhooks/{webhook}/delete",
        "backups", "backups/{backup}", "audit", "health",
    ];

    // Where the markup above must be read.
    private static readonly string[] WithMarkup =
    [
        "films?name=" + Evil, "films/" + Evil, "changes", "changes?by=" + Evil, "undo{range}",
        "users", "users/" + Evil, "users/" + Evil + "/delete", "keys", "keys/{key}", "clients", "clients/{client}", "webhooks", "audit",
    ];

    private readonly Dictionary<string, string> _ids = [];

    private FilmServiceHost _host = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        using var client = _host.CreateClient();
        await client.PutUserAsync(Uri.EscapeDataString(Evil), Password, "films:write");
        await client.PutUserAsync(new string('n', 100), Password, "films:read", "films:write", "admin");
        await FillAsync(client, AccessRequests.Basic(Evil, Password));
        _ids["{key}"] = await IdAsync(client, "/api-keys", "id");
        _ids["{client}"] = await IdAsync(client, "/oauth/clients", "clientId");
        var backup = await client.SendAsync("POST", "/backups", null, AccessRequests.Root);
        var webhook = await SendAsync(client, "POST", "/webhooks", HttpRequests.Json($$"""{"url":"http://127.0.0.1:9/a/long/address/of/a/receiver/that/does/not/answer?token=0123456789abcdef","description":"{{Evil}}"}"""), AccessRequests.Root);
        _ids["{webhook}"] = webhook.Json["id"]!.GetValue<string>();
        await SendAsync(client, "POST", $"/webhooks/{_ids["{webhook}"]}/test", null, AccessRequests.Root);
        _ids["{backup}"] = backup.Json["name"]!.GetValue<string>();
    }

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [TestCase(390, true)]
    [TestCase(390, false)]
    [TestCase(1280, true)]
    [TestCase(1280, false)]
    public async Task Screens_InAWindow_AreInOrder(int width, bool hasScript)
    {
        await using var browser = await Browser.OpenAsync(width, hasScript: hasScript);
        browser.Page.Dialog += (_, dialog) => browser.Errors.Add(dialog.Message);
        await LogInAsync(browser);
        var withMarkup = new List<string>();
        foreach (var screen in Screens)
        {
            await browser.Page.GotoAsync(AddressOf(screen));
            await AssertInOrderAsync(browser, screen, width);
            if ((await browser.Page.Locator("main").InnerTextAsync()).Contains("data-evil", StringComparison.Ordinal))
            {
                withMarkup.Add(screen);
            }
        }

        Assert.That(withMarkup, Is.SupersetOf(WithMarkup));

        // Chromium reports a page of an error status as an error of its own.
        Assert.That(browser.Errors.Where(error => !error.Contains("the server responded with a status of 40", StringComparison.Ordinal)), Is.Empty);
        Assert.That(browser.Asked, Is.EqualTo([_host.Address.GetLeftPart(UriPartial.Authority)]));
    }

    /// <summary>A new page is looked at only if it is in the list above.</summary>
    [Test]
    public void Screens_Listed_AreThoseOfAllAddresses()
    {
        var pages = _host.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<ControllerActionDescriptor>()
            .Where(action => action.ControllerTypeInfo.IsSubclassOf(typeof(UiController)) && action.ActionConstraints!.OfType<Microsoft.AspNetCore.Mvc.ActionConstraints.HttpMethodActionConstraint>().Any(method => method.HttpMethods.Contains("GET")))
            .Select(action => action.AttributeRouteInfo!.Template!).Except(["ui", "ui/assets/{name}"]).ToList();

        Assert.That(pages, Has.Count.GreaterThan(15));
        Assert.That(pages.Where(page => !Screens.Any(screen => Regex.IsMatch("ui/" + PathOf(screen), $"^{Regex.Replace(page, "{[^}]+}", "[^/]+")}$"))), Is.Empty);
    }

    private static string PathOf(string screen) => screen.Split('?')[0].Replace("{range}", "", StringComparison.Ordinal);

    private static async Task AssertInOrderAsync(Browser browser, string screen, int width)
    {
        var page = browser.Page;
        var name = string.Create(CultureInfo.InvariantCulture, $"ui-{Regex.Replace(screen, "[^a-z0-9]+", "-")}-{width}");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await browser.KeepPictureAsync(name);
        Assert.That(await ScreensInBrowserTests.FaultsAsync(browser), Is.Empty, screen);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await browser.KeepPictureAsync(name + "-dark");
        Assert.That(await ScreensInBrowserTests.FaultsAsync(browser, rule: "color-contrast"), Is.Empty, $"{screen} in dark colours");
        Assert.That(await WidthAsync(page), Is.EqualTo(width), $"{screen} scrolls sideways.");
        Assert.That(await page.EvaluateAsync<string>("getComputedStyle(document.body).fontFamily"), Does.Contain("system-ui"), $"{screen}: the style is refused.");
        Assert.That(await page.Locator("[data-evil]").CountAsync(), Is.Zero, $"{screen} has markup from data.");
    }

    private static Task<int> WidthAsync(IPage page) => page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    private string AddressOf(string screen)
    {
        var path = _ids.Aggregate(screen, (text, id) => text.Replace(id.Key, id.Value, StringComparison.Ordinal));
        return new Uri(_host.Address, "/ui/" + path.Replace(Evil, Uri.EscapeDataString(Evil), StringComparison.Ordinal)).ToString();
    }

    private async Task FillAsync(HttpClient client, string caller)
    {
        var lines = Enumerable.Range(0, 120).Select(number => string.Create(CultureInfo.InvariantCulture, $$"""{"Name":"The Silent Night {{number}}","Year":{{1950 + (number % 70)}},"Month":{{(number % 5 == 0 ? "null" : "\"May\"")}}}"""));
        await PutAsync(client, "1", """{"name":"Avengers","year":2019}""", caller);
        var before = await SendAsync(client, "DELETE", "/films/2", null, caller);
        await SendAsync(client, "POST", "/films", new StringContent(string.Join('\n', lines), System.Text.Encoding.UTF8, "application/x-ndjson"), caller);
        await PutAsync(client, Evil, $$"""{"name":"{{Evil}}{{new string('x', 400)}}","year":2001}""", caller);
        var after = await PutAsync(client, Evil, $$"""{"name":"{{Evil}}","year":2001}""", caller);
        _ids["{range}"] = $"?after={before.Field("Films-Revision")!.Trim('"')}&through={after.Field("Films-Revision")!.Trim('"')}&by={Evil}";
    }

    private static Task<HttpAnswer> PutAsync(HttpClient client, string id, string json, string caller) => SendAsync(client, "PUT", "/films/" + Uri.EscapeDataString(id), HttpRequests.Json(json), caller);

    private static async Task<HttpAnswer> SendAsync(HttpClient client, string method, string address, HttpContent? body, string caller)
    {
        var answer = await client.SendAsync(method, address, body, caller);
        Assert.That(answer.Status, Is.InRange(200, 299), answer.Body);
        return answer;
    }

    private static async Task<string> IdAsync(HttpClient client, string address, string member) =>
        (await SendAsync(client, "POST", address, HttpRequests.Json($$"""{"name":"{{Evil}}","scopes":["films:read"]}"""), AccessRequests.Root)).Json[member]!.GetValue<string>();

    private async Task LogInAsync(Browser browser)
    {
        await browser.Page.GotoAsync(AddressOf("log-in"));
        await browser.Page.GetByLabel("Name").FillAsync("root");
        await browser.Page.GetByLabel("Password").FillAsync("correct horse");
        await browser.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(browser.Page.GetByRole(AriaRole.Button, new() { Name = "Log out" })).ToBeVisibleAsync();
    }
}
