using FilmService.Api.Tests.Access;

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
        Assert.That(page.Field("WWW-Authenticate"), Does.StartWith("Basic"));
        Assert.That(LinksOf(page), Does.Contain("/ui/log-in?to=" + Uri.EscapeDataString(address)));
        Assert.That(page.Body, Does.Not.Contain("Avengers"));
    }

    [Test]
    public async Task Page_ForAScriptWithoutALogin_OpensNoDialog()
    {
        var part = await PageAsync("/ui/films", Script, "Sec-Fetch-Mode: cors");

        Assert.That((part.Status, part.Field("WWW-Authenticate"), part.Field("HX-Retarget")), Is.EqualTo((401, "Bearer realm=\"FilmService\"", "#notice")));
    }

    [Test]
    public async Task LogIn_WithALogin_LeadsBack()
    {
        Assert.That((await PageAsync("/ui/log-in?to=%2Fui%2Ffilms%2F1")).Status, Is.EqualTo(401));
        Assert.That((await PageAsync("/ui/log-in?to=%2Fui%2Ffilms%2F1", AccessRequests.Root)).Field("Location"), Is.EqualTo("/ui/films/1"));
    }

    [TestCase("https://elsewhere.example/ui/")]
    [TestCase("//elsewhere.example/ui/")]
    [TestCase("/ui/\\elsewhere")]
    [TestCase("/ui/x\r\nSet-Cookie: a=b")]
    [TestCase("javascript:alert(1)")]
    [TestCase("/films")]
    public async Task LogIn_ToAnotherSite_LeadsToTheFilms(string to) =>
        Assert.That((await PageAsync("/ui/log-in?to=" + Uri.EscapeDataString(to), AccessRequests.Root)).Field("Location"), Is.EqualTo("/ui/films"));

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
}
