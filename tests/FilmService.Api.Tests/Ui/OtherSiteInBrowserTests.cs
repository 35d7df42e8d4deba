using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;
using Microsoft.Playwright;

namespace FilmService.Api.Tests.Ui;

/// <summary>What a page of another site can do in the browser of somebody who is logged in.</summary>
public sealed class OtherSiteInBrowserTests : UiTest
{
    private const string OtherSite = "http://evil.example/";

    private Browser _browser = null!;

    protected override string[] Settings => AccessRequests.Scoped;

    private IPage Page => _browser.Page;

    [SetUp]
    public async Task LogInAsync()
    {
        _browser = await Browser.OpenAsync();
        await Page.GotoAsync(AddressOf("/ui/log-in?to=/ui/films/1"));
        await Page.GetByLabel("Name").FillAsync("root");
        await Page.GetByLabel("Password").FillAsync("correct horse");
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Page.Locator("h1")).ToHaveTextAsync("Avengers: Infinity War");
    }

    [TearDown]
    public async Task CloseAsync() => await _browser.DisposeAsync();

    [TestCase("/ui/films/1", "<input name='name' value='Evil'><input name='year' value='2001'>")]
    [TestCase("/ui/films/1/delete", "")]
    [TestCase("/ui/add", "<input name='name' value='Evil'><input name='year' value='2001'>")]
    [TestCase("/ui/import", "<textarea name='text'>Name,Year&#10;Evil,2001</textarea>")]
    [TestCase("/ui/log-out", "")]
    public async Task Form_OfAnotherSite_IsRefused(string address, string fields)
    {
        await GoAsync($"<form method='post' action='{AddressOf(address)}' enctype='{(address == "/ui/import" ? "multipart/form-data" : "application/x-www-form-urlencoded")}'>{fields}<button>Win</button></form>");

        var answer = await Page.RunAndWaitForResponseAsync(() => Page.GetByRole(AriaRole.Button).ClickAsync(), AddressOf(address));

        Assert.That((answer.Status, await answer.Request.HeaderValueAsync("Cookie")), Is.EqualTo((403, (string?)null)));
        Assert.That((await GetAsync("/films", AccessRequests.Root)).Body, Is.EqualTo(NewCatalogue));
        await Page.GotoAsync(AddressOf("/ui/films/1"));
        await Assertions.Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Log out" })).ToBeVisibleAsync();
    }

    [Test]
    public async Task Script_OfAnotherSite_ReadsNothing()
    {
        await GoAsync("<p>Nothing to see</p>");

        Assert.That(await Page.EvaluateAsync<string>("address => fetch(address, { credentials: 'include' }).then(answer => answer.text(), () => 'refused')", AddressOf("/ui/films")), Is.EqualTo("refused"));
    }

    private async Task GoAsync(string html)
    {
        await Page.RouteAsync(OtherSite, route => route.FulfillAsync(new() { ContentType = "text/html", Body = html }));
        await Page.GotoAsync(OtherSite);
    }

    private string AddressOf(string path) => new Uri(Host.Address, path).ToString();
}
