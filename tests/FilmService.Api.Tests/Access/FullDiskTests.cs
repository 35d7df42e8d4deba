using FilmService.Api.Tests.Hosting;
using FilmService.Infrastructure.Tests.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Access;

/// <summary>What needs a key that cannot be stored, because the disk is full. Each test has its own disk.</summary>
public sealed class FullDiskTests : ServiceTest
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private SmallDisk _disk = null!;
    private FakeIssuer _issuer = null!;

    protected override async Task<FilmServiceHost> StartHostAsync()
    {
        _disk = SmallDisk.Mount(megabytes: 64);
        _issuer = await FakeIssuer.StartAsync(_clock);
        return await FilmServiceHost.StartAsync(_clock, [.. OpenIdConnectTests.SettingsFor(_issuer.Name), $"ConnectionStrings:Films=Data Source={_disk.Folder}/films.db"]);
    }

    [TearDown]
    public async Task UnmountAsync()
    {
        await (_issuer?.DisposeAsync() ?? ValueTask.CompletedTask);
        _disk?.Dispose();
    }

    /// <summary>Whatever a start reads, it must not need a writable database.</summary>
    [Test]
    public async Task Start_DiskFull_ReadsAndKnowsItsUsersAndSessions()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        var session = BegunLogIn.SessionOf(await Client.PostSessionAsync("ann", "tops3cret"))!;
        await FillAsync();

        await Host.RestartAsync($"urls={Host.Address}");

        Assert.That((await GetAsync("/films/1", AccessRequests.Basic("ann", "tops3cret"))).Status, Is.EqualTo(200));
        Assert.That(await Client.WhoAmIAsync(session), Is.EqualTo("ann"));
        Assert.That((await GetAsync("/webhooks", AccessRequests.Root)).Status, Is.EqualTo(200));
        AssertUnavailable(await PutAsync("9", UpArguments, AccessRequests.Root), "/films/9");
    }

    [Test]
    public async Task LogIn_NoKeyCanBeStored_IsRefusedInWordsAndWorksOnceThereIsRoom()
    {
        _disk.Fill();

        AssertUnavailable(await GetAsync("/session/oidc"), "/session/oidc");
        AssertUnavailable(await GetAsync("/session/oidc"), "/session/oidc");
        _disk.Free();
        _clock.Advance(TimeSpan.FromSeconds(31));

        Assert.That(BegunLogIn.SessionOf(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client)), Is.Not.Null);
    }

    [Test]
    public async Task LogIn_DiskFullOnTheWayBack_IsRefusedInWordsAndBegunAgain()
    {
        var begun = await BegunLogIn.BeginAsync(Client);
        await FillAsync();

        AssertUnavailable(await begun.CompleteAsync(Client), "/session/oidc/callback");
        _disk.Free();
        _clock.Advance(TimeSpan.FromSeconds(31));

        Assert.That(BegunLogIn.SessionOf(await (await BegunLogIn.BeginAsync(Client)).CompleteAsync(Client)), Is.Not.Null);
    }

    [Test]
    public async Task Webhook_WhoseSecretCannotBeEncrypted_IsRefusedInWords()
    {
        _disk.Fill();

        AssertUnavailable(await Client.SendAsync("POST", "/webhooks", HttpRequests.Json("""{"url":"http://127.0.0.1:9/"}"""), AccessRequests.Root), "/webhooks");
    }

    [Test]
    public async Task Token_NoSigningKeyCanBeStored_IsRefusedInWords()
    {
        var (id, secret) = await Client.CreateOAuthClientAsync("films:read");
        _disk.Fill();

        var form = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        AssertUnavailable(await Client.SendAsync("POST", "/oauth/token", form, AccessRequests.Basic(id, secret)), "/oauth/token");
    }

    // Until the log beside the database has no room either.
    private async Task FillAsync()
    {
        _disk.Fill();
        for (var id = 0; (await PutAsync($"{id}", $$"""{"name":"{{new string('x', 400)}}","year":2009}""", AccessRequests.Root)).Status != 503; id++)
        {
        }
    }

    private static void AssertUnavailable(HttpAnswer answer, string instance)
    {
        Assert.That((answer.Status, (string?)answer.Json["type"], (string?)answer.Json["instance"]), Is.EqualTo((503, "/problems/unavailable", instance)), answer.Body);
        Assert.That((string?)answer.Json["detail"], Does.Contain("he disk is full"));
        Assert.That(answer.Field("Retry-After"), Is.EqualTo("5"));
    }
}
