using System.Net;
using System.Text;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Tests.Hosting;
using FilmService.Domain.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Access;

/// <summary>What is cached about a password, and for how long.</summary>
public sealed class PasswordAuthenticationTests
{
    private static readonly IPAddress Home = IPAddress.Parse("203.0.113.7");
    private static readonly string Credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes("ann:tops3cret"));

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private FilmServiceHost _host = null!;
    private HttpClient _client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _host = await FilmServiceHost.StartAsync(_clock, AccessRequests.Scoped);
        _client = _host.CreateClient();
        await _client.PutUserAsync("ann", "tops3cret", "films:read");
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task LogIn_RightPassword_IsRememberedForAMinute()
    {
        Assert.That(Passwords.Recall(Credentials), Is.Null);

        await LogInAsync("tops3cret", Credentials);

        Assert.That(Passwords.Recall(Credentials)!.Identity!.Name, Is.EqualTo("ann"));
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.That(Passwords.Recall(Credentials), Is.Not.Null);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(Passwords.Recall(Credentials), Is.Null);
    }

    [Test]
    public async Task LogIn_WrongPassword_IsNotRemembered()
    {
        Assert.That((await LogInAsync("tops3creT", "wrong")).Caller, Is.Null);

        Assert.That(Passwords.Recall("wrong"), Is.Null);
    }

    [TestCase("""{"password":"tops3cret","scopes":["films:read"]}""")]
    [TestCase("")]
    public async Task Change_OfTheUser_IsForgottenAtOnce(string body)
    {
        await LogInAsync("tops3cret", Credentials);

        await _client.SendAsync(body.Length > 0 ? "PUT" : "DELETE", "/users/ann", body.Length > 0 ? HttpRequests.Json(body) : null, AccessRequests.Root);

        Assert.That(Passwords.Recall(Credentials), Is.Null);
    }

    /// <summary>
    /// A password that was valid before the change is no more trusted, and no more often hashed, than any guess.
    /// </summary>
    [Test]
    public async Task LogIn_WithThePasswordBeforeAChange_CountsAsAGuess()
    {
        await LogInAsync("tops3cret", Credentials);
        await _client.PutUserAsync("ann", "another1", "films:read");

        for (var i = 0; i < FailedLoginLimiter.PerUser; i++)
        {
            Assert.That(await LogInAsync("tops3cret", Credentials), Is.EqualTo(default(AuthenticationOutcome)));
        }

        Assert.That((await LogInAsync("tops3cret", Credentials)).Wait, Is.Not.Null);
    }

    /// <summary>
    /// Logins with the same credentials share one hash. A login after a change must not get the result from before it.
    /// </summary>
    [Test]
    public async Task LogIn_WhileTheUserIsChanged_IsJudgedByTheUserItWasSentTo()
    {
        using var hashing = new ManualResetEventSlim();
        var slow = new User("bob", new Lazy<string>(() => { hashing.Wait(); return UserDirectory.Hash("tops3cret"); }), ["admin"]);
        var fast = new User("bob", new Lazy<string>(UserDirectory.Hash("another1")), ["films:read"]);
        var (directory, users) = (_host.Services.GetRequiredService<AccessDirectory>(), _host.Services.GetRequiredService<UserDirectory>());
        directory.Users.Fill([slow]);
        using var passwords = new PasswordAuthentication(users, new FailedLoginLimiter(_clock), _host.Services.GetRequiredService<LoginAudit>(), _clock);

        var before = passwords.LogInAsync(Home, "bob", "bob", "tops3cret");
        directory.Users.Fill([fast]);
        var after = passwords.LogInAsync(Home, "bob", "bob", "tops3cret");
        hashing.Set();

        Assert.That((await before).Caller, Is.Not.Null, "It was right when it was sent.");
        Assert.That((await after).Caller, Is.Null, "The password had been changed.");
        Assert.That(passwords.Recall("bob"), Is.Null);
    }

    /// <summary>Logins share a hash only within one address, because each address has its own failures.</summary>
    [Test]
    public async Task LogIn_OfTheSameCredentialsFromTwoAddresses_CountsForEach()
    {
        using var hashing = new ManualResetEventSlim();
        var slow = new User("bob", new Lazy<string>(() => { hashing.Wait(); return UserDirectory.Hash("tops3cret"); }), ["admin"]);
        _host.Services.GetRequiredService<AccessDirectory>().Users.Fill([slow]);
        using var passwords = new PasswordAuthentication(_host.Services.GetRequiredService<UserDirectory>(), new FailedLoginLimiter(_clock), _host.Services.GetRequiredService<LoginAudit>(), _clock);
        IPAddress[] addresses = [Home, IPAddress.IPv6Loopback];

        var guesses = Enumerable.Range(0, FailedLoginLimiter.PerUser)
            .SelectMany(i => addresses.Select(address => passwords.LogInAsync(address, $"{i}", "bob", $"guess {i}"))).ToList();
        hashing.Set();

        Assert.That((await Task.WhenAll(guesses)).Select(result => (result.Caller, result.Wait)), Is.All.EqualTo(((Caller?)null, (TimeSpan?)null)));
        foreach (var address in addresses)
        {
            Assert.That((await passwords.LogInAsync(address, "more", "bob", "one more guess")).Wait, Is.Not.Null, $"{address}");
        }
    }

    /// <summary>A login that is turned away because too many are waiting is not a guess.</summary>
    [Test]
    public async Task LogIn_WhileManyWait_IsToldToComeAgainAndDoesNotCount()
    {
        using var hashing = new ManualResetEventSlim();
        var slow = new User("bob", new Lazy<string>(() => { hashing.Wait(); return UserDirectory.Hash("tops3cret"); }), ["admin"]);
        var (directory, users) = (_host.Services.GetRequiredService<AccessDirectory>(), _host.Services.GetRequiredService<UserDirectory>());
        directory.Users.Fill([slow]);
        using var passwords = new PasswordAuthentication(users, new FailedLoginLimiter(_clock), _host.Services.GetRequiredService<LoginAudit>(), _clock);
        var waiting = Enumerable.Range(0, 64).Select(i => passwords.LogInAsync(IPAddress.Parse($"203.0.113.{i}"), $"{i}", "bob", $"guess {i}")).ToList();

        for (var i = 0; i < 2 * FailedLoginLimiter.PerUser; i++)
        {
            Assert.That((await passwords.LogInAsync(IPAddress.IPv6Loopback, "right", "bob", "tops3cret")).Wait, Is.EqualTo(TimeSpan.FromSeconds(1)));
        }

        hashing.Set();
        Assert.That((await Task.WhenAll(waiting)).Select(result => result.Caller), Is.All.Null);
        Assert.That((await passwords.LogInAsync(IPAddress.IPv6Loopback, "right", "bob", "tops3cret")).Caller, Is.Not.Null);
    }

    private PasswordAuthentication Passwords => _host.Services.GetRequiredService<PasswordAuthentication>();

    private Task<AuthenticationOutcome> LogInAsync(string password, string credentials) => Passwords.LogInAsync(Home, credentials, "ann", password);
}
