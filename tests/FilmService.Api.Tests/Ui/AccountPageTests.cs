using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Audit;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Ui;

/// <summary>The page of the person who is logged in, as a browser without script sends its forms.</summary>
public sealed class AccountPageTests : UiTest
{
    private const string Password = "/ui/account/password";
    private const string Elsewhere = "/ui/account/log-out-elsewhere";

    protected override string[] Settings => AccessRequests.Scoped;

    [SetUp]
    public Task AddUserAsync() => Client.PutUserAsync("ann", "tops3cret", "films:write");

    [Test]
    public async Task ChangePassword_BySession_KeepsThisSessionAndEndsTheOthers()
    {
        var (here, elsewhere) = (await Client.LogInAsync("ann", "tops3cret"), await Client.LogInAsync("ann", "tops3cret"));

        var answer = await ChangeAsync(here, "tops3cret", "a better one", "a better one");

        Assert.That((answer.Status, answer.Field("Location")), Is.EqualTo((303, "/ui/account?done=password")));
        Assert.That(TextOf(await PageAsync("/ui/account?done=password", here)), Does.StartWith("My account Your password is changed. Your other sessions have ended."));
        Assert.That((await Client.WhoAmIAsync(here), await Client.WhoAmIAsync(elsewhere)), Is.EqualTo(("ann", (string?)null)));
        Assert.That(await Client.WhoAmIAsync(Basic("ann", "a better one")), Is.EqualTo("ann"));
    }

    [TestCase("wrong one", "a better one", "a better one", "current", "The current password is wrong.")]
    [TestCase("", "a better one", "a better one", "current", "current must be")]
    [TestCase("tops3cret", "short", "short", "new", "new must be text of 8 to 1000 characters")]
    [TestCase("tops3cret", "a better one", "a bettr one", "again", "This is not the same as the new password.")]
    [TestCase("tops3cret", "atCh_5K}?g", "atCh_5K}?g", "new", "This password is published")]
    public async Task ChangePassword_ThatIsInvalid_LeadsToTheFieldAndChangesNothing(string current, string next, string again, string field, string text)
    {
        var session = await Client.LogInAsync("ann", "tops3cret");

        var answer = await ChangeAsync(session, current, next, again);

        Assert.That((answer.Status, LinksOf(answer).Contains("#field-" + field), TextOf(answer).Contains(text, StringComparison.Ordinal)), Is.EqualTo((400, true, true)), TextOf(answer));
        Assert.That(answer.Body, Does.Not.Contain("a better one").And.Not.Contain("tops3cret"));
        Assert.That(await Client.WhoAmIAsync(Basic("ann", "tops3cret")), Is.EqualTo("ann"));
    }

