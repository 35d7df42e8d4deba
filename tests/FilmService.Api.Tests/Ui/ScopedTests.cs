using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Ui;

/// <summary>The pages of a service on which people must log in.</summary>
public sealed class ScopedTests : UiTest
{
    private static readonly string[] Users =
    [
        "Authentication:Users:1:Name=reader", "Authentication:Users:1:Password=reader's own", "Authentication:Users:1:Scopes:0=films:read",
    ];

    protected override string[] Settings => [.. AccessRequests.Scoped, .. Users];

    protected override string Reader => AccessRequests.Root;

    [TestCase("/ui/films")]
    [TestCase("/ui/films/1")]
    [TestCase("/ui/changes")]
    [TestCase("/ui/add")]
    public async Task Page_WithoutALogin_AsksForOne(string address)
    {
        var page = await PageAsync(address, "Sec-Fetch-Mode: navigate");

        Assert.That((page.Status, page.ContentType, page.Field("Cache-Control")), Is.EqualTo((401, "text/html; charset=utf-8", "no-store")));
        Assert.That(page.Field("WWW-Authenticate"), Is.EqualTo("Bearer realm=\"FilmService\""), "A browser would open a dialog of its own.");
        Assert.That(HiddenOf(page, "/ui/log-in")["to"], Is.EqualTo(address));
        Assert.That(page.Body, Does.Not.Contain("Avengers"));
    }

    [Test]
    public async Task Page_ForAScriptWithoutALogin_OpensNoDialog()
    {
        var part = await PageAsync("/ui/films", Script, "Sec-Fetch-Mode: cors");

        Assert.That((part.Status, part.Field("WWW-Authenticate"), part.Field("HX-Retarget")), Is.EqualTo((401, "Bearer realm=\"FilmService\"", "#notice")));
        Assert.That(part.Body, Does.Contain("hx-post=\"/ui/log-in\""));
    }

    [Test]
    public async Task LogIn_WithThePassword_LeadsBackAndLogsOutAgain()
    {
        var page = await PageAsync("/ui/log-in?to=%2Fui%2Ffilms%2F1");
        var answer = await LogInAsync("root", "correct horse", HiddenOf(page, "/ui/log-in")["to"]);
        Assert.That((answer.Status, answer.Field("Location")), Is.EqualTo((303, "/ui/films/1")));
        var cookie = "Cookie: " + answer.Field("Set-Cookie")!.Split(';')[0];
        Assert.That((await PageAsync("/ui/films/1", cookie)).Body, Does.Contain("You are logged in as root").And.Contain("action=\"/ui/log-out\""));

        await SendAsync("/ui/log-out", [], cookie);

        Assert.That((await PageAsync("/ui/films/1", cookie)).Status, Is.EqualTo(401));
    }

    [TestCase("root", "wrong", "The name or the password is wrong.")]
    [TestCase("nobody\"><script>", "wrong", "The name or the password is wrong.")]
    [TestCase("root", "", "Type your name and your password.")]
    public async Task LogIn_WithAWrongPassword_SaysSo(string name, string password, string message)
    {
        var answer = await LogInAsync(name, password, "/ui/changes");

        Assert.That((answer.Status, answer.Field("Set-Cookie")), Is.EqualTo((401, (string?)null)));
        Assert.That(TextOf(answer), Does.Contain(message));
        Assert.That(answer.Body, Does.Not.Contain("<script>").And.Not.Contain("value=\"wrong\""));
        Assert.That(HiddenOf(answer, "/ui/log-in")["to"], Is.EqualTo("/ui/changes"));
    }

    [Test]
    public async Task LogIn_ByAScript_SaysWhoIsLoggedIn()
    {
        var wrong = await LogInAsync("root", "wrong", "", Script);
        var right = await LogInAsync("root", "correct horse", "", Script);

        Assert.That(wrong.Body, Does.Contain("hx-post=\"/ui/log-in\"").And.Not.Contain("<html"));
        Assert.That(right.Status, Is.EqualTo(200));
        Assert.That(right.Body, Does.Contain("data-retry-now"));
    }

    [Test]
    public async Task LogIn_FromAnotherSite_IsRefused()
    {
        var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "root", ["password"] = "correct horse" });

        Assert.That((await Client.SendAsync("POST", "/ui/log-in", form, Html, "Origin: https://elsewhere.example")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task LogIn_WithThePasswordInTheAddress_IsRefused() =>
        Assert.That((await SendAsync("/ui/log-in?password=secret", new Dictionary<string, string> { ["name"] = "root" })).Status, Is.EqualTo(400));

    [TestCase("https://elsewhere.example/ui/")]
    [TestCase("//elsewhere.example/ui/")]
    [TestCase("/ui/\\elsewhere")]
    [TestCase("/ui/x\r\nSet-Cookie: a=b")]
    [TestCase("javascript:alert(1)")]
    [TestCase("/films")]
    public async Task LogIn_ToAnotherSite_LeadsToTheFilms(string to) => Assert.That((await LogInAsync("root", "correct horse", to)).Field("Location"), Is.EqualTo("/ui/films"));

    [Test]
    public async Task Pages_ForAReader_OfferNoForms()
    {
        var reader = Basic("reader", "reader's own");

        var (list, film) = (await PageAsync("/ui/films", reader), await PageAsync("/ui/films/1", reader));

        Assert.That(LinksOf(list), Does.Not.Contain("/ui/add"));
        Assert.That(TextOf(film), Does.Contain("Year 2018").And.Not.Contain("Save").And.Not.Contain("Delete").And.Not.Contain("Back to this"));
        var refused = await SendAsync("/ui/films/1", new Dictionary<string, string> { ["name"] = "Mine", ["year"] = "2019" }, reader);
        Assert.That(refused.Status, Is.EqualTo(403));
        Assert.That(TextOf(refused), Does.Contain("This request needs the scope 'films:write'"));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Pages_ForAWriter_NameThem()
    {
        var page = await PageAsync("/ui/films/1", AccessRequests.Root);

        Assert.That(page.Body, Does.Contain("You are logged in as root").And.Contain(">Save</button>"));
    }

    private Task<HttpAnswer> LogInAsync(string name, string password, string to, params string[] fields) =>
        SendAsync("/ui/log-in", new Dictionary<string, string> { ["name"] = name, ["password"] = password, ["to"] = to }, fields);
}
