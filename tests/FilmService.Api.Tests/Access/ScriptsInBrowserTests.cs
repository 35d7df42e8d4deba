using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>A page's script that meets 401, in a real browser.</summary>
public sealed class ScriptsInBrowserTests
{
    [TestCase("(await fetch('/hello_world')).status")]
    [TestCase("(await fetch('/hello_world', {headers: {Authorization: 'Basic ' + btoa('admin:wrong')}})).status")]
    [TestCase("await new Promise(done => { const request = new XMLHttpRequest(); request.open('GET', '/hello_world'); request.onloadend = () => done(request.status); request.send(); })")]
    public async Task Script_OfARequestThatNeedsALogIn_Gets401WithoutADialog(string request)
    {
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await Browser.OpenAsync();
        await browser.Page.GotoAsync(new Uri(host.Address, "/docs").ToString());
        var dialogs = await browser.CountLogInDialogsAsync();

        var status = await browser.Page.EvaluateAsync<int>($"async () => {request}");

        Assert.That((status, dialogs()), Is.EqualTo((401, 0)));
    }

    [Test]
    public async Task Navigation_ToAPageThatNeedsALogIn_OpensTheBrowsersDialog()
    {
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await Browser.OpenAsync();
        var dialogs = await browser.CountLogInDialogsAsync();

        var answer = await browser.Page.GotoAsync(new Uri(host.Address, "/hello_world").ToString());

        Assert.That((answer!.Status, dialogs()), Is.EqualTo((401, 1)));
    }
}
