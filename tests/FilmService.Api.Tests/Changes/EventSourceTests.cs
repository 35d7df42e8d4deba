using System.Text.Json.Nodes;
using FilmService.Api.Changes;
using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Changes;

/// <summary>A page's EventSource, in a real browser: it is told why there is no stream.</summary>
public sealed class EventSourceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // What the page sees first: a reset's data, a change's data, or that the source is closed for good.
    private const string Follow =
        """
        address => new Promise(done => {
            const source = window.source = new EventSource(address);
            source.addEventListener('reset', event => { source.close(); done(event.data); });
            source.onmessage = event => done(event.data);
            source.onerror = () => { if (source.readyState === EventSource.CLOSED) done('{"closed":true}'); };
        })
        """;

    [TestCase("/changes?since=aaaaaa-1", 410, "/problems/feed-reset")]
    [TestCase("/changes?since=rubbish", 400, "/problems/invalid-parameters")]
    [TestCase("/changes?limit=5", 400, "/problems/invalid-parameters")]
    [TestCase("/changes?sinse=0", 400, "/problems/invalid-parameters")]
    [TestCase("/changes", 401, "/problems/not-logged-in", "Access:Read=Scoped")]
    [TestCase("/films", 406, "/problems/not-acceptable")]
    [TestCase("/feed", 404, "/problems/not-found")]
    public async Task EventSource_ThatCannotBeServed_GetsTheProblemAsAnEvent(string address, int status, string type, params string[] settings)
    {
        await using var host = await FilmServiceHost.StartAsync(settings);
        await using var browser = await OpenPageAsync(host);

        var problem = await FollowAsync(browser, address);

        Assert.That(((int?)problem["status"], (string?)problem["type"]), Is.EqualTo(((int?)status, type)), problem.ToJsonString());
    }

    [Test]
    public async Task EventSource_TooManyStreams_IsToldWhenToComeAgain()
    {
        await using var host = await FilmServiceHost.StartWithAsync(services => services.AddSingleton(new StreamLimits { MaxStreams = 1 }));
        await using var taken = await EventReader.OpenAsync(host.CreateClient());
        await using var browser = await OpenPageAsync(host);

        Assert.That((int?)(await FollowAsync(browser, "/changes"))["status"], Is.EqualTo(429));
    }

    [Test]
    public async Task EventSource_OfAnotherOrigin_GetsTheProblemAsAnEvent()
    {
        await using var page = await FilmServiceHost.StartAsync();
        await using var host = await FilmServiceHost.StartAsync($"Cors:Origins:0={page.Address}");
        await using var browser = await Browser.OpenAsync(bypassesPolicy: true);
        await browser.Page.GotoAsync(new Uri(page.Address, "/docs").ToString());

        var problem = await FollowAsync(browser, new Uri(host.Address, "/changes?since=aaaaaa-1").ToString());

        Assert.That((int?)problem["status"], Is.EqualTo(410), string.Join('\n', browser.Errors));
    }

    [Test]
    public async Task EventSource_DatabaseIsReplacedDuringTheStream_IsToldWhenItResumes()
    {
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await OpenPageAsync(host);
        Assert.That((string?)(await FollowAsync(browser, "/changes?since=0"))["Id"], Is.EqualTo("1"));

        var port = host.Address.Port;
        var problem = browser.Page.EvaluateAsync<string>("new Promise(done => window.source.addEventListener('reset', event => done(event.data)))");
        host.Query("UPDATE revision SET epoch = 'zzzzzz'");
        await host.RestartAsync($"urls=http://127.0.0.1:{port}");

        Assert.That((string?)JsonNode.Parse(await problem.WaitAsync(Patience))!["type"], Is.EqualTo("/problems/feed-reset"));
    }

    [TestCase("/changes?since=aaaaaa-1", "startAgain")]
    [TestCase("/changes?since=rubbish", "report")]
    [TestCase("/changes?since=0", "apply")]
    public async Task EventSource_AsTheGuideShows_TellsThePage(string address, string function)
    {
        var script = File.ReadAllText(Repository.Path("docs/changes.md")).Split("```js\n")[1].Split("```")[0].Replace("'/changes'", $"'{address}'", StringComparison.Ordinal);
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await OpenPageAsync(host);

        var called = await browser.Page.EvaluateAsync<string>(
            $"new Promise(done => {{ const [apply, startAgain, logIn, report] = ['apply', 'startAgain', 'logIn', 'report'].map(name => () => done(name)); {script} }})").WaitAsync(Patience);

        Assert.That(called, Is.EqualTo(function));
    }

    [Test]
    public async Task Fetch_OfAStreamThatCannotBeServed_SeesTheStatus()
    {
        await using var host = await FilmServiceHost.StartAsync();
        await using var browser = await OpenPageAsync(host);

        var status = await browser.Page.EvaluateAsync<int>("async () => (await fetch('/changes?since=aaaaaa-1', {headers: {Accept: 'text/event-stream'}})).status");

        Assert.That(status, Is.EqualTo(410));
    }

    [TestCase("Cache-Control: no-cache")]
    [TestCase("Cache-Control: no-cache", "Sec-Fetch-Mode: cors")]
    [TestCase("Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty", "Sec-Fetch-Site: same-origin")]
    public async Task Request_OfAnotherClient_GetsTheStatus(params string[] fields)
    {
        await using var host = await FilmServiceHost.StartAsync();

        var answer = await host.CreateClient().SendAsync("GET", "/changes?since=aaaaaa-1", null, ["Accept: text/event-stream", .. fields]);

        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((410, "application/problem+json")));
    }

    [Test]
    public async Task Request_OfAnEventSource_GetsAnEventThatEndsTheAnswer()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        using var client = new HttpClient { BaseAddress = host.Address };

        var answer = await client.SendAsync("GET", "/changes", null, "Accept: text/event-stream", "Cache-Control: no-cache", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty");

        Assert.That((answer.Status, answer.ContentType, answer.Field("WWW-Authenticate"), answer.Field("Cache-Control")), Is.EqualTo((200, "text/event-stream", (string?)null, "no-store")));
        Assert.That(answer.Body, Does.Match("^event: reset\nretry: 60000\ndata: {\"type\":\"/problems/not-logged-in\",[^\n]+}\n\n$"));
    }

    private static async Task<Browser> OpenPageAsync(FilmServiceHost host)
    {
        var browser = await Browser.OpenAsync();
        await browser.Page.GotoAsync(new Uri(host.Address, "/docs").ToString());
        return browser;
    }

    private static async Task<JsonNode> FollowAsync(Browser browser, string address) => JsonNode.Parse(await browser.Page.EvaluateAsync<string>(Follow, address).WaitAsync(Patience))!;
}
