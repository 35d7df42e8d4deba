using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

public sealed class BasicAuthenticationTests : ServiceTest
{
    private const string Password = "atCh_5K}?g";

    protected override string[] Settings =>
    [
        "Authentication:Users:0:Name=admin", $"Authentication:Users:0:Password={Password}", "Authentication:Users:0:Scopes:0=admin",
        "Authentication:Users:1:Name=Zoë", "Authentication:Users:1:Password=pä:ß 😀é", "Authentication:Users:1:Scopes:0=films:read",
    ];

    [TestCase("admin", Password)]
    [TestCase("Zoë", "pä:ß 😀é")]
    public async Task GetWorld_RightPassword_Greets(string user, string password) =>
        Assert.That((await GetAsync("/hello_world", Basic(user, password))).Body, Is.EqualTo("""{"Hello":"World"}"""));

    [TestCase("admin", "atCh_5K}?G")]
    [TestCase("admin", "")]
    [TestCase("Admin", Password)]
    [TestCase("", Password)]
    [TestCase("", "")]
    [TestCase("nobody", "nothing")]
    [TestCase("admin ", Password)]
    [TestCase("admin", Password + "\0")]
    [TestCase("Zoe\u0308", "pä:ß 😀é")]
    public async Task GetWorld_WrongUserOrPassword_Returns401(string user, string password) =>
        AssertRefused(await GetAsync("/hello_world", Basic(user, password)), "/hello_world");

    [TestCase("Basic")]
    [TestCase("Basic ")]
    [TestCase("Basic !!!")]
    [TestCase("Basic YWRtaW4")]
    [TestCase("Basic YWRtaW4=")]
    [TestCase("BasicYWRtaW46YXRDaF81S30/Zw==")]
    [TestCase("Negotiate YWRtaW4=")]
    [TestCase("nonsense")]
    [TestCase("")]
    public async Task GetWorld_MalformedCredentials_Returns401(string value) =>
        AssertRefused(await Host.SendRawAsync("GET /hello_world", "", $"Authorization: {value}"), "/hello_world");

    [TestCase("Bearer nonsense")]
    [TestCase("Bearer fsk_nonsense")]
    public async Task GetWorld_TokenThatIsNone_IsToldSoInTheChallenge(string value)
    {
        var answer = await Host.SendRawAsync("GET /hello_world", "", $"Authorization: {value}");

        AssertProblem(answer, Problem("not-logged-in", "Login required", 401, "The credentials are not valid.", "/hello_world"));
        Assert.That(
            answer.Field("WWW-Authenticate"),
            Is.EqualTo("Basic realm=\"FilmService\", charset=\"UTF-8\", Bearer realm=\"FilmService\", error=\"invalid_token\""));
    }

    [Test]
    public async Task GetWorld_TwoCredentialsInOneField_Returns400()
    {
        var answer = await Host.SendRawAsync("GET /hello_world", "", "Authorization: Basic YWRtaW46YXRDaF81S30/Zw== ,x");

        Assert.That((answer.Status, (string)answer.Json["type"]!), Is.EqualTo((400, "/problems/invalid-parameters")));
    }

    [TestCase("admin:\xff")]
    [TestCase("\xff\xfe:\xc0\xaf")]
    [TestCase("Zo\xeb:p\xe4:\xdf")]
    [TestCase("admin:\xed\xa0\x80")]
    public async Task GetWorld_CredentialsThatAreNotUtf8_Returns401(string credentials)
    {
        var encoded = Convert.ToBase64String(Encoding.Latin1.GetBytes(credentials));

        AssertRefused(await GetAsync("/hello_world", $"Authorization: Basic {encoded}"), "/hello_world");
    }

    [Test]
    public async Task GetWorld_BytesOutsideAsciiInTheField_AreRefused()
    {
        var answer = await Host.SendRawAsync("GET /hello_world", "", "Authorization: Basic \xff\xfe");

        Assert.That(answer.Status, Is.EqualTo(400).Or.EqualTo(401));
    }

    [TestCase("GET", "/")]
    [TestCase("GET", "/films")]
    [TestCase("HEAD", "/films")]
    [TestCase("PUT", "/films/9")]
    [TestCase("DELETE", "/films/1")]
    [TestCase("OPTIONS", "/films")]
    [TestCase("POST", "/hello_world")]
    [TestCase("GET", "/nothing")]
    [TestCase("GET", "/problems/validation")]
    [TestCase("GET", "/health/live")]
    [TestCase("GET", "/openapi.json")]
    public async Task Request_CredentialsThatFail_Returns401AlsoWhereNoneAreNeeded(string method, string address)
    {
        var answer = await Client.SendAsync(method, address, method == "PUT" ? HttpRequests.Json(UpArguments) : null, Basic("admin", "wrong"));

        Assert.That(answer.Status, Is.EqualTo(401));
        Assert.That(answer.Field("WWW-Authenticate"), Is.EqualTo("Basic realm=\"FilmService\", charset=\"UTF-8\", Bearer realm=\"FilmService\""));
        await AssertNothingStoredAsync();
    }

    [TestCase("GET", "/hello_world")]
    [TestCase("DELETE", "/films/1")]
    public async Task Request_TwoAuthorizationFields_Returns400(string method, string address)
    {
        var field = Basic("admin", Password);

        var answer = await Host.SendRawAsync($"{method} {address}", "", field, field);

        await AssertRefusedAsync(answer, InvalidParameters(address, ("Authorization", "The request has two credentials; send only one.")));
    }

    [Test]
    public async Task Put_WithCredentials_KeepsTheCallersName()
    {
        await PutAsync("3", UpArguments, Basic("admin", Password));
        await PutAsync("4", UpArguments);

        Assert.That(Host.Query("SELECT group_concat(\"by\", ', ') FROM (SELECT \"by\" FROM changes ORDER BY revision)"), Is.EqualTo("seed, seed, admin, anonymous"));
    }

    private static void AssertRefused(HttpAnswer answer, string address)
    {
        AssertProblem(answer, Problem("not-logged-in", "Login required", 401, "The credentials are not valid.", address));
        Assert.That(answer.Field("WWW-Authenticate"), Is.EqualTo("Basic realm=\"FilmService\", charset=\"UTF-8\", Bearer realm=\"FilmService\""));
    }
}
