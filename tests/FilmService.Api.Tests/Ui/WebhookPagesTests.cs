using FilmService.Api.Tests.Hosting;
using FilmService.Api.Tests.Webhooks;
using Microsoft.AspNetCore.Http;

namespace FilmService.Api.Tests.Ui;

/// <summary>The pages about webhooks, as a browser without script sends their forms.</summary>
public sealed class WebhookPagesTests : UiTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string Admin = Basic("admin", "atCh_5K}?g");

    private Receiver _receiver = null!;

    [SetUp]
    public async Task StartReceiverAsync() => _receiver = await Receiver.StartAsync();

    [TearDown]
    public async Task StopReceiverAsync() => await _receiver.DisposeAsync();

    [Test]
    public async Task List_WithoutWebhooks_SaysSo() =>
        Assert.That(TextOf(await AdminAsync("/ui/webhooks")), Is.EqualTo("Webhooks Add a webhook No webhooks yet. A webhook sends every change of a film to a URL."));

    [Test]
    public async Task Add_OfAUrl_ShowsTheSecretOnceAndSendsChanges()
    {
        var made = await AddAsync(_receiver.Url, "search index");

        Assert.That((made.Status, made.Field("Cache-Control")), Is.EqualTo((200, "no-store")));
        var secret = System.Text.RegularExpressions.Regex.Match(System.Net.WebUtility.HtmlDecode(made.Body), "whsec_[A-Za-z0-9+/=]+").Value;
        await PutAsync("9", UpArguments);
        Assert.That((await _receiver.NextAsync()).IsSignedBy(secret), Is.True);
        var list = await UntilAsync("/ui/webhooks", "everything is delivered");
        Assert.That(TextOf(list), Does.Contain($"{_receiver.Url} search index active 204 just now everything is delivered").And.Not.Contain("whsec_"));
        Assert.That(TextOf(await AdminAsync(Address())), Does.Contain($"just now {Revision(3)} 204 1 ").And.Not.Contain("whsec_"));
    }

    [TestCase("", "", "url")]
    [TestCase("https://user@search.example/", "", "url")]
    [TestCase("https://10.0.0.1/", "", "url")]
    [TestCase("javascript:alert(1)", "", "url")]
    [TestCase("https://search.example/", "two\nlines", "description")]
    public async Task Add_OfAnInvalidField_LeadsToItAndStoresNothing(string url, string description, string field)
    {
        var answer = await AddAsync(url, description);

        Assert.That((answer.Status, Host.Query("SELECT COUNT(*) FROM webhooks")), Is.EqualTo((400, 0L)));
        Assert.That(LinksOf(answer), Does.Contain("#field-" + field));
        Assert.That(answer.Body, Does.Contain($"value=\"{System.Net.WebUtility.HtmlEncode(url)}\"").Or.Contain("value=\"https://user@search.example/\""));
    }

    [Test]
    public async Task Add_SentAgainAfterARestart_AddsOne()
    {
        var form = await AddFormAsync(_receiver.Url, "search index");
        await SendAsync("/ui/add-webhook", form, Admin);
        await RestartAsync();

        var again = await SendAsync("/ui/add-webhook", form, Admin);
        var other = await SendAsync("/ui/add-webhook", new Dictionary<string, string>(form) { ["url"] = "https://search.example/" }, Admin);

        Assert.That(TextOf(again), Does.StartWith($"“{_receiver.Url}” was made already").And.Not.Contain("whsec_"));
        Assert.That(TextOf(other), Does.Contain("This form was sent already, with other values."));
        Assert.That(Host.Query("SELECT COUNT(*) FROM webhooks"), Is.EqualTo(1));
    }

    [Test]
    public async Task Change_OfTheUrl_KeepsTheRest()
    {
        await AddAsync(_receiver.Url, "search index");

        var saved = await SendAsync(Address(), new Dictionary<string, string>(HiddenOf(await AdminAsync(Address()), Address())) { ["url"] = "https://search.example/a", ["description"] = "" }, Admin);
        var wrong = await SendAsync(Address(), new Dictionary<string, string>(HiddenOf(await AdminAsync(Address()), Address())) { ["url"] = "ftp://search.example/a", ["description"] = "mine" }, Admin);

        Assert.That((saved.Status, saved.Field("Location")), Is.EqualTo((303, Address())));
        Assert.That(wrong.Status, Is.EqualTo(400));
        Assert.That(wrong.Body, Does.Contain("value=\"ftp://search.example/a\"").And.Contain("value=\"mine\""));
        Assert.That(Host.Query("SELECT url || coalesce(description, ' none') FROM webhooks"), Is.EqualTo("https://search.example/a none"));
    }

    [Test]
    public async Task Pause_ThenResume_DeliversWhatCameMeanwhile()
    {
        await AddAsync(_receiver.Url);
        await PressAsync("/enabled", "false");
        await PutAsync("9", UpArguments);
        Assert.That(TextOf(await AdminAsync(Address())), Does.Contain("paused · 1 change to deliver"));

        await PressAsync("/enabled", "true");

        Assert.That((await _receiver.NextAsync()).Numbers, Is.EqualTo(new[] { 3L }));
        Assert.That(Host.Query("SELECT GROUP_CONCAT(detail) FROM audit WHERE action = 'webhook.changed'"), Is.EqualTo("enabled false,enabled true"));
    }

    [Test]
    public async Task Receiver_ThatFails_IsShownWithTheErrorAndTriedAgain()
    {
        _receiver.Answer = Receiver.Status(500);
        await AddAsync(_receiver.Url);
        await PutAsync("9", UpArguments);
        await _receiver.NextAsync();
        var page = await UntilAsync(Address(), "failing");
        Assert.That(TextOf(page), Does.Match("failing first failed just now ; 1 attempt, the next within a minute · 1 change to deliver").And.Contain("500").And.Contain("Try now"));
        Assert.That(TextOf(await AdminAsync("/ui/webhooks")), Does.Contain("failing"));
        _receiver.Answer = Receiver.Status(204);

        await PressAsync("/enabled", "true");

        await _receiver.NextAsync();
        await UntilAsync(Address(), "active");
    }

    [Test]
    public async Task Receiver_ThatIsGone_IsShownWithTheReason()
    {
        _receiver.Answer = Receiver.Status(410);
        await AddAsync(_receiver.Url);
        await PutAsync("9", UpArguments);

        await UntilAsync(Address(), "stopped The receiver answered 410 Gone.");
        Assert.That(TextOf(await AdminAsync("/ui/webhooks")), Does.Contain("stopped The receiver answered 410 Gone."));
    }

    [TestCase(204, "The test has arrived. 204 after ")]
    [TestCase(503, "The test has failed. 503 ")]
    public async Task Test_OfTheReceiver_ShowsWhatCameOfIt(int status, string text)
    {
        _receiver.Answer = Receiver.Status(status);
        await AddAsync(_receiver.Url);
        var form = HiddenOf(await AdminAsync(Address()), Address() + "/test");

        var (first, second) = (await SendAsync(Address() + "/test", form, Admin), await SendAsync(Address() + "/test", form, Admin));

        Assert.That((first.Status, first.Field("Location")), Is.EqualTo((303, second.Field("Location"))));
        Assert.That(TextOf(await AdminAsync(first.Field("Location")!)), Does.Contain(text).And.Contain("test"));
        Assert.That((await _receiver.NextAsync()).Body, Is.EqualTo("""{"test":true}"""));
        Assert.That(_receiver.Waiting, Is.Zero);
    }

    [Test]
    public async Task NewSecret_Asked_SignsBesideTheEarlierOne()
    {
        await AddAsync(_receiver.Url);
        var form = HiddenOf(await AdminAsync(Address() + "/secret"), Address() + "/secret");
        Assert.That(Host.Query("SELECT COUNT(*) FROM audit WHERE action = 'webhook.secret-rotated'"), Is.Zero, "Asking changes nothing.");

        var page = await SendAsync(Address() + "/secret", form, Admin);

        Assert.That(TextOf(page), Does.Contain("The webhook has a new secret").And.Contain("whsec_"));
        await PutAsync("9", UpArguments);
        Assert.That((await _receiver.NextAsync()).Signatures, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task SendAgain_OfADelivery_SendsItsChangesOnceMore()
    {
        await AddAsync(_receiver.Url);
        await PutAsync("9", UpArguments);
        await _receiver.NextAsync();
        var link = LinksOf(await UntilAsync(Address(), "Send again")).Single(link => link.Contains("?since=", StringComparison.Ordinal));
        var page = await AdminAsync(link);
        Assert.That(page.Body, Does.Contain($"value=\"{Revision(2)}\""));

        await SendAsync(Address() + "/replay", new Dictionary<string, string>(HiddenOf(page, Address() + "/replay")) { ["since"] = Revision(1) }, Admin);

        Assert.That((await _receiver.NextAsync()).Numbers, Is.EqualTo(new[] { 2L, 3L }));
    }

    [TestCase("", 400, "since must be a revision")]
    [TestCase("<b>", 400, "since must be a revision")]
    [TestCase("k3f9-1", 410, "")]
    public async Task SendAgain_OfARevisionThatCannotBe_SaysSo(string since, int status, string text)
    {
        await AddAsync(_receiver.Url);

        var answer = await SendAsync(Address() + "/replay", new Dictionary<string, string>(HiddenOf(await AdminAsync(Address() + "/replay"), Address() + "/replay")) { ["since"] = since }, Admin);

        Assert.That((answer.Status, TextOf(answer).Contains(text, StringComparison.Ordinal)), Is.EqualTo((status, true)));
        Assert.That(answer.Body, Does.Not.Contain("<b>"));
    }

    [Test]
    public async Task Delete_ByTwoBrowsers_SaysThatItIsGone()
    {
        await AddAsync(_receiver.Url);
        var address = Address();
        var (one, other) = (await AdminAsync(address + "/delete"), await AdminAsync(address + "/delete"));

        Assert.That((await SendAsync(address + "/delete", HiddenOf(one, address + "/delete"), Admin)).Field("Location"), Is.EqualTo("/ui/webhooks"));

        var late = await SendAsync(address + "/delete", HiddenOf(other, address + "/delete"), Admin);
        Assert.That((late.Status, TextOf(late)), Is.EqualTo((404, $"Webhook {address.Split('/')[^1]} doesn't exist Perhaps somebody else has deleted it meanwhile. Nothing was changed. Back to the list")));
        foreach (var path in new[] { "", "/secret", "/replay", "/delete" })
        {
            Assert.That((await AdminAsync(address + path)).Status, Is.EqualTo(404), path);
        }
    }

    [Test]
    public async Task Attempts_OfALongTime_AreShownInPart()
    {
        await AddAsync(_receiver.Url);
        Host.Query($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
            INSERT INTO webhook_attempts (webhook_id, number, delivery_id, at, attempt, status, duration, first, last, error)
            SELECT '{Address().Split('/')[^1]}', i, 'msg_' || i, 1700000000000 + i, 1, 204, 12, 'k3f9-' || i, 'k3f9-' || i, NULL FROM n
            """);

        var (some, all) = (await AdminAsync(Address()), await AdminAsync(Address() + "?all=true"));

        Assert.That((TextOf(some).Split("Send again k3f9-").Length, LinksOf(some).Count(link => link.Contains("?since=k3f9-", StringComparison.Ordinal))), Is.EqualTo((1, 50)));
        Assert.That(TextOf(some), Does.Contain("k3f9-1000").And.EndWith("All 1,000 attempts"));
        Assert.That(LinksOf(all).Count(link => link.Contains("?since=k3f9-", StringComparison.Ordinal)), Is.EqualTo(1000));
    }

    [Test]
    public async Task Description_OfMarkup_IsText()
    {
        await AddAsync(_receiver.Url + "?<script>", "<script>alert(1)</script>");
        await AddAsync(_receiver.Url, "<script>alert(1)</script>");

        foreach (var address in new[] { "/ui/webhooks", Address(), Address() + "/delete" })
        {
            Assert.That((await AdminAsync(address)).Body, Does.Not.Contain("<script>alert"), address);
        }
    }

    [TestCase("/ui/webhooks")]
    [TestCase("/ui/add-webhook")]
    [TestCase("/ui/webhooks/none")]
    public async Task Pages_WithoutAdmin_AskForALogin(string address) => Assert.That((await PageAsync(address)).Status, Is.EqualTo(StatusCodes.Status401Unauthorized));

    private string Address() => "/ui/webhooks/" + Host.Query("SELECT id FROM webhooks");

    private Task<HttpAnswer> AdminAsync(string address) => PageAsync(address, Admin);

    private async Task<Dictionary<string, string>> AddFormAsync(string url, string description) =>
        new(HiddenOf(await AdminAsync("/ui/add-webhook"), "/ui/add-webhook")) { ["url"] = url, ["description"] = description };

    private async Task<HttpAnswer> AddAsync(string url, string description = "") => await SendAsync("/ui/add-webhook", await AddFormAsync(url, description), Admin);

    private async Task PressAsync(string button, string enabled)
    {
        var form = new Dictionary<string, string>(HiddenOf(await AdminAsync(Address()), Address() + button)) { ["enabled"] = enabled };
        Assert.That((await SendAsync(Address() + button, form, Admin)).Status, Is.EqualTo(303));
    }

    private async Task<HttpAnswer> UntilAsync(string address, string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        for (var page = await AdminAsync(address); ; page = await AdminAsync(address))
        {
            if (TextOf(page).Contains(text, StringComparison.Ordinal))
            {
                return page;
            }

            await Task.Delay(10, patience.Token);
        }
    }

    private async Task RestartAsync()
    {
        await Host.RestartAsync();
        Client.Dispose();
        Client = Host.CreateClient();
    }
}
