using System.Text;
using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>The upload of a file on a slow line.</summary>
public sealed class UploadInBrowserTests : UiTest
{
    private const int Lines = 40_000;
    private const int BytesPerSecond = 500_000;

    private string _file = "";
    private Browser _browser = null!;
    private ICDPSession _line = null!;

    private IPage Page => _browser.Page;

    private ILocator Progress => Page.Locator("#progress");

    [SetUp]
    public async Task OpenAsync()
    {
        _file = Path.Combine(Host.Folder, "films.csv");
        await File.WriteAllLinesAsync(_file, Enumerable.Range(0, Lines).Select(number => $"A film with a name of some length {number},2001").Prepend("Name,Year"), Encoding.UTF8);
        _browser = await Browser.OpenAsync();
        _line = await Page.Context.NewCDPSessionAsync(Page);
        await _line.SendAsync("Network.enable");
        await ChooseAsync(Host.Address);
    }

    [TearDown]
    public async Task CloseAsync() => await _browser.DisposeAsync();

    [Test]
    public async Task Upload_OnASlowLine_ShowsItsProgressAndCanBeCancelled()
    {
        await SetLineAsync(BytesPerSecond);
        await ImportAsync();
        await Page.WaitForFunctionAsync("() => { const { value } = document.querySelector('#progress'); return value > 0 && value < 1; }");
        await Assertions.Expect(Progress).ToBeVisibleAsync();
        await _browser.KeepPictureAsync("ui-import-progress");
        Assert.That(await ScreensInBrowserTests.FaultsAsync(_browser), Is.Empty);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync("The upload was cancelled. Nothing was stored.");
        await Assertions.Expect(Progress).ToBeHiddenAsync();
        await AssertNothingStoredAsync();
        await SetLineAsync(-1);
        await ImportAsync();
        await Assertions.Expect(Page.Locator("#result")).ToContainTextAsync("Imported. 40,000 created", new() { Timeout = 30_000 });
        Assert.That(Host.Query("SELECT COUNT(*) FROM films"), Is.EqualTo(Lines + 2));
    }

    [Test]
    public async Task Upload_WhoseConnectionIsLostInTheMiddle_IsSentAgainAsAWhole()
    {
        await using var relay = new Relay(Host.Address, most: 1_000_000);
        await ChooseAsync(relay.Address);
        await ImportAsync();

        await Assertions.Expect(Page.Locator("#notice")).ToContainTextAsync("The connection was lost before the service answered.");
        await AssertNothingStoredAsync();
        relay.Mend();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        await Assertions.Expect(Page.Locator("#result")).ToContainTextAsync("Imported. 40,000 created", new() { Timeout = 30_000 });
        Assert.That(Host.Query("SELECT COUNT(*) FROM films"), Is.EqualTo(Lines + 2));
    }

    private async Task ChooseAsync(Uri service)
    {
        await Page.GotoAsync(new Uri(service, "/ui/import").ToString());
        await Page.Locator("#file").SetInputFilesAsync(_file);
    }

    private Task ImportAsync() => Page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();

    /// <param name="bytesPerSecond">How much can be sent; -1 for as much as possible.</param>
    private async Task SetLineAsync(int bytesPerSecond) => await _line.SendAsync("Network.emulateNetworkConditions", new()
    {
        ["offline"] = false,
        ["latency"] = 0,
        ["downloadThroughput"] = -1,
        ["uploadThroughput"] = bytesPerSecond,
    });
}
