using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Ui;

/// <summary>The pages about users and API keys, as a browser without script sends their forms.</summary>
public sealed class AdministrationTests : UiTest
{
    protected override string[] Settings => AccessRequests.Scoped;

    [Test]
    public async Task AddUser_WithAPassword_LetsThePersonLogIn()
    {
        var answer = await AddUserAsync("ann", "tops3cret", "films:write");

        Assert.That((answer.Status, answer.Field("Location"), answer.Field("Cache-Control")), Is.EqualTo((303, "/ui/users", "no-store")));
        Assert.That(TextOf(await AdminAsync("/ui/users")), Does.Contain("ann films:write").And.Contain("root (you) admin from the settings"));
        Assert.That((await GetAsync("/me", Basic("ann", "tops3cret"))).Body, Does.Contain("films:write"));
    }

    [TestCase("", "tops3cret", "films:read", "name")]
    [TestCase("a:b", "tops3cret", "films:read", "name")]
    [TestCase("two\nlines", "tops3cret", "films:read", "name")]
    [TestCase("ann", "short", "films:read", "password")]
    [TestCase("ann", "tops3cret", "", "scopes")]
    [TestCase("ann", "tops3cret", "everything", "scopes")]
    [TestCase("root", "tops3cret", "films:read", "name")]
    [TestCase("..", "tops3cret", "films:read", "name")]
    public async Task AddUser_WithAnInvalidField_LeadsToItAndStoresNothing(string name, string password, string scopes, string field)
    {
        var answer = await AddUserAsync(name, password, scopes);

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(LinksOf(answer), Does.Contain("#field-" + field));
        Assert.That(answer.Body, Does.Not.Contain("value=\"tops3cret\"").And.Not.Contain("value=\"short\""));
        Assert.That(await CountAsync("users"), Is.Zero);
    }

    [TestCase("<script>alert(1)</script>")]
    [TestCase("🎬🎬🎬")]
    [TestCase("a/b?c#d%2F")]
    public async Task User_OfAnOddName_IsListedChangedAndDeleted(string name)
    {
        await AddUserAsync(name, "tops3cret", "films:read");
        var list = await AdminAsync("/ui/users");
        Assert.That(list.Body, Does.Not.Contain("<script>alert"));
        var address = "/ui/users/" + Uri.EscapeDataString(name);
        Assert.That(LinksOf(list), Does.Contain(address));

        var changed = await SendAsync(address, new Dictionary<string, string>(HiddenOf(await AdminAsync(address), address)) { ["password"] = "tops3cret", ["scopes"] = "admin" }, AccessRequests.Root);
        Assert.That((changed.Status, Host.Query("SELECT scopes FROM users")), Is.EqualTo((303, "admin")));
        await SendAsync(address + "/delete", HiddenOf(await AdminAsync(address + "/delete"), address + "/delete"), AccessRequests.Root);
        Assert.That(await CountAsync("users"), Is.Zero);
    }

    [Test]
    public async Task DeleteUser_ByTwoBrowsers_SaysThatItIsGone()
    {
        await AddUserAsync("ann", "tops3cret", "films:read");
        var (one, other) = (await AdminAsync("/ui/users/ann/delete"), await AdminAsync("/ui/users/ann/delete"));
        await SendAsync("/ui/users/ann/delete", HiddenOf(one, "/ui/users/ann/delete"), AccessRequests.Root);

        var late = await SendAsync("/ui/users/ann/delete", HiddenOf(other, "/ui/users/ann/delete"), AccessRequests.Root);

        Assert.That(late.Status, Is.EqualTo(404));
        Assert.That(TextOf(late), Does.StartWith("User ann doesn't exist Perhaps somebody else has deleted it meanwhile."));
    }

    [Test]
    public async Task DeleteUser_FromTheSettings_IsRefused()
    {
        var (asked, answer) = (await AdminAsync("/ui/users/root/delete"), await SendAsync("/ui/users/root/delete", new Dictionary<string, string> { ["key"] = "1" }, AccessRequests.Root));

        Assert.That((asked.Status, answer.Status), Is.EqualTo((200, 409)));
        Assert.That(new[] { TextOf(asked), TextOf(answer) }, Is.All.Contains("User root is defined in settings"));
    }

