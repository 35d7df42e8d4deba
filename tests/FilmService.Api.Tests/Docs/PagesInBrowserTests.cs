using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Docs;

/// <summary>The HTML pages in a real browser.</summary>
public sealed class PagesInBrowserTests
{
    [Test]
    public async Task Docs_TryOutAndExecute_ShowsTheFilm()
    {
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await Browser.OpenAsync();
        await browser.Page.GotoAsync(new Uri(host.Address, "/docs").ToString());

        var operation = browser.Page.Locator("#operations-Films-getFilm");
        await operation.WaitForAsync();
        await browser.KeepPictureAsync("docs");
        await operation.Locator(".opblock-summary-control").ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        var answer = operation.Locator(".live-responses-table .response");
        await answer.WaitForAsync();
        await browser.KeepPictureAsync("docs-executed");

        Assert.That(await answer.Locator(".response-col_status").InnerTextAsync(), Does.StartWith("200"));
        Assert.That(await answer.InnerTextAsync(), Does.Contain("Avengers: Infinity War").And.Contain("films-revision"));
        Assert.That(browser.Errors, Is.Empty);
        Assert.That(browser.Asked, Is.EqualTo([host.Address.GetLeftPart(UriPartial.Authority)]));
    }

    [Test]
    public async Task Docs_PutAsForm_StoresTheFilm()
    {
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await Browser.OpenAsync();
        await browser.Page.GotoAsync(new Uri(host.Address, "/docs").ToString());

        var operation = browser.Page.Locator("#operations-Films-putFilm");
        await operation.Locator(".opblock-summary-control").ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();
        var answer = operation.Locator(".live-responses-table .response");
        await answer.WaitForAsync();
        await browser.KeepPictureAsync("docs-put");

        Assert.That(await answer.Locator(".response-col_status").InnerTextAsync(), Does.StartWith("201"));
        Assert.That(browser.Errors, Is.Empty);
    }

    [TestCase("/problems", 1200, ColorScheme.Light)]
    [TestCase("/problems", 360, ColorScheme.Dark)]
    [TestCase("/problems/film-not-found", 1200, ColorScheme.Dark)]
    [TestCase("/problems/precondition-failed", 360, ColorScheme.Light)]
    public async Task Problems_InAWindow_FitIt(string path, int width, ColorScheme colors)
    {
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await Browser.OpenAsync(width, colors);

        await browser.Page.GotoAsync(new Uri(host.Address, path).ToString());
        await browser.KeepPictureAsync($"{path.Trim('/').Replace('/', '-')}-{width}-{colors}");

        Assert.That(await browser.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.EqualTo(width));
        Assert.That(await browser.Page.EvaluateAsync<string>("getComputedStyle(document.body).fontFamily"), Does.Contain("system-ui"), "The page's style is refused.");
        Assert.That(browser.Errors, Is.Empty);
    }

    [TestCase("GET", "/docs", "docs/index.html")]
    [TestCase("HEAD", "/docs", "docs/index.html")]
    [TestCase("GET", "/docs/", "index.html")]
    public async Task Docs_WithoutAFile_LeadsToThePage(string method, string path, string location)
    {
        await using var host = await FilmServiceHost.StartAsync();

        var answer = await host.CreateClient().SendAsync(method, path);

        Assert.That((answer.Status, answer.Field("Location")), Is.EqualTo((301, location)));
    }
}
