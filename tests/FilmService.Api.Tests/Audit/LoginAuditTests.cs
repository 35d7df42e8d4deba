using FilmService.Api.Access.Authentication;
using FilmService.Api.Tests.Access;
using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Audit;

/// <summary>Which logins the audit log records.</summary>
public sealed class LoginAuditTests : ServiceTest
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);

    protected override Task<FilmServiceHost> StartHostAsync() => FilmServiceHost.StartAsync(_clock, AccessRequests.Scoped);

    [Test]
    public async Task LogIn_WithAPassword_IsRecordedOnceAnHour()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        for (var i = 0; i < 5; i++)
        {
            Assert.That((await LogInAsync("ann", "tops3cret")).Status, Is.EqualTo(200));
            _clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.That(await Client.WaitForAuditAsync(2), Is.EqualTo(new[] { "root basic user.saved ann films:read", "ann basic login" }));

        _clock.Advance(TimeSpan.FromHours(1));
        await LogInAsync("ann", "tops3cret");

        Assert.That((await Client.WaitForAuditAsync(3))[2], Is.EqualTo("ann basic login"));
    }

    [Test]
    public async Task FailedLogIns_OfOneMinute_AreSummedByAddressAndUser()
    {
        await Client.PutUserAsync("ann", "tops3cret", "films:read");
        for (var i = 0; i < 3; i++)
        {
            Assert.That((await LogInAsync("ann", $"guess {i}")).Status, Is.EqualTo(401));
            Assert.That((await LogInAsync($"no{i}body", "tops3cret")).Status, Is.EqualTo(401));
        }

        Assert.That((await Client.SendAsync("GET", "/films", null, "X-API-Key: fsk_wrong")).Status, Is.EqualTo(401));

        // The timer that records the sums may not have been started yet.
        Assert.That((await Client.WaitForAuditAsync(3, () => _clock.Advance(TimeSpan.FromMinutes(1))))[1..], Is.EquivalentTo(new[] { "login.failed ann 3", "login.failed 4" }));
    }

    [Test]
    public async Task FailedLogIns_WhenTheServiceStops_AreRecorded()
    {
        await LogInAsync("nobody", "tops3cret");

        await Host.StopAsync();

        Assert.That(Host.Query("SELECT count FROM audit WHERE action = 'login.failed' AND address = '127.0.0.1'"), Is.EqualTo(1));
    }

    [Test]
    public void FailedLogIns_FromVeryManyAddresses_AreAddedUpWithoutAddress()
    {
        var sums = new FailedLoginSums(_clock);
        for (var i = 0; i < 5 * FailedLoginSums.MaxPerHour; i++)
        {
            sums.Add($"203.0.113.{i}", null);
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        var complete = sums.TakeComplete();

        Assert.That(complete, Has.Count.EqualTo(FailedLoginSums.MaxPerHour + 1));
        Assert.That(complete.Single(sum => sum.From is null).Count, Is.EqualTo(4 * FailedLoginSums.MaxPerHour));
        Assert.That(sums.TakeComplete(), Is.Empty);
        _clock.Advance(TimeSpan.FromHours(1));
        sums.Add("203.0.113.1", null);
        Assert.That(sums.TakeAll().Single().From, Is.EqualTo("203.0.113.1"));
    }

    private Task<HttpAnswer> LogInAsync(string name, string password) => Client.SendAsync("GET", "/films/1", null, AccessRequests.Basic(name, password));
}
