using System.Net;
using FilmService.Api.Access.Authentication;
using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.Access;

public sealed class FailedLoginLimiterTests
{
    [Test]
    public async Task Guesses_OfOneUser_GetA429WithRetryAfterAfterTheTenth()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();

        for (var i = 0; i < FailedLoginLimiter.PerUser; i++)
        {
            Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Basic("root", $"guess {i}"))).Status, Is.EqualTo(401));
        }

        var answer = await client.SendAsync("GET", "/films", null, AccessRequests.Basic("root", "guess"));
        Assert.That((answer.Status, answer.Json["type"]!.GetValue<string>()), Is.EqualTo((429, "/problems/too-many-failed-log-ins")));
        Assert.That(int.Parse(answer.Field("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), Is.InRange(1, 120));
        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Basic("ann", "guess"))).Status, Is.EqualTo(401), "Another user is not locked out.");
    }

    [Test]
    public async Task RightCredentials_OfLately_GetInHoweverManyFailFromTheSameAddress()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var (_, key) = await client.CreateKeyAsync("films:read");
        for (var i = 0; i < FailedLoginLimiter.PerAddress + 50; i++)
        {
            await client.SendAsync("GET", "/films", null, AccessRequests.Bearer("fsk_wrong"));
        }

        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Basic("ann", "guess"))).Status, Is.EqualTo(429));
        Assert.That((await client.SendAsync("GET", "/films", null, AccessRequests.Root)).Status, Is.EqualTo(200));
        Assert.That((await client.SendAsync("GET", "/films", null, "X-API-Key: " + key)).Status, Is.EqualTo(200));
    }

    [TestCase("203.0.113.7", "::ffff:203.0.113.7", true)]
    [TestCase("203.0.113.7", "203.0.113.8", false)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void Address_OfIPv6_CountsAsItsHousehold(string one, string other, bool same) =>
        Assert.That(FailedLoginLimiter.BlockOf(IPAddress.Parse(one)) == FailedLoginLimiter.BlockOf(IPAddress.Parse(other)), Is.EqualTo(same));

    [Test, NonParallelizable]
    public void Counter_WithMoreKeysThanItHolds_StaysBounded()
    {
        const int capacity = 20_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var counter = new FailureCounter(10, TimeSpan.FromMinutes(1), capacity, TimeProvider.System);

        for (ulong key = 0; key < 1_000_000; key++)
        {
            counter.Add(key);
        }

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(60 * capacity + (64 << 10)));
        GC.KeepAlive(counter);
    }

    /// <summary>
    /// Guesses over HTTP, each with another name and password; <c>bench/wrong-log-ins</c> makes 100,000 of them and watches a
    /// legitimate caller.
    /// </summary>
    [Test, NonParallelizable]
    public async Task WrongLogIns_ByTheThousand_LeaveMemoryAsItWas()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        await GuessAsync(client, 0, 2_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var statuses = await GuessAsync(client, 2_000, 10_000);

        var after = GC.GetTotalMemory(forceFullCollection: true);
        await TestContext.Out.WriteLineAsync($"{before >> 10} KB -> {after >> 10} KB; {string.Join(", ", statuses.Select(status => $"{status.Value} x {status.Key}"))}");
        Assert.That(after - before, Is.LessThan(8L << 20));
        Assert.That(statuses.Keys, Is.SubsetOf(new[] { 401, 429 }));
    }

    /// <summary>Each window starts from zero; Retry-After says when the next one begins.</summary>
    [Test]
    public void Counter_AfterTheTimeThatItTells_CountsAgain()
    {
        var clock = new FakeTimeProvider();
        var counter = new FailureCounter(2, TimeSpan.FromMinutes(1), 1000, clock);
        clock.Advance(TimeSpan.FromSeconds(50));
        Assert.That(new[] { counter.Add(7), counter.Add(7) }, Is.All.Null);

        var wait = counter.Add(7);

        Assert.That(wait, Is.EqualTo(TimeSpan.FromSeconds(70)));
        Assert.That(counter.Add(8), Is.Null, "Another key is another's.");
        clock.Advance(wait!.Value - TimeSpan.FromSeconds(1));
        Assert.That(counter.Add(7), Is.EqualTo(TimeSpan.FromSeconds(1)));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(counter.Add(7), Is.Null);
    }

    [Test]
    public void Counter_OfWhatIsTakenBack_CountsNothing()
    {
        var counter = new FailureCounter(1, TimeSpan.FromMinutes(1), 1000, new FakeTimeProvider());

        for (var i = 0; i < 100; i++)
        {
            Assert.That(counter.Add(7), Is.Null);
            counter.TakeBack(7);
        }
    }

    /// <summary>No hash is computed for a caller who must wait, so that not even the right password can be recognised.</summary>
    [Test]
    public async Task RightPassword_AfterTooManyGuesses_WaitsAsWellAndOnlyThere()
    {
        await using var host = await FilmServiceHost.StartAsync([.. AccessRequests.Scoped, "ForwardedHeaders:KnownProxies:0=127.0.0.0/8"]);
        var client = host.CreateClient();
        Task<HttpAnswer> From(string address, string password) =>
            client.SendAsync("GET", "/films", null, AccessRequests.Basic("root", password), "X-Forwarded-Proto: https", "X-Forwarded-For: " + address);
        for (var i = 0; i < FailedLoginLimiter.PerUser; i++)
        {
            await From($"2001:db8:1:2::{i}", $"guess {i}");
        }

        Assert.That((await From("2001:db8:1:2:ffff::1", "correct horse")).Status, Is.EqualTo(429), "The same /64 is one household.");
        Assert.That((await From("2001:db8:1:3::1", "correct horse")).Status, Is.EqualTo(200), "Nobody locks another out.");
        Assert.That((await From("203.0.113.8", "correct horse")).Status, Is.EqualTo(200));
    }

    private static async Task<Dictionary<int, int>> GuessAsync(HttpClient client, int first, int count)
    {
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        await Parallel.ForAsync(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            statuses.AddOrUpdate((await client.SendAsync("GET", "/films", null, AccessRequests.Basic($"user{i}", $"guess{i}"))).Status, 1, (_, n) => n + 1));
        return new(statuses);
    }
}
