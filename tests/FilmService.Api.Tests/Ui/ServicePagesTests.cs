using System.Text.RegularExpressions;
using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Ui;

/// <summary>The pages about OAuth clients, backups, the audit log and the health of the service.</summary>
public sealed class ServicePagesTests : UiTest
{
    protected override string[] Settings => AccessRequests.Scoped;

    [Test]
    public async Task AddClient_SentTwice_AddsOneThatGetsTokens()
    {
        var form = new Dictionary<string, string>(HiddenOf(await AdminAsync("/ui/add-client"), "/ui/add-client")) { ["name"] = "<b>nightly</b>", ["scopes"] = "films:read" };

        var (page, again) = (await SendAsync("/ui/add-client", form, AccessRequests.Root, "Accept-Encoding: gzip"), await SendAsync("/ui/add-client", form, AccessRequests.Root));

        Assert.That((page.Status, page.Field("Cache-Control"), again.Body), Is.EqualTo((200, "no-store", page.Body)));
        Assert.That(page.Body, Does.Not.Contain("<b>nightly"));
        var (id, secret) = ((string)Host.Query("SELECT client_id FROM oauth_clients")!, Regex.Match(page.Body, "fcs_[A-Za-z0-9_-]{48}").Value);
        Assert.That(await TokensTests.GetTokenAsync(Client, id, secret), Is.Not.Empty);
        Assert.That(TextOf(await AdminAsync("/ui/clients")), Does.Contain($"<b>nightly</b> {id} films:read root , just now").And.Not.Contain(secret));

        await SendAsync("/ui/clients/" + id, HiddenOf(await AdminAsync("/ui/clients/" + id), "/ui/clients/" + id), AccessRequests.Root);
        Assert.That((await AdminAsync("/ui/clients/" + id)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task AddClient_WithoutAScope_IsRefused()
    {
        var form = new Dictionary<string, string>(HiddenOf(await AdminAsync("/ui/add-client"), "/ui/add-client")) { ["name"] = "nightly" };

        var answer = await SendAsync("/ui/add-client", form, AccessRequests.Root);

        Assert.That((answer.Status, LinksOf(answer).Contains("#field-scopes"), answer.Body.Contains("value=\"nightly\"")), Is.EqualTo((400, true, true)));
    }

    [Test]
    public async Task Backup_MadeTwiceByOneForm_IsOneThatCanBeDownloadedAndDeleted()
    {
        var empty = await AdminAsync("/ui/backups");
        Assert.That(TextOf(empty), Does.Contain("There is no verified backup yet."));
        var form = HiddenOf(empty, "/ui/backups");
        await SendAsync("/ui/backups", form, AccessRequests.Root);
        var made = await SendAsync("/ui/backups", form, AccessRequests.Root);
        Assert.That((made.Status, made.Field("Location")), Is.EqualTo((303, "/ui/backups")));

        var list = await AdminAsync("/ui/backups");
        Assert.That(TextOf(list), Does.Contain("The last verified backup was made just now .").And.Contain($"{Revision(2)} 2 ").And.Contain(" verified Download"));
        var download = LinksOf(list).Single(link => link.StartsWith("/backups/", StringComparison.Ordinal));

        var page = "/ui" + download;
        var late = HiddenOf(await AdminAsync(page), page);
        await SendAsync(page, HiddenOf(await AdminAsync(page), page), AccessRequests.Root);
        Assert.That((await SendAsync(page, late, AccessRequests.Root)).Status, Is.EqualTo(404));
        Assert.That((await GetAsync("/backups", AccessRequests.Root)).Body, Is.EqualTo("""{"items":[]}"""));
    }

    [TestCase("films.db")]
    [TestCase("..%2Ffilms.db")]
    public async Task Backup_OfAnotherFile_IsUnknown(string name)
    {
        var form = HiddenOf(await AdminAsync("/ui/backups"), "/ui/backups");

        Assert.That((await AdminAsync("/ui/backups/" + name)).Status, Is.EqualTo(404));
        Assert.That((await SendAsync("/ui/backups/" + name, form, AccessRequests.Root)).Status, Is.EqualTo(404));
        Assert.That(File.Exists(Host.DatabasePath), Is.True);
    }

    [Test]
    public async Task Audit_OfManyEntries_IsPagedNewestFirst()
    {
        for (var number = 1; number <= 60; number++)
        {
            Host.Query($"INSERT INTO audit (at, \"by\", action, target) VALUES ({DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}, 'ann', 'user.saved', '<i>{number}</i>')");
        }

        var newest = await AdminAsync("/ui/audit");
        Assert.That(newest.Body, Does.Contain("&lt;i&gt;60&lt;/i&gt;").And.Not.Contain("<i>").And.Not.Contain("&gt;10&lt;"));
        var older = await AdminAsync(LinksOf(newest).Single(link => link.StartsWith("/ui/audit?before=", StringComparison.Ordinal)));
        Assert.That(older.Body, Does.Contain("&gt;1&lt;").And.Contain("&gt;10&lt;").And.Not.Contain("&gt;60&lt;"));
        Assert.That(LinksOf(older).Where(link => link.StartsWith("/ui/audit", StringComparison.Ordinal)), Is.EqualTo(new[] { "/ui/audit", "/ui/audit" }));
        Assert.That((await AdminAsync("/ui/audit?before=0")).Status, Is.EqualTo(200));
        Assert.That((await AdminAsync("/ui/audit?before=x")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Health_OfAReadyService_ShowsWhatThereIs()
    {
        var text = TextOf(await AdminAsync("/ui/health"));

        Assert.That(text, Does.StartWith("Health ready").And.Contain($"Revision {Revision(2)} Films 2 Writes a transaction was committed").And.Contain("free Backup none is verified yet"));
    }

    [TestCase("/ui/clients")]
    [TestCase("/ui/backups")]
    [TestCase("/ui/audit")]
    [TestCase("/ui/health")]
    public async Task Page_WithoutTheScope_SaysWhichItNeeds(string address)
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");

        var page = await PageAsync(address, Basic("ann", "tops3cret"));

        Assert.That((page.Status, TextOf(page).Contains("This request needs the scope 'admin'", StringComparison.Ordinal)), Is.EqualTo((403, true)));
    }

    private Task<HttpAnswer> AdminAsync(string address) => PageAsync(address, AccessRequests.Root);
}