    [Test]
    public async Task ChangePassword_SentTwice_IsDoneOnce()
    {
        var session = await Client.LogInAsync("ann", "tops3cret");
        var form = await FormAsync(session, Password, ("current", "tops3cret"), ("new", "a better one"), ("again", "a better one"));

        var (first, second) = (await SendAsync(Password, form, session), await SendAsync(Password, form, session));

        Assert.That((first.Status, second.Status), Is.EqualTo((303, 303)));
        Assert.That((await Client.ReadAuditAsync()).Count(line => line.Contains("user.password-changed", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task ChangePassword_GuessedTooOften_IsLimitedLikeALogin()
    {
        var session = await Client.LogInAsync("ann", "tops3cret");
        for (var guess = 0; guess < 10; guess++)
        {
            await ChangeAsync(session, $"guess {guess}", "a better one", "a better one");
        }

        Assert.That((await ChangeAsync(session, "guess", "a better one", "a better one")).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task LogOutElsewhere_OfThreeSessions_KeepsThisOneAndThoseOfOthers()
    {
        var (here, second, third) = (await Client.LogInAsync("ann", "tops3cret"), await Client.LogInAsync("ann", "tops3cret"), await Client.LogInAsync("ann", "tops3cret"));
        var root = await Client.LogInAsync("root", "correct horse");
        Assert.That(TextOf(await PageAsync("/ui/account", here)), Does.Contain("This browser just now now").And.Contain("Another browser just now just now"));

        var answer = await SendAsync(Elsewhere, await FormAsync(here, Elsewhere), here);

        Assert.That((answer.Status, answer.Field("Location")), Is.EqualTo((303, "/ui/account?done=sessions")));
        Assert.That(TextOf(await PageAsync("/ui/account", here)), Does.Contain("This browser").And.Not.Contain("Another browser").And.Not.Contain("Log out everywhere else"));
        Assert.That(new[] { await Client.WhoAmIAsync(here), await Client.WhoAmIAsync(second), await Client.WhoAmIAsync(third), await Client.WhoAmIAsync(root) }, Is.EqualTo(new[] { "ann", null, null, "root" }));
        Assert.That(Host.Query("SELECT COUNT(*) FROM sessions"), Is.EqualTo(2));
        Assert.That(await Client.ReadAuditAsync(), Has.Some.Contains("logout"));
    }

    [Test]
    public async Task Page_OfAUser_ListsTheirOwnKeysAlone()
    {
        var session = await Client.LogInAsync("ann", "tops3cret");
        await Client.CreateKeyAsync("films:read");
        Assert.That(TextOf(await PageAsync("/ui/account", session)), Does.Contain("You have made no API keys."));
        var form = new Dictionary<string, string>(HiddenOf(await PageAsync("/ui/add-key", session), "/ui/add-key")) { ["name"] = "mine", ["scopes"] = "films:read" };

        await SendAsync("/ui/add-key", form, session);

        var page = await PageAsync("/ui/account", session);
        Assert.That(TextOf(page), Does.StartWith("My account Name ann May films:write").And.Contain("mine films:read ann , just now").And.Not.Contain("ci"));
        Assert.That(LinksOf(page), Does.Not.Contain("/ui/users"));
        Assert.That(LinksOf(await PageAsync("/ui/films", session)), Does.Contain("/ui/account"));
    }

    [Test]
    public async Task Page_OfAUserFromTheSettings_OffersNoPassword()
    {
        var page = await PageAsync("/ui/account", AccessRequests.Root);

        Assert.That(TextOf(page), Does.Contain("Your password is not kept here").And.Not.Contain("Where you are logged in"));
        Assert.That((await SendAsync(Password, new Dictionary<string, string> { ["current"] = "correct horse", ["new"] = "a better one", ["again"] = "a better one" }, AccessRequests.Root)).Status, Is.EqualTo(400));
        Assert.That(await Client.WhoAmIAsync(AccessRequests.Root), Is.EqualTo("root"));
    }

    [Test]
    public async Task Page_WithoutALogin_AsksForOne() => Assert.That((await PageAsync("/ui/account")).Status, Is.EqualTo(401));

    [Test]
    public async Task Form_FromAnotherSite_IsRefused()
    {
        var session = await Client.LogInAsync("ann", "tops3cret");
        var form = new FormUrlEncodedContent(await FormAsync(session, Password, ("current", "tops3cret"), ("new", "a better one"), ("again", "a better one")));

        Assert.That((await Client.SendAsync("POST", Password, form, Html, "Origin: https://elsewhere.example", session)).Status, Is.EqualTo(403));
        Assert.That(await Client.WhoAmIAsync(Basic("ann", "tops3cret")), Is.EqualTo("ann"));
    }

    private async Task<HttpAnswer> ChangeAsync(string session, string current, string next, string again) =>
        await SendAsync(Password, await FormAsync(session, Password, ("current", current), ("new", next), ("again", again)), session);

    private async Task<Dictionary<string, string>> FormAsync(string session, string action, params (string Name, string Text)[] fields)
    {
        var form = HiddenOf(await PageAsync("/ui/account", session), action);
        fields.ToList().ForEach(field => form[field.Name] = field.Text);
        return form;
    }
}
