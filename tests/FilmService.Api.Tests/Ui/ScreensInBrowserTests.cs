using Deque.AxeCore.Commons;
using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>What pages look like in Chromium, on paper and to assistive technology.</summary>
public sealed class ScreensInBrowserTests
{
    private const string Check = """
        async ({ except, rule }) => {
          const { violations } = await axe.run(except ? { exclude: [except] } : document, rule ? { runOnly: { type: 'rule', values: [rule] } } : {});
          return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.html).join('; ')}`).join('\n');
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    [TestCase("/problems")]
    [TestCase("/problems/malformed-request")]
    public async Task Problems_Explained_AreAccessible(string path)
    {
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await Browser.OpenAsync(bypassesPolicy: true);
        await browser.Page.GotoAsync(new Uri(host.Address, path).ToString());

        Assert.That(await FaultsAsync(browser.Page), Is.Empty);
    }

    /// <summary>What is inside is Swagger UI's own.</summary>
    [Test]
    public async Task Docs_AroundSwaggerUi_AreAccessible()
    {
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await Browser.OpenAsync(bypassesPolicy: true);
        await browser.Page.GotoAsync(new Uri(host.Address, "/docs/index.html").ToString());
        await browser.Page.Locator("#operations-Films-getFilm").WaitForAsync();

        Assert.That(await FaultsAsync(browser.Page, "#swagger-ui > *"), Is.Empty);
    }

    [Test]
    public async Task Film_Printed_ShowsNoButtons()
    {
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await Browser.OpenAsync();
        await browser.Page.GotoAsync(new Uri(host.Address, "/ui/films").ToString());
        await browser.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await browser.KeepPictureAsync("ui-print");

        Assert.That(await browser.Page.Locator("main button:visible, nav:visible, .button:visible").CountAsync(), Is.Zero);
        Assert.That(await browser.Page.Locator("tr[data-film]:visible").CountAsync(), Is.EqualTo(2));
    }

    /// <summary>Violations of WCAG and of axe's best practices, as text.</summary>
    /// <param name="page">The page.</param>
    /// <param name="except">A selector of what somebody else has made; null for nothing.</param>
    /// <param name="rule">The only rule to check; null for all.</param>
    internal static async Task<string> FaultsAsync(IPage page, string? except = null, string? rule = null)
    {
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string>(Check, new { except, rule });
    }

    /// <inheritdoc cref="FaultsAsync(IPage, string, string)"/>
    internal static Task<string> FaultsAsync(Browser browser, string? rule = null) => browser.RunScriptAsync(page => FaultsAsync(page, rule: rule));
}
