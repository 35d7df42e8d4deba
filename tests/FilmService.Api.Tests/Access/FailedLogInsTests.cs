using System.Diagnostics;
using System.Net;
using FilmService.Api.Access;
using FilmService.Api.Access.LogIn;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Access;

public sealed class FailedLogInsTests
{
    [Test]
    public async Task Guesses_OfOneUser_GetA429WithRetryAfterAfterTheTenth()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();

        for (var i = 0; i < FailedLogIns.PerUser; i++)
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
        for (var i = 0; i < FailedLogIns.PerAddress + 50; i++)
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
        Assert.That(FailedLogIns.BlockOf(IPAddress.Parse(one)) == FailedLogIns.BlockOf(IPAddress.Parse(other)), Is.EqualTo(same));

    [Test, NonParallelizable]
    public void Counter_WithMoreKeysThanItHolds_StaysBounded()
    {
        var counter = new FailureCounter(10, TimeSpan.FromMinutes(1), 1000, TimeProvider.System);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (UInt128 key = 0; key < 1_000_000; key++)
        {
            counter.Add(key);
        }

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(4 << 20));
        GC.KeepAlive(counter);
    }

    /// <summary>100,000 wrong log-ins over HTTP, with other users and passwords each, while a good caller goes on.</summary>
    [Test, NonParallelizable]
    public async Task HundredThousandWrongLogIns_LeaveMemoryAndAGoodCallersLatencyAsTheyWere()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        Assert.That((await client.SendAsync("GET", "/films/1", null, AccessRequests.Root)).Status, Is.EqualTo(200));
        await WrongLogInsAsync(client, 0, 2_000);
        var (memoryBefore, latencyBefore) = (GC.GetTotalMemory(forceFullCollection: true), await LatencyAsync(client));

        var statuses = await WrongLogInsAsync(client, 2_000, 100_000);

        var (memoryAfter, latencyAfter) = (GC.GetTotalMemory(forceFullCollection: true), await LatencyAsync(client));
        await TestContext.Out.WriteLineAsync(
            $"memory {memoryBefore >> 10} KB -> {memoryAfter >> 10} KB; a good caller's median {latencyBefore.TotalMicroseconds:0} µs -> {latencyAfter.TotalMicroseconds:0} µs; {string.Join(", ", statuses.Select(status => $"{status.Value} x {status.Key}"))}");
        Assert.That(memoryAfter - memoryBefore, Is.LessThan(16L << 20));
        Assert.That(latencyAfter, Is.LessThan((3 * latencyBefore) + TimeSpan.FromMilliseconds(2)));
        Assert.That(statuses.Keys, Is.SubsetOf(new[] { 401, 429 }));
    }

    [Test, NonParallelizable]
    public async Task SecondRequest_WithTheSamePassword_HashesNothing()
    {
        await using var host = await FilmServiceHost.StartAsync(AccessRequests.Scoped);
        var client = host.CreateClient();
        var hash = UserDirectory.Hash("correct horse");
        var started = Stopwatch.GetTimestamp();
        UserDirectory.IsHashOf(hash, "correct horse");
        var hashing = Stopwatch.GetElapsedTime(started);

        await client.SendAsync("GET", "/films/1", null, AccessRequests.Root);

        Assert.That(await LatencyAsync(client), Is.LessThan(hashing / 2));
    }

    private static async Task<Dictionary<int, int>> WrongLogInsAsync(HttpClient client, int first, int count)
    {
        var statuses = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        await Parallel.ForAsync(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            statuses.AddOrUpdate((await client.SendAsync("GET", "/films", null, AccessRequests.Basic($"user{i}", $"guess{i}"))).Status, 1, (_, n) => n + 1));
        return new(statuses);
    }

    private static async Task<TimeSpan> LatencyAsync(HttpClient client)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < 500; i++)
        {
            var started = Stopwatch.GetTimestamp();
            Assert.That((await client.SendAsync("GET", "/films/1", null, AccessRequests.Root)).Status, Is.EqualTo(200));
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        return times.Order().ElementAt(times.Count / 2);
    }
}
