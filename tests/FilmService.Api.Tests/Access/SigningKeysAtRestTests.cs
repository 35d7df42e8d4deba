using System.Buffers.Text;
using System.Text.Json.Nodes;
using FilmService.Api.Access.OAuth;
using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace FilmService.Api.Tests.Access;

/// <summary>The signing keys as files and rows.</summary>
public sealed class SigningKeysAtRestTests
{
    private static readonly string[] Settings = [.. AccessRequests.Scoped, "Authentication:OAuth:Issuer=https://films.example"];

    private FilmServiceHost _host = null!;
    private string _token = "";

    [SetUp]
    public async Task StartAsync()
    {
        _host = await FilmServiceHost.StartAsync(Settings);
        using var client = _host.CreateClient();
        var (id, secret) = await client.CreateOAuthClientAsync("films:read");
        _token = await TokensTests.GetTokenAsync(client, id, secret);
    }

    [TearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    private string KeyFolder => _host.DatabasePath + "-keys";

    [Test]
    public async Task Restart_KeepsTheKeyThatSigns()
    {
        var before = await SignerAsync();

        await _host.RestartAsync();

        Assert.That(await SignerAsync(), Is.EqualTo(before));
        Assert.That(await StatusAsync(_token), Is.EqualTo(200));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task Files_OfTheKeys_AreTheUsersAlone()
    {
        const UnixFileMode userAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        Assert.That(ModeOf(KeyFolder), Is.EqualTo(userAlone | UnixFileMode.UserExecute));
        Assert.That(Directory.GetFiles(KeyFolder).Select(ModeOf), Is.Not.Empty.And.All.EqualTo(userAlone));

        // As restoring a backup may leave them.
        Open(KeyFolder);
        Directory.GetFiles(KeyFolder).ToList().ForEach(Open);
        await _host.RestartAsync();
        await SignerAsync();

        Assert.That(ModeOf(KeyFolder), Is.EqualTo(userAlone | UnixFileMode.UserExecute));
        Assert.That(Directory.GetFiles(KeyFolder).Select(ModeOf), Is.All.EqualTo(userAlone));
    }

    /// <summary>
    /// With the database alone nobody can sign. The service creates another key; issued tokens are accepted until they expire.
    /// </summary>
    [Test]
    public async Task Database_WithoutTheFolderOfTheKeys_SignsWithAnotherKeyAndTakesEarlierTokens()
    {
        var before = await SignerAsync();
        await _host.RestartAsync(() => Directory.Delete(KeyFolder, recursive: true));

        var after = await SignerAsync();

        Assert.That(after, Is.Not.EqualTo(before));
        Assert.That(await StatusAsync(_token), Is.EqualTo(200));
        await _host.RestartAsync();
        Assert.That(await SignerAsync(), Is.EqualTo(after), "The new one stays.");
    }

    /// <summary>The documented procedure for a key that may have leaked.</summary>
    [Test]
    public async Task Rows_OfTheKeys_WhenTheyAreDeletedEndAllTokens()
    {
        await _host.RestartAsync(() => _host.Query("DELETE FROM signing_keys"));

        Assert.That(await StatusAsync(_token), Is.EqualTo(401));
    }

    [Test]
    public void Database_HoldsNoPrivateKeyInTheClear()
    {
        var stored = (byte[])_host.Query("SELECT protected_private_key FROM signing_keys")!;
        var pair = ((ECDsaSecurityKey)_host.Services.GetRequiredService<SigningKeys>().GetSignerAsync().Result.Key).ECDsa;
        var secret = pair.ExportParameters(includePrivateParameters: true).D!;

        Assert.That(stored.AsSpan().IndexOf(secret), Is.Negative);
        Assert.That(File.ReadAllBytes(_host.DatabasePath).AsSpan().IndexOf(secret), Is.Negative);
        Assert.That(File.ReadAllBytes(_host.DatabasePath + "-wal").AsSpan().IndexOf(secret), Is.Negative);
    }

    // The key id in a new token's header.
    private async Task<string> SignerAsync()
    {
        using var client = _host.CreateClient();
        var (id, secret) = await client.CreateOAuthClientAsync("films:read");
        var token = await TokensTests.GetTokenAsync(client, id, secret);
        Assert.That(await StatusAsync(token), Is.EqualTo(200));
        return JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[0]))!["kid"]!.GetValue<string>();
    }

    private async Task<int> StatusAsync(string token)
    {
        using var client = _host.CreateClient();
        return (await client.SendAsync("GET", "/films", null, AccessRequests.Bearer(token))).Status;
    }

    private static UnixFileMode ModeOf(string path) => File.GetUnixFileMode(path);

    private static void Open(string path) => File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
}
