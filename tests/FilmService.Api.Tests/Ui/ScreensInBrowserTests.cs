using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>Each screen in Chromium: it fits the window, is accessible, and asks nobody else for anything.</summary>
public sealed class ScreensInBrowserTests
{
    private static readonly (string Name, string Path)[] Screens =
    [
        ("films", "/ui/films"), ("found", "/ui/films?q=silent&year.gte=1990&year.lte=1999&sort=name"), ("nothing", "/ui/films?q=avengrs"),
        ("film", "/ui/films/1"), ("deleted", "/ui/films/2"), ("odd", "/ui/films/odd"), ("add", "/ui/add"), ("changes", "/ui/changes"), ("count", "/ui/count?q=the"), ("import", "/ui/import"),
    ];

    [TestCase(390, ColorScheme.Light, true)]
    [TestCase(390, ColorScheme.Dark, false)]
    [TestCase(1280, ColorScheme.Light, false)]
    [TestCase(1280, ColorScheme.Dark, true)]
    [TestCase(1600, ColorScheme.Light, true)]
    public async Task Screens_InAWindow_AreInOrder(int width, ColorScheme colors, bool hasScript)
    {
        await using var host = await StartAsync();
        await using var browser = await Browser.OpenAsync(width, colors, hasScript: hasScript);
        foreach (var (name, path) in Screens)
        {
            await browser.Page.GotoAsync(new Uri(host.Address, path).ToString());
            await browser.KeepPictureAsync($"ui-{name}-{width}-{colors}{(hasScript ? "" : "-no-script")}");

            Assert.That(await WidthAsync(browser.Page), Is.EqualTo(width), $"{path} scrolls sideways.");
            Assert.That(await browser.Page.EvaluateAsync<string>("getComputedStyle(document.body).fontFamily"), Does.Contain("system-ui"), "The style is refused.");
            if (hasScript)
            {
                Assert.That(await FaultsAsync(browser.Page), Is.Empty, path);
            }
        }

        Assert.That(browser.Errors, Is.Empty);
        Assert.That(browser.Asked, Is.EqualTo([host.Address.GetLeftPart(UriPartial.Authority)]));
    }

    [TestCase("/problems")]
    [TestCase("/problems/malformed-request")]
    public async Task Problems_Explained_AreAccessible(string path)
    {
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await Browser.OpenAsync(bypassesPolicy: true);
        await browser.Page.GotoAsync(new Uri(host.Address, path).ToString());

        Assert.That(await FaultsAsync(browser.Page), Is.Empty);
    }

    [Test]
    public async Task Film_Printed_ShowsNoButtons()
    {
        await using var host = await StartAsync();
        await using var browser = await Browser.OpenAsync();
        await browser.Page.GotoAsync(new Uri(host.Address, "/ui/films").ToString());
        await browser.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await browser.KeepPictureAsync("ui-print");

        Assert.That(await browser.Page.Locator("main button:visible, nav:visible, .button:visible").CountAsync(), Is.Zero);
        Assert.That(await browser.Page.Locator("tr[data-film]:visible").CountAsync(), Is.GreaterThan(2));
    }

    /// <summary>Violations of WCAG and of axe's best practices, as text.</summary>
    internal static async Task<string> FaultsAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions());
        return string.Join('\n', result.Violations.Select(fault => $"{fault.Id}: {fault.Help}: {string.Join("; ", fault.Nodes.Select(node => node.Html))}"));
    }

    private static Task<int> WidthAsync(IPage page) => page.EvaluateAsync<int>("document.documentElement.scrollWidth");

    private static async Task<FilmServiceHost> StartAsync()
    {
        var host = await FilmServiceHost.StartAsync();
        using var client = host.CreateClient();
        var lines = new StringBuilder();
        for (var number = 0; number < 120; number++)
        {
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""{"Name":"The Silent Night {{number}}","Year":{{1950 + (number % 70)}},"Month":{{(number % 5 == 0 ? "null" : "\"May\"")}}}""").Append('\n');
        }

        await client.SendAsync("POST", "/films", new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson"));
        await client.SendAsync("PUT", "/films/1", HttpRequests.Json("""{"name":"Avengers","year":2019}"""));
        await client.SendAsync("DELETE", "/films/2");
        await client.SendAsync("PUT", "/films/odd", HttpRequests.Json($$"""{"name":"<script>alert(1)</script>{{new string('x', 400)}}","year":2001}"""));
        return host;
    }
}
