using System.Net.Sockets;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

/// <summary>A request that began before its credentials were revoked and sends its body afterwards.</summary>
public sealed class RevocationTests : ServiceTest
{
    private const string Film = """{"Name":"Up","Year":2009}""";

    protected override string[] Settings => AccessRequests.Scoped;

    protected override string Reader => AccessRequests.Root;

    [Test]
    public async Task Request_OfAUserWhoWasDeleted_StoresNothing([Values("PUT /films/9", "POST /films", "import", "PATCH /films/1")] string request)
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");

        await AssertRevokedAsync(request, AccessRequests.Basic("ann", "tops3cret"), "DELETE", "/users/ann");
    }

    [Test]
    public async Task Request_OfAPasswordThatWasChanged_StoresNothing([Values("PUT /films/9", "import")] string request)
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");

        await AssertRevokedAsync(request, AccessRequests.Basic("ann", "tops3cret"), "PUT", "/users/ann", """{"password":"tops3cret2","scopes":["films:write"]}""");
    }

    [Test]
    public async Task Request_OfAKeyThatWasRevoked_StoresNothing([Values("PUT /films/9", "import")] string request)
    {
        var (id, key) = await Client.CreateKeyAsync("films:write");

        await AssertRevokedAsync(request, "X-API-Key: " + key, "DELETE", "/api-keys/" + id);
    }

    [Test]
    public async Task Request_OfATokenWhoseClientWasDeleted_StoresNothing([Values("PUT /films/9", "import")] string request)
    {
        var (id, secret) = await Client.CreateOAuthClientAsync("films:write");

        await AssertRevokedAsync(request, AccessRequests.Bearer(await TokensTests.GetTokenAsync(Client, id, secret)), "DELETE", "/oauth/clients/" + id);
    }

    [Test]
    public async Task Request_OfASessionThatHasEnded_StoresNothing(
        [Values("PUT /films/9", "POST /films", "import")] string request, [Values("logout", "deletion", "password")] string end)
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        var credentials = $"{await Client.LogInAsync("ann", "tops3cret")}\r\n{SessionRequests.SamePage}";

        await (end switch
        {
            "logout" => AssertRevokedAsync(request, credentials, "DELETE", "/session", by: credentials),
            "deletion" => AssertRevokedAsync(request, credentials, "DELETE", "/users/ann"),
            _ => AssertRevokedAsync(request, credentials, "PUT", "/users/ann", """{"password":"tops3cret2","scopes":["films:write"]}"""),
        });
    }

    /// <summary>A former administrator must not make new credentials.</summary>
    [Test]
    public async Task Request_OfAnAdministratorWhoWasDeleted_CreatesNoKey()
    {
        await Client.PutUserAsync("ann", "tops3cret", "admin");

        await AssertRevokedAsync("POST /api-keys", AccessRequests.Basic("ann", "tops3cret"), "DELETE", "/users/ann", keyName: "late");

        Assert.That((await GetAsync("/api-keys", AccessRequests.Root)).Body, Is.EqualTo("""{"items":[]}"""));
    }

    [Test]
    public async Task Request_WhoseOwnersOtherCredentialWasRevoked_IsStored()
    {
        var (_, key) = await Client.CreateKeyAsync("films:write");
        var (other, _) = await Client.CreateKeyAsync("films:write");
        using var upload = await BeginAsync("PUT /films/9", "application/json", Film, "X-API-Key: " + key);

        await Client.SendAsync("DELETE", "/api-keys/" + other, null, AccessRequests.Root);

        Assert.That(await EndAsync(upload, Film), Does.StartWith("HTTP/1.1 201 Created"));
    }

    private async Task AssertRevokedAsync(string request, string credentials, string method, string address, string? json = null, string? keyName = null, string? by = null)
    {
        var body = keyName is null ? Film : $$"""{"name":"{{keyName}}","scopes":["admin"]}""";
        var isImport = request == "import";
        using var upload = await BeginAsync(isImport ? "POST /films" : request, isImport ? "application/x-ndjson" : "application/json", body, credentials);
        Assert.That((await Client.SendAsync(method, address, json is null ? null : HttpRequests.Json(json), (by ?? AccessRequests.Root).Split("\r\n"))).Status, Is.AnyOf(200, 204));

        var answer = await EndAsync(upload, body);

        Assert.That(answer, Does.StartWith("HTTP/1.1 401 Unauthorized"));
        Assert.That(answer, Does.Contain("The credentials were revoked while the request was being received. Nothing was changed.").And.Contain("WWW-Authenticate: Basic realm="));
        await AssertNothingStoredAsync();
    }

    /// <summary>Sends the fields and half of the body, after the service has asked for it.</summary>
    private async Task<TcpClient> BeginAsync(string requestLine, string type, string body, string credentials)
    {
        var client = new TcpClient();
        await client.ConnectAsync(Host.Address.Host, Host.Address.Port);
        await SendAsync(client, $"{requestLine} HTTP/1.1\r\nHost: {Host.Address.Authority}\r\nConnection: close\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n{credentials}\r\nExpect: 100-continue\r\n\r\n");
        await client.GetStream().ReadExactlyAsync(new byte["HTTP/1.1 100 Continue\r\n\r\n".Length]);
        await SendAsync(client, body[..5]);
        return client;
    }

    private static async Task<string> EndAsync(TcpClient upload, string body)
    {
        await SendAsync(upload, body[5..]);
        using var answer = new StreamReader(upload.GetStream());
        return await answer.ReadToEndAsync();
    }

    private static ValueTask SendAsync(TcpClient upload, string text) => upload.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
}
