using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>A service on which reading and writing require scopes.</summary>
public sealed class ScopedAccessTests : ServiceTest
{
    protected override string[] Settings =>
    [
        "Access:Read=Scoped", "Access:Write=Scoped",
        "Authentication:Users:0:Name=reader", "Authentication:Users:0:Password=reading!", "Authentication:Users:0:Scopes:0=films:read",
        "Authentication:Users:1:Name=writer", "Authentication:Users:1:Password=writing!", "Authentication:Users:1:Scopes:0=films:write",
        "Authentication:Users:2:Name=owner", "Authentication:Users:2:Password=owning!!", "Authentication:Users:2:Scopes:0=admin",
        "Authentication:Users:3:Name=guest", "Authentication:Users:3:Password=visiting",
    ];

    protected override string Reader => Basic("reader", "reading!");

    [TestCase("reader", "reading!")]
    [TestCase("writer", "writing!")]
    [TestCase("owner", "owning!!")]
    public async Task Get_ScopeThatIncludesReading_IsServed(string user, string password)
    {
        Assert.That((await GetAsync("/films", Basic(user, password))).Body, Is.EqualTo(NewCatalogue));
        Assert.That((await GetAsync("/films/1", Basic(user, password))).Body, Is.EqualTo(Avengers));
        Assert.That((await GetAsync("/hello_world", Basic(user, password))).Status, Is.EqualTo(200));
    }

    [TestCase("writer", "writing!")]
    [TestCase("owner", "owning!!")]
    public async Task Write_ScopeThatIncludesWriting_IsServed(string user, string password)
    {
        Assert.That((await PutAsync("3", UpArguments, Basic(user, password))).Status, Is.EqualTo(201));
        Assert.That((await DeleteAsync("3", Basic(user, password))).Status, Is.EqualTo(204));
    }

    [TestCase("GET", "/films")]
    [TestCase("HEAD", "/films/1")]
    [TestCase("GET", "/films/9")]
    [TestCase("PUT", "/films/9")]
    [TestCase("DELETE", "/films/1")]
    [TestCase("DELETE", "/films/9")]
    [TestCase("DELETE", "/films/a%2Fb")]
    [TestCase("GET", "/hello_world")]
    public async Task Request_WithoutCredentials_Returns401BeforeAnythingElse(string method, string address)
    {
        var answer = await Client.SendAsync(method, address + "?unknown=1", null, "If-Match: nonsense");

        Assert.That((answer.Status, answer.Field("WWW-Authenticate")), Is.EqualTo((401, "Basic realm=\"FilmService\", charset=\"UTF-8\", Bearer realm=\"FilmService\"")));
        await AssertNothingStoredAsync();
    }

    [TestCase("GET", "/films", "guest", "visiting", "films:read")]
    [TestCase("GET", "/films/1", "guest", "visiting", "films:read")]
    [TestCase("PUT", "/films/9", "guest", "visiting", "films:write")]
    [TestCase("PUT", "/films/9", "reader", "reading!", "films:write")]
    [TestCase("DELETE", "/films/1", "reader", "reading!", "films:write")]
    [TestCase("DELETE", "/films/9", "reader", "reading!", "films:write")]
    public async Task Request_ScopeIsMissing_Returns403ThatNamesIt(string method, string address, string user, string password, string scope)
    {
        var answer = await Client.SendAsync(method, address, null, Basic(user, password), "If-Match: nonsense");

        await AssertRefusedAsync(answer, Problem("insufficient-scope", "Not allowed", 403, $"This request needs the scope '{scope}' (insufficient_scope).", address));
    }

    /// <summary>Any login is enough, whatever its scopes.</summary>
    [Test]
    public async Task GetWorld_LogInWithoutAnyScope_Greets() => Assert.That((await GetAsync("/hello_world", Basic("guest", "visiting"))).Status, Is.EqualTo(200));

    [TestCase("/")]
    [TestCase("/problems")]
    [TestCase("/problems/not-logged-in")]
    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    [TestCase("/openapi.json")]
    public async Task Get_OpenAddress_NeedsNoCredentials(string address) => Assert.That((await GetAsync(address)).Status, Is.EqualTo(200));
}
