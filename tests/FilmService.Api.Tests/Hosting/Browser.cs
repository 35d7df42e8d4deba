using System.Text.Json;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Hosting;

/// <summary>A page in Chromium that records errors and requests. Screenshots are saved with the test results.</summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    // Playwright's own switch would also stop a script of a test that waits for something.
    private ICDPSession? _withoutScript;

    public IPage Page { get; }

    /// <summary>Console errors, including violations of the content security policy, and uncaught exceptions.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The origins that the page sent requests to, such as <c>http://127.0.0.1:41234</c>.</summary>
    public HashSet<string> Asked { get; } = [];

    /// <summary>Opens an empty page of this width, in light or dark mode.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="colors">The user's preference.</param>
    /// <param name="bypassesPolicy">True to ignore the content security policy of pages, so that they can connect to other origins.</param>
    /// <param name="hasScript">False to run none of the page's scripts.</param>
    public static async Task<Browser> OpenAsync(int width = 1200, ColorScheme colors = ColorScheme.Light, bool bypassesPolicy = false, bool hasScript = true)
    {
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = Arguments,
        });
        var page = await chromium.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = colors, BypassCSP = bypassesPolicy });
        var browser = new Browser(playwright, chromium, page);
        page.Console += (_, message) => browser.Remember(message);
        page.PageError += (_, error) => browser.Errors.Add(error);
        page.Request += (_, request) => browser.Remember(new Uri(request.Url));
        if (!hasScript)
        {
            browser._withoutScript = await page.Context.NewCDPSessionAsync(page);
            await browser.DisableScriptAsync(true);
        }

        return browser;
    }

    /// <summary>Runs a script of a test, also in a page that runs none of its own: they were skipped when it was read.</summary>
    public async Task<T> RunScriptAsync<T>(Func<IPage, Task<T>> script)
    {
        await DisableScriptAsync(false);
        var result = await script(Page);
        await DisableScriptAsync(true);
        return result;
    }

    /// <summary>Saves a screenshot of the full page as <c>TestResults/screenshots/{name}.png</c>.</summary>
    public async Task KeepPictureAsync(string name)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "TestResults", "screenshots", name + ".png");
        await Page.ScreenshotAsync(new() { Path = path, FullPage = true });
        TestContext.AddTestAttachment(path);
    }

    /// <summary>
    /// Counts from now on how often the browser would ask the user for a password, and cancels each of these dialogs.
    /// </summary>
    public async Task<Func<int>> CountLogInDialogsAsync()
    {
        var (session, count) = (await Page.Context.NewCDPSessionAsync(Page), 0);
        session.Event("Fetch.requestPaused").OnEvent += (_, request) => session.SendAsync("Fetch.continueRequest", IdOf(request));
        session.Event("Fetch.authRequired").OnEvent += (_, request) =>
        {
            Interlocked.Increment(ref count);
            _ = session.SendAsync("Fetch.continueWithAuth", new(IdOf(request)) { ["authChallengeResponse"] = new { response = "CancelAuth" } });
        };
        await session.SendAsync("Fetch.enable", new() { ["handleAuthRequests"] = true });
        return () => Volatile.Read(ref count);
    }

    private static Dictionary<string, object> IdOf(JsonElement? request) => new() { ["requestId"] = request!.Value.GetProperty("requestId").GetString()! };

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private Task DisableScriptAsync(bool isDisabled) =>
        _withoutScript?.SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = isDisabled }) ?? Task.CompletedTask;

    private void Remember(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning")
        {
            Errors.Add($"{message.Type}: {message.Text}");
        }
    }

    private void Remember(Uri address)
    {
        if (address.Scheme != "data")
        {
            Asked.Add(address.GetLeftPart(UriPartial.Authority));
        }
    }
}
