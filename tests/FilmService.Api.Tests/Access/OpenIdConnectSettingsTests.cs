using FilmService.Api.Tests.Hosting;
using FilmService.Infrastructure;

namespace FilmService.Api.Tests.Access;

/// <summary>The settings of OpenID Connect, and the service without them.</summary>
public sealed class OpenIdConnectSettingsTests
{
    private const string Section = "Authentication:OpenIdConnect:";

    private static readonly string[] Complete = [$"{Section}Authority=https://issuer.example", $"{Section}ClientId=films", $"{Section}ClientSecret=s3cret"];

    [TestCase("Authority=http://issuer.example", "The setting Authentication:OpenIdConnect:Authority is 'http://issuer.example'. Allowed: an https URL without query or fragment; http is allowed only on the loopback address.")]
    [TestCase("Authority=issuer.example", "The setting Authentication:OpenIdConnect:Authority is 'issuer.example'.")]
    [TestCase("Authority=", "The setting Authentication:OpenIdConnect:Authority is ''. Allowed: the URL of the issuer that the other settings are for.")]
    [TestCase("Authority=https://issuer.example/.well-known/openid-configuration", "The setting Authentication:OpenIdConnect:Authority is 'https://issuer.example/.well-known/openid-configuration'. Allowed: the issuer's name, which ends before /.well-known/.")]
    [TestCase("ClientId= ", "The setting Authentication:OpenIdConnect:ClientId is ")]
    [TestCase("NameClaim= ", "The setting Authentication:OpenIdConnect:NameClaim is ' '. Allowed: the name of a claim of the ID token.")]
    [TestCase("RoleClaim=", "The setting Authentication:OpenIdConnect:RoleClaim is ''. Allowed: the name of a claim of the ID token.")]
    [TestCase("ClientId=", "The setting Authentication:OpenIdConnect:ClientId is ''.")]
    [TestCase("ClientSecret=", "The setting Authentication:OpenIdConnect:ClientSecret is ''.")]
    [TestCase("DisplayName=a\nb", "The setting Authentication:OpenIdConnect:DisplayName is 'a\nb'. Allowed: text of at most 100 characters, without control characters.")]
    [TestCase("ClientID2=films", "The setting 'Authentication:OpenIdConnect:ClientID2' is unknown. Did you mean 'Authentication:OpenIdConnect:ClientId'?")]
    [TestCase("Roles:0:Value=editors", "The setting Authentication:OpenIdConnect:Roles:0:Scopes is ''. Allowed: films:read, films:write, admin.")]
    [TestCase("Roles:0:Scopes:0=admin", "The setting Authentication:OpenIdConnect:Roles:0:Value is ''.")]
    [TestCase("Roles=editors", "The setting Authentication:OpenIdConnect:Roles is '(not shown)'. Allowed: a list")]
    [TestCase("Roles:0:Value=editors;Roles:0:Scopes:0=films:wirte", "The setting Authentication:OpenIdConnect:Roles:0:Scopes is 'films:wirte'. Allowed: films:read, films:write, admin.")]
    [TestCase("Roles:0:Value=a;Roles:0:Scopes:0=admin;Roles:1:Value=a;Roles:1:Scopes:0=films:read", "The setting Authentication:OpenIdConnect:Roles is 'a'. Allowed: each value once.")]
    public void Start_WithAWrongSetting_IsRefusedInWords(string settings, string message) => Assert.That(
        async () => await FilmServiceHost.StartAsync([.. Complete, .. settings.Split(';').Select(setting => Section + setting)]),
        Throws.TypeOf<InvalidConfigurationException>().With.Message.Contains(message).And.Message.Not.Contains("s3cret"));

    [Test]
    public async Task Start_WithTheSecretInAFile_ReadsIt()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "s3cret\n");

        await using var host = await FilmServiceHost.StartAsync([.. Complete[..2], $"{Section}ClientSecret_File={file}"]);

        Assert.That((await host.CreateClient().SendAsync("GET", "/health/live")).Status, Is.EqualTo(200));
        File.Delete(file);
    }

    [TestCase("/session/oidc")]
    [TestCase("/session/oidc/callback?code=abc&state=x")]
    public async Task LogIn_WithoutTheSettings_IsNotFound(string address)
    {
        await using var host = await FilmServiceHost.StartAsync();

        var answer = await host.CreateClient().SendAsync("GET", address);

        Assert.That((answer.Status, answer.Json["detail"]!.GetValue<string>()), Is.EqualTo((404,
            "Nobody can log in with OpenID Connect here: the setting Authentication:OpenIdConnect:Authority is not set. POST /session logs in with a password.")));
        Assert.That((await host.CreateClient().SendAsync("GET", "/ui/log-in")).Body, Does.Not.Contain("/session/oidc"));
        Assert.That(Directory.Exists(host.DatabasePath + "-keys"), Is.False);
    }

    [Test]
    public async Task LogInPage_WithADisplayNameOfMarkup_EncodesIt()
    {
        await using var host = await FilmServiceHost.StartAsync([.. Complete, $"{Section}DisplayName=<b>&\"'"]);

        var page = (await host.CreateClient().SendAsync("GET", "/ui/log-in?to=%2Fui%2Ffilms%3Fq%3D%2526")).Body;

        Assert.That(page, Does.Contain("<a href=\"/session/oidc?return=%2Fui%2Ffilms%3Fq%3D%2526\">Log in with &lt;b&gt;&amp;&quot;&#x27;</a>"));
    }

    [TestCase("/session/oidc")]
    [TestCase("/session/oidc/callback?code=abc&state=x")]
    public async Task LogIn_OverPlainHttpThroughAProxy_IsRefused(string address)
    {
        await using var host = await FilmServiceHost.StartAsync([.. AccessRequests.Scoped, .. Complete, "ForwardedHeaders:KnownProxies:0=127.0.0.1"]);

        var answer = await host.CreateClient().SendAsync("GET", address, null, "X-Forwarded-For: 192.0.2.7", "X-Forwarded-Proto: http");

        Assert.That((answer.Status, answer.Json["type"]!.GetValue<string>(), answer.Field("Set-Cookie")), Is.EqualTo((403, "/problems/insecure-log-in", (string?)null)));
    }
}
