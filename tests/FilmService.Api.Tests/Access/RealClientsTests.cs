using System.Text.Json.Nodes;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>
/// Third-party clients and a third-party issuer. They need <c>npm ci</c> in tests/tools/oauth, and Python with requests.
/// </summary>
public sealed class RealClientsTests
{
    [Test]
    public async Task BuiltInIssuer_GivesTokensToOauth4webapiAndOpenidClient()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var (id, secret) = await client.CreateOAuthClientAsync("films:write");

        var tokens = await TokensAsync(host.Address.ToString().TrimEnd('/'), id, secret, "films:read");

        foreach (var name in new[] { "oauth4webapi", "openid" })
        {
            Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Bearer(tokens[name]!.GetValue<string>()))).Status, Is.EqualTo(200), name);
        }

        Assert.That(tokens["refused"]!.GetValue<string>(), Is.EqualTo("invalid_scope"));
    }

    [TestCase("rs")]
    [TestCase("es")]
    public async Task OutsideIssuer_FoundByDiscovery_IsBelievedAlsoAfterItsKeysRotate(string algorithm)
    {
        await using var provider = await OidcProvider.StartAsync();
        var issuer = provider.Name;
        await using var host = await FilmServiceHost.StartAsync(
            [.. AccessRequests.Scoped, $"Authentication:OAuth:Authority={issuer}", "Authentication:OAuth:Audience=films-api"]);
        var client = host.CreateClient();

        var before = await TokenAsync(issuer, "urn:films:" + algorithm);
        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Bearer(before))).Status, Is.EqualTo(200));
        Assert.That((await client.SendAsync("DELETE", "/films/1", null, AccessRequests.Bearer(before))).Status, Is.EqualTo(403));
        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Bearer(await TokenAsync(issuer, "urn:films:other:" + algorithm)))).Status, Is.EqualTo(401));
        Assert.That((await client.SendAsync("POST", "/oauth/token", null)).Status, Is.EqualTo(404));

        await provider.RotateAsync();
        var after = await TokenAsync(issuer, "urn:films:" + algorithm);
        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Bearer(after))).Status, Is.EqualTo(200), "A new key is read at once.");

        // Invented keys cause no requests to the issuer: it was asked once at first, and once for the rotation.
        await provider.RotateAsync();
        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Bearer(await TokenAsync(issuer, "urn:films:" + algorithm)))).Status, Is.EqualTo(401));
        Assert.That(await new HttpClient().GetStringAsync(new Uri(issuer + "/requests")), Is.EqualTo("2"));
    }

    [Test]
    public async Task PythonsRequests_WithAuth_LogsIn()
    {
        await using var host = await FilmServiceHost.StartAsync();

        var (output, error) = await RunAsync("python3", ["basic.py", host.Address.ToString().TrimEnd('/'), "admin", "atCh_5K}?g"]);

        Assert.That(output.ReplaceLineEndings("\n"), Is.EqualTo("200 {\"Hello\":\"World\"}\n401\n"), error);
    }

    private static async Task<string> TokenAsync(string issuer, string resource) =>
        (await TokensAsync(issuer, "robot", "robot-secret", "films:read", resource))["oauth4webapi"]!.GetValue<string>();

    private static async Task<JsonNode> TokensAsync(params string[] arguments)
    {
        OidcProvider.RequireTools();
        var (output, error) = await RunAsync("node", ["client.mjs", .. arguments]);
        return output.Length > 0 ? JsonNode.Parse(output)! : throw new InvalidOperationException(error);
    }

    private static async Task<(string Output, string Error)> RunAsync(string program, string[] arguments)
    {
        using var process = OidcProvider.Start(program, arguments);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (await output, await error);
    }
}