    [Test]
    public async Task AddUser_ByManyAdministratorsAtOnce_AddsOneAndChangesNobodysPassword()
    {
        var forms = new List<Dictionary<string, string>>();
        for (var number = 0; number < 8; number++)
        {
            forms.Add(new(HiddenOf(await AdminAsync("/ui/add-user"), "/ui/add-user")) { ["name"] = "ann", ["password"] = $"tops3cret {number}", ["scopes"] = "films:read" });
        }

        var answers = await Task.WhenAll(forms.Select(form => SendAsync("/ui/add-user", form, AccessRequests.Root)));

        var added = answers.Index().Where(answer => answer.Item.Status == 303).ToList();
        Assert.That(added, Has.Count.EqualTo(1));
        Assert.That(answers.Where(answer => answer.Status != 303).Select(answer => TextOf(answer).Contains("There is a user ann already.", StringComparison.Ordinal)), Is.All.True);
        Assert.That((await GetAsync("/me", Basic("ann", $"tops3cret {added[0].Index}"))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task ChangeUser_WithoutAPassword_KeepsItAndTheSession()
    {
        await AddUserAsync("ann", "tops3cret", "films:read");
        var session = await Client.LogInAsync("ann", "tops3cret");

        var answer = await ChangeUserAsync("ann", "", "films:write");

        Assert.That(answer.Status, Is.EqualTo(303));
        Assert.That((await GetAsync("/me", session)).Body, Does.Contain("\"ann\"").And.Contain("films:write"));
        Assert.That((await GetAsync("/me", Basic("ann", "tops3cret"))).Body, Does.Contain("films:write"));
    }

    [Test]
    public async Task ChangeUser_ToAnInvalidPassword_IsRefused()
    {
        await AddUserAsync("ann", "tops3cret", "films:read");

        Assert.That((await ChangeUserAsync("ann", "short", "films:write")).Status, Is.EqualTo(400));

        Assert.That((await GetAsync("/me", Basic("ann", "tops3cret"))).Body, Does.Contain("films:read"));
    }

    [Test]
    public async Task OnlyAdministrator_OfTheDatabase_IsNeitherDeletedNorDemoted()
    {
        var ann = await WithOneAdministratorAsync();

        var asked = await PageAsync("/ui/users/ann/delete", ann);
        var deleted = await SendAsync("/ui/users/ann/delete", new Dictionary<string, string> { ["key"] = "1" }, ann);
        var demoted = await SendAsync("/ui/users/ann", new Dictionary<string, string> { ["key"] = "2", ["scopes"] = "films:read" }, ann);

        Assert.That((asked.Status, deleted.Status, demoted.Status), Is.EqualTo((200, 409, 400)));
        Assert.That(new[] { TextOf(asked), TextOf(deleted), TextOf(demoted) }, Is.All.Contains("ann is the only administrator. Make somebody else an administrator first"));
        Assert.That(asked.Body, Does.Not.Contain("Delete this user"));
        Assert.That(Host.Query("SELECT name || scopes FROM users"), Is.EqualTo("annadmin"));
    }

    [Test]
    public async Task Administrators_WhoDeleteEachOtherAtOnce_LeaveOne()
    {
        var ann = await WithOneAdministratorAsync();
        await SendAsync("/ui/add-user", new Dictionary<string, string> { ["key"] = "1", ["name"] = "bob", ["password"] = "tops3cret", ["scopes"] = "admin" }, ann);
        var bob = Basic("bob", "tops3cret");
        Assert.That((await GetAsync("/users", bob)).Status, Is.EqualTo(200));

        await Task.WhenAll(
            SendAsync("/ui/users/bob/delete", new Dictionary<string, string> { ["key"] = "2" }, ann),
            SendAsync("/ui/users/ann/delete", new Dictionary<string, string> { ["key"] = "3" }, bob),
            SendAsync("/ui/users/bob", new Dictionary<string, string> { ["key"] = "4", ["scopes"] = "films:read" }, ann),
            SendAsync("/ui/users/ann", new Dictionary<string, string> { ["key"] = "5", ["scopes"] = "films:read" }, bob));

        Assert.That(Host.Query("SELECT COUNT(*) FROM users WHERE scopes = 'admin'"), Is.EqualTo(1));
    }

    [Test]
    public async Task MakeKey_SentAgainAfterARestart_MakesOne()
    {
        var form = new Dictionary<string, string>(HiddenOf(await AdminAsync("/ui/add-key"), "/ui/add-key")) { ["name"] = "ci", ["scopes"] = "films:write" };
        var client = new Dictionary<string, string>(HiddenOf(await AdminAsync("/ui/add-client"), "/ui/add-client")) { ["name"] = "nightly", ["scopes"] = "films:write" };
        await SendAsync("/ui/add-key", form, AccessRequests.Root);
        await SendAsync("/ui/add-client", client, AccessRequests.Root);
        await RestartAsync();

        var (key, again) = (await SendAsync("/ui/add-key", form, AccessRequests.Root), await SendAsync("/ui/add-client", client, AccessRequests.Root));

        Assert.That(TextOf(key), Does.StartWith("“ci” was made already").And.Not.Contain("fsk_"));
        Assert.That(TextOf(again), Does.StartWith("“nightly” was made already").And.Not.Contain("fcs_"));
        Assert.That((await CountAsync("api_keys"), await CountAsync("oauth_clients")), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public async Task MakeKey_SentTwice_MakesOneAndShowsItAgain()
    {
        var form = new Dictionary<string, string>(HiddenOf(await AdminAsync("/ui/add-key"), "/ui/add-key")) { ["name"] = "ci", ["scopes"] = "films:write", ["expiresAt"] = "2090-01-01" };

        var answers = await Task.WhenAll(SendAsync("/ui/add-key", form, AccessRequests.Root), SendAsync("/ui/add-key", form, AccessRequests.Root));
        var other = await SendAsync("/ui/add-key", new Dictionary<string, string>(form) { ["name"] = "other" }, AccessRequests.Root);

        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 200, 200 }));
        Assert.That((answers[0].Body, answers[0].Field("Cache-Control")), Is.EqualTo((answers[1].Body, "no-store")));
        var text = System.Text.RegularExpressions.Regex.Match(answers[0].Body, "fsk_[A-Za-z0-9_-]{48}").Value;
        Assert.That((await GetAsync("/me", "X-API-Key: " + text)).Body, Does.Contain("films:write"));
        Assert.That(TextOf(other), Does.Contain("This form was sent already, with other values."));
        Assert.That(await CountAsync("api_keys"), Is.EqualTo(1));
        Assert.That(TextOf(await AdminAsync("/ui/keys")), Does.Contain("ci films:write root , just now").And.Contain("1 Jan 2090").And.Not.Contain(text));
    }

    [TestCase("", "films:read", "", "name")]
    [TestCase("ci", "", "", "scopes")]
    [TestCase("ci", "films:read", "2001-01-01", "expiresAt")]
    [TestCase("ci", "films:read", "tomorrow", "expiresAt")]
    public async Task MakeKey_WithAnInvalidField_LeadsToItAndKeepsTheRest(string name, string scopes, string expires, string field)
    {
        var answer = await MakeKeyAsync(name, scopes, expires);

        Assert.That((answer.Status, await CountAsync("api_keys")), Is.EqualTo((400, 0L)));
        Assert.That(LinksOf(answer), Is.SupersetOf(new[] { "#field-" + field }));
    }

    [Test]
    public async Task MakeKey_OfATooLongName_IsRefused()
    {
        var answer = await MakeKeyAsync(new string('x', 10_000), "films:read", "");

        Assert.That(answer.Status, Is.EqualTo(400));
        Assert.That(TextOf(answer), Does.Contain("name must be text of 1 to 100 characters"));
    }

    [Test]
    public async Task RevokeKey_ThatIsGone_SaysSo()
    {
        var (id, _) = await Client.CreateKeyAsync("films:read");
        var form = HiddenOf(await AdminAsync("/ui/keys/" + id), "/ui/keys/" + id);
        await Client.SendAsync("DELETE", "/api-keys/" + id, null, AccessRequests.Root);

        var answer = await SendAsync("/ui/keys/" + id, form, AccessRequests.Root);

        Assert.That((answer.Status, await CountAsync("api_keys")), Is.EqualTo((404, 0L)));
        Assert.That(TextOf(answer), Does.StartWith($"API key {id} doesn't exist"));
    }

    [Test]
    public async Task Pages_ForAUserOfTheDatabase_ShowOnlyTheirOwnKeys()
    {
        await AddUserAsync("ann", "tops3cret", "films:write");
        var (id, _) = await Client.CreateKeyAsync("films:read");
        var ann = Basic("ann", "tops3cret");

        var keys = await PageAsync("/ui/keys", ann);

        Assert.That(TextOf(keys), Does.Contain("Your API keys").And.Contain("No API keys yet."));
        Assert.That(LinksOf(keys), Does.Not.Contain("/ui/users").And.Not.Contain("/ui/health"));
        Assert.That((await PageAsync("/ui/keys/" + id, ann)).Status, Is.EqualTo(404));
        var users = await PageAsync("/ui/users", ann);
        Assert.That(users.Status, Is.EqualTo(403));
        Assert.That(TextOf(users), Does.Contain("This request needs the scope 'admin'"));
        var form = new Dictionary<string, string>(HiddenOf(await PageAsync("/ui/add-key", ann), "/ui/add-key")) { ["name"] = "mine", ["scopes"] = "admin" };
        Assert.That(TextOf(await SendAsync("/ui/add-key", form, ann)), Does.Contain("A key of your own cannot have more than your scopes: films:write."));
    }

    [TestCase("/ui/users")]
    [TestCase("/ui/keys")]
    public async Task Administration_WithoutALogin_AsksForOne(string address)
    {
        var page = await PageAsync(address);

        Assert.That((page.Status, HiddenOf(page, "/ui/log-in")["to"]), Is.EqualTo((401, address)));
    }

    [Test]
    public async Task Form_FromAnotherSite_IsRefused()
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "ann", ["password"] = "tops3cret", ["scopes"] = "admin" });

