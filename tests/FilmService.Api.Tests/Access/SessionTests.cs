using FilmService.Api.Tests.Hosting;
using FilmService.Domain.Access;

namespace FilmService.Api.Tests.Access;

/// <summary>How long sessions hold.</summary>
public sealed class SessionTests : SessionTest
{
    [Test]
    public async Task Session_AfterARestart_HoldsForEachKindOfUser()
    {
        var hash = Api.Access.Authentication.UserDirectory.Hash("hashed one");
        string[] hashed = ["Authentication:Users:1:Name=hal", $"Authentication:Users:1:PasswordHash={hash}", "Authentication:Users:1:Scopes:0=admin"];
        await Host.RestartAsync(hashed);
        Client = Host.CreateClient();
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        string[] cookies = [await Client.LogInAsync("root", "correct horse"), await Client.LogInAsync("hal", "hashed one"), await Client.LogInAsync("ann", "tops3cret")];
        var port = Host.Address.Port;

        await Host.RestartAsync();
        Client = Host.CreateClient();

        var names = new List<string?>();
        foreach (var cookie in cookies)
        {
            names.Add(await Client.WhoAmIAsync(cookie.Replace($"films-{port}", $"films-{Host.Address.Port}", StringComparison.Ordinal)));
        }

        Assert.That(names, Is.EqualTo(new[] { "root", "hal", "ann" }));
    }

    [Test]
    public async Task Session_AfterTheSettingsPasswordChanged_DoesNotHold()
    {
        var cookie = await Client.LogInAsync("root", "correct horse");
        var port = Host.Address.Port;

        await Host.RestartAsync("Authentication:Users:0:Password=another horse");
        Client = Host.CreateClient();

        Assert.That(await Client.WhoAmIAsync(cookie.Replace($"films-{port}", $"films-{Host.Address.Port}", StringComparison.Ordinal)), Is.Null);
    }

    [TestCase("""{"password":"tops3cret2","scopes":["films:write"]}""")]
    [TestCase("""{"password":"tops3cret","scopes":["films:write"]}""")]
    [TestCase("""{"password":"tops3cret","scopes":["films:read"]}""")]
    public async Task Session_OfAUserWhomAnAdministratorChanged_Ends(string change)
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        var cookie = await Client.LogInAsync("ann", "tops3cret");

        await Client.SendAsync("PUT", "/users/ann", HttpRequests.Json(change), AccessRequests.Root);

        Assert.That(await Client.WhoAmIAsync(cookie), Is.Null);
    }

    [Test]
    public async Task Session_OfADeletedUser_StaysEndedWhenTheNameComesBack()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        var cookie = await Client.LogInAsync("ann", "tops3cret");

        await Client.SendAsync("DELETE", "/users/ann", null, AccessRequests.Root);

        Assert.That((await Client.SendAsync("GET", "/films", null, cookie)).Status, Is.EqualTo(401));
        await Client.PutUserAsync("ann", "tops3cret", "films:write");
        Assert.That(await Client.WhoAmIAsync(cookie), Is.Null);
    }

    [Test]
    public async Task Session_Unused_ExpiresAfterTwelveHours()
    {
        var (used, unused) = (await Client.LogInAsync("root", "correct horse"), await Client.LogInAsync("root", "correct horse"));
        for (var hour = 0; hour < 11; hour++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            Assert.That(await Client.WhoAmIAsync(used), Is.EqualTo("root"));
        }

        Clock.Advance(TimeSpan.FromHours(1.5));

        Assert.That((await Client.WhoAmIAsync(used), await Client.WhoAmIAsync(unused)), Is.EqualTo(("root", (string?)null)));
        Clock.Advance(TimeSpan.FromHours(12));
        Assert.That(await Client.WhoAmIAsync(used), Is.Null);
    }

    [Test]
    public async Task Session_Used_IsWrittenAtMostOnceAnHourAndKeptOverARestart()
    {
        var cookie = await Client.LogInAsync("root", "correct horse");
        var before = (long)Host.Query("SELECT expires_at FROM sessions")!;
        Clock.Advance(TimeSpan.FromMinutes(50));
        await Client.WhoAmIAsync(cookie);
        await Host.StopAsync();
        Assert.That(Host.Query("SELECT expires_at FROM sessions"), Is.EqualTo(before), "Not even an hour has passed.");

        await Host.RestartAsync();
        Client = Host.CreateClient();
        cookie = $"Cookie: films-{Host.Address.Port}={cookie.Split('=')[1]}";
        Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.That(await Client.WhoAmIAsync(cookie), Is.EqualTo("root"));
        await Host.RestartAsync();

        Assert.That(Host.Query("SELECT expires_at FROM sessions"), Is.EqualTo(before + (long)TimeSpan.FromMinutes(70).TotalMilliseconds).Within(1));
    }

    [Test]
    public async Task Sessions_ThatHaveExpired_AreRemovedFromTheDatabase()
    {
        for (var i = 0; i < 5; i++)
        {
            await Client.LogInAsync("root", "correct horse");
        }

        Assert.That(() => CountAfter(TimeSpan.FromHours(13)), Is.EqualTo(0).After(30_000, 10));
    }

    [Test]
    public async Task Sessions_OfOneUser_AreBounded()
    {
        var first = await Client.LogInAsync("root", "correct horse");
        for (var i = 0; i < SessionDirectory.MaxPerUser; i++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Client.LogInAsync("root", "correct horse");
        }

        Assert.That(Host.Query("SELECT count(*) FROM sessions"), Is.EqualTo(SessionDirectory.MaxPerUser));
        Assert.That(await Client.WhoAmIAsync(first), Is.Null, "The oldest has ended.");
    }

    // The timer that removes them may not have been started yet.
    private object? CountAfter(TimeSpan time)
    {
        Clock.Advance(time);
        return Host.Query("SELECT count(*) FROM sessions");
    }
}
