using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

public sealed class TokensTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Create_WithTheClientsSecret_AnswersAsRfc6749Says(bool basic)
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var (id, secret) = await client.CreateOAuthClientAsync("films:write");

        var answer = basic
            ? await client.SendAsync("POST", "/oauth/token", Form("grant_type=client_credentials&unknown=1"), AccessRequests.Basic(id, secret))
            : await client.SendAsync("POST", "/oauth/token", Form($"grant_type=client_credentials&client_id={id}&client_secret={secret}&scope=films%3Aread"));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That((answer.Field("Cache-Control"), answer.Field("Pragma")), Is.EqualTo(("no-store", "no-cache")));
        var token = answer.Json["access_token"]!.GetValue<string>();
        var scope = basic ? "films:write" : "films:read";
        Assert.That(answer.Body, Is.EqualTo($$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":900,"scope":"{{scope}}"}"""));
        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Bearer(token))).Status, Is.EqualTo(200));
        var write = await client.SendAsync("DELETE", "/films/1", null, AccessRequests.Bearer(token));
        Assert.That(write.Status, Is.EqualTo(basic ? 204 : 403));
    }

    [Test]
    public async Task Create_Token_HasTheHeaderAndTheClaimsOfRfc9068()
    {
        await using var host = await FilmServiceHost.StartAsync([.. AccessRequests.Scoped, "Authentication:OAuth:Issuer=https://films.example/", "Authentication:OAuth:Audience=films"]);
        var client = host.CreateClient();
        var (id, secret) = await client.CreateOAuthClientAsync("films:read", "films:write");

        var parts = (await GetTokenAsync(client, id, secret)).Split('.');
        var (header, payload) = (Decode(parts[0]), Decode(parts[1]));

        Assert.That((header["typ"]!.GetValue<string>(), header["alg"]!.GetValue<string>()), Is.EqualTo(("at+jwt", "ES256")));
        Assert.That(payload["iss"]!.GetValue<string>(), Is.EqualTo("https://films.example"));
        Assert.That(payload["aud"]!.GetValue<string>(), Is.EqualTo("films"));
        Assert.That((payload["sub"]!.GetValue<string>(), payload["client_id"]!.GetValue<string>()), Is.EqualTo((id, id)));
        Assert.That(payload["scope"]!.GetValue<string>(), Is.EqualTo("films:read films:write"));
        Assert.That(payload["exp"]!.GetValue<long>() - payload["iat"]!.GetValue<long>(), Is.EqualTo(900));
        var keys = await client.SendAsync("GET", "/.well-known/jwks.json");
        Assert.That(keys.Json["keys"]!.AsArray().Select(key => key!["kid"]!.GetValue<string>()), Does.Contain(header["kid"]!.GetValue<string>()));
        Assert.That(keys.Body, Does.Not.Contain("\"d\":"));
    }

    [TestCase("", "invalid_request", 400)]
    [TestCase("grant_type=", "invalid_request", 400)]
    [TestCase("grant_type=password&CLIENT", "unsupported_grant_type", 400)]
    [TestCase("grant_type=client_credentials", "invalid_client", 401)]
    [TestCase("grant_type=client_credentials&client_id=nobody&client_secret=x", "invalid_client", 401)]
    [TestCase("grant_type=client_credentials&CLIENT&scope=admin", "invalid_scope", 400)]
    [TestCase("grant_type=client_credentials&CLIENT&scope=FILMS%3AREAD", "invalid_scope", 400)]
    [TestCase("grant_type=client_credentials&CLIENT&scope=films%3Aread+openid", "invalid_scope", 400)]
    [TestCase("grant_type=client_credentials&CLIENT&scope=+", "invalid_scope", 400)]
    [TestCase("grant_type=client_credentials&CLIENT&scope=%20%20", "invalid_scope", 400)]
    [TestCase("grant_type=client_credentials&CLIENT&scope=%09", "invalid_scope", 400)]
    [TestCase("grant_type=client_credentials&CLIENT&scope=films%3Aread&scope=films%3Aread", "invalid_request", 400)]
    [TestCase("grant_type=client_credentials&CLIENT&scope=%FF", "invalid_request", 400)]
    [TestCase("grant_type=client_credentials&CLIENTX", "invalid_client", 401)]
    public async Task Create_WithAFault_AnswersItsCode(string form, string error, int status)
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var (id, secret) = await client.CreateOAuthClientAsync("films:read");

        var answer = await client.SendAsync("POST", "/oauth/token", Form(form.Replace("CLIENT", $"client_id={id}&client_secret={secret}", StringComparison.Ordinal)));

        Assert.That((answer.Status, answer.ContentType), Is.EqualTo((status, "application/json")));
        Assert.That(answer.Json.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "error", "error_description" }));
        Assert.That(answer.Json["error"]!.GetValue<string>(), Is.EqualTo(error));
        Assert.That(answer.Field("Cache-Control"), Is.EqualTo("no-store"));
        Assert.That(answer.Field("WWW-Authenticate"), status == 401 ? Is.EqualTo("Basic realm=\"FilmService\", charset=\"UTF-8\"") : Is.Null);
    }

    [Test]
    public async Task Create_WithTwoWaysToLogInOrSecretsInTheAddress_IsAnInvalidRequest()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var (id, secret) = await client.CreateOAuthClientAsync("films:read");
        var both = await client.SendAsync(
            "POST", "/oauth/token", Form($"grant_type=client_credentials&client_id={id}&client_secret={secret}"), AccessRequests.Basic(id, secret));
        var address = await client.SendAsync("POST", $"/oauth/token?client_id={id}&client_secret={secret}", Form("grant_type=client_credentials"));
        var json = await client.SendAsync("POST", "/oauth/token", HttpRequests.Json("{}"), AccessRequests.Basic(id, secret));

        Assert.That(new[] { both, address, json }.Select(answer => (answer.Status, answer.Json["error"]!.GetValue<string>())), Is.All.EqualTo((400, "invalid_request")));
    }

    /// <summary>RFC 6749 §3.2: unknown parameters are ignored, in the URL too.</summary>
    [Test]
    public async Task Create_WithParametersThatAreNotKnown_IgnoresThem()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var (id, secret) = await client.CreateOAuthClientAsync("films:read");

        var answer = await client.SendAsync("POST", "/oauth/token?a=b", Form("grant_type=client_credentials&c=d&c=d"), AccessRequests.Basic(id, secret));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
    }

    /// <summary>A valid secret gets its token, however many wrong ones come from the same address.</summary>
    [Test]
    public async Task Create_AfterManyWrongSecrets_Returns429WithRetryAfterAndLetsTheRightOneIn()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var (id, secret) = await client.CreateOAuthClientAsync("films:read");
        Task<HttpAnswer> Ask(string text) => client.SendAsync("POST", "/oauth/token", Form("grant_type=client_credentials"), AccessRequests.Basic(id, text));
        for (var i = 0; i < Api.Access.Authentication.FailedLoginLimiter.PerAddress; i++)
        {
            Assert.That((await Ask($"fcs_{i}")).Status, Is.EqualTo(401));
        }

        var refused = await Ask("fcs_more");

        Assert.That((refused.Status, refused.Json["error"]!.GetValue<string>()), Is.EqualTo((429, "invalid_client")));
        Assert.That(refused.Field("Retry-After"), Does.Match("^[0-9]+$"));
        Assert.That((await Ask(secret)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Create_WithAnotherScheme_IsAnInvalidClient()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var (id, secret) = await client.CreateOAuthClientAsync("films:read");
        string[] fields =
        [
            AccessRequests.Bearer(secret), "Authorization: Digest " + AccessRequests.Basic(id, secret)[21..], AccessRequests.Basic(id, secret + "\0"), AccessRequests.Basic(secret, id), AccessRequests.Root,
            AccessRequests.Basic(id, secret).Insert(30, " "), AccessRequests.Basic(id, secret).Insert(30, "\t"), AccessRequests.Basic(id, secret).Insert(40, "  "),
        ];

        foreach (var field in fields)
        {
            var answer = await client.SendAsync("POST", "/oauth/token", Form("grant_type=client_credentials"), field);
            Assert.That((answer.Status, answer.Json["error"]!.GetValue<string>()), Is.EqualTo((401, "invalid_client")), field);
        }
    }

    [Test]
    public async Task Create_WithABodyThatIsTooLarge_Returns413()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);

        var answer = await host.CreateClient().SendAsync("POST", "/oauth/token", Form("a=" + new string('a', 1_000_001)));

        Assert.That(answer.Status, Is.EqualTo(413));
    }

    [Test]
    public async Task Token_OfADeletedClient_IsRefusedFromTheNextRequestOn()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var (id, secret) = await client.CreateOAuthClientAsync("films:read");
        var token = await GetTokenAsync(client, id, secret);
        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Bearer(token))).Status, Is.EqualTo(200));

        await client.SendAsync("DELETE", $"/oauth/clients/{id}", null, AccessRequests.Root);

        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Bearer(token))).Status, Is.EqualTo(401));
        Assert.That((await client.SendAsync("POST", "/oauth/token", Form("grant_type=client_credentials"), AccessRequests.Basic(id, secret))).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Metadata_OfTheBuiltInIssuer_IsRfc8414()
    {
        await using var host = await FilmServiceHost.StartAsync([.. AccessRequests.Scoped, "Authentication:OAuth:Issuer=https://films.example"]);

        var answer = await host.CreateClient().SendAsync("GET", "/.well-known/oauth-authorization-server", null, "X-Forwarded-Host: evil.example");

        Assert.That(answer.Body, Is.EqualTo(
            """{"issuer":"https://films.example","token_endpoint":"https://films.example/oauth/token","jwks_uri":"https://films.example/.well-known/jwks.json","response_types_supported":[],"grant_types_supported":["client_credentials"],"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"],"scopes_supported":["films:read","films:write","admin"]}"""));
    }

    internal static async Task<string> GetTokenAsync(HttpClient client, string id, string secret) =>
        (await client.SendAsync("POST", "/oauth/token", Form("grant_type=client_credentials"), AccessRequests.Basic(id, secret))).Json["access_token"]!.GetValue<string>();

    private static StringContent Form(string form) => new(form, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));

    private static System.Text.Json.Nodes.JsonNode Decode(string part) =>
        System.Text.Json.Nodes.JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(part)))!;
}