        Assert.That((await Client.SendAsync("POST", "/ui/add-user", form, Html, "Origin: https://elsewhere.example", AccessRequests.Root)).Status, Is.EqualTo(403));
        Assert.That(await CountAsync("users"), Is.Zero);
    }

    private async Task<HttpAnswer> ChangeUserAsync(string name, string password, string scopes)
    {
        var address = "/ui/users/" + name;
        return await SendAsync(address, new Dictionary<string, string>(HiddenOf(await AdminAsync(address), address)) { ["password"] = password, ["scopes"] = scopes }, AccessRequests.Root);
    }

    /// <summary>Leaves ann as the only administrator; returns her credentials.</summary>
    private async Task<string> WithOneAdministratorAsync()
    {
        await AddUserAsync("ann", "tops3cret", "admin");
        await RestartAsync("Authentication:Users:0:Scopes:0=films:read");
        return Basic("ann", "tops3cret");
    }

    private async Task RestartAsync(params string[] settings)
    {
        await Host.RestartAsync(settings);
        Client.Dispose();
        Client = Host.CreateClient();
    }

    private Task<HttpAnswer> AdminAsync(string address) => PageAsync(address, AccessRequests.Root);

    private async Task<HttpAnswer> AddUserAsync(string name, string password, string scopes) => await SendAsync(
        "/ui/add-user", new Dictionary<string, string>(HiddenOf(await AdminAsync("/ui/add-user"), "/ui/add-user")) { ["name"] = name, ["password"] = password, ["scopes"] = scopes }, AccessRequests.Root);

    private async Task<HttpAnswer> MakeKeyAsync(string name, string scopes, string expires) => await SendAsync(
        "/ui/add-key", new Dictionary<string, string>(HiddenOf(await AdminAsync("/ui/add-key"), "/ui/add-key")) { ["name"] = name, ["scopes"] = scopes, ["expiresAt"] = expires }, AccessRequests.Root);

    private Task<long> CountAsync(string table) => Task.FromResult((long)Host.Query($"SELECT COUNT(*) FROM {table}")!);
}
