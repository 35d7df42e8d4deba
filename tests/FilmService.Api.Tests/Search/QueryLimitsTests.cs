using System.Text;
using FilmService.Api.Search;
using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Search;

/// <summary><c>Queries:MaxAtOnce</c>, <c>Queries:MaxAtOncePerCaller</c> and <c>Queries:Timeout</c>.</summary>
public sealed class QueryLimitsTests : LimitsTest
{
    private const string Password = "correct-horse-battery";

    protected override string[] Settings => ["Queries:MaxAtOnce=3", "Queries:MaxAtOncePerCaller=1", "Queries:Timeout=7", "Exports:Timeout=9"];

    [TestCase("GET", Heavy)]
    [TestCase("HEAD", Heavy)]
    [TestCase("GET", "/films?limit=1&count=true&month.null=true")]
    [TestCase("GET", "/films?limit=1&name.contains=zzz")]
    [TestCase("GET", "/films?limit=1000&sort=year,-name&shape=list")]
    [TestCase("GET", "/films?limit=1000&q=q&format=csv")]
    public async Task Query_LongerThanItsTime_Returns503ThatSaysHowToNarrowIt(string method, string address)
    {
        Clock.Step = TimeSpan.FromSeconds(4);

        var answer = await Client.SendAsync(method, address);

        Assert.That((answer.Status, answer.Field("Retry-After"), answer.Field("ETag")), Is.EqualTo((503, "60", (string?)null)));
        if (method == "GET")
        {
            Assert.That((string?)answer.Json["type"], Is.EqualTo("/problems/query-timeout"));
            Assert.That((string?)answer.Json["detail"], Is.EqualTo(
                "The database has worked on this query for 7 seconds and was stopped. Narrow it: add a condition such as 'year', 'released', 'name.startsWith' or 'q', and leave out 'count' and 'sort'."));
        }

        Clock.Step = TimeSpan.Zero;
        Assert.That((await Client.SendAsync(method, address)).Status, Is.EqualTo(200), "The next one has its own time.");
        Assert.That(Slots.Queries.Used, Is.Zero);
    }

    [Test]
    public async Task Query_ByForm_HasTheSameTime()
    {
        Clock.Step = TimeSpan.FromSeconds(4);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["limit"] = "20", ["name.contains"] = "zzz" });

        Assert.That((await Client.SendAsync("QUERY", "/films", form)).Status, Is.EqualTo(503));
    }

    [Test]
    public async Task Query_WhoseClientLeaves_IsInterrupted()
    {
        Clock.Stop();
        var left = await SendOnlyAsync(Heavy);
        await Clock.Stopped.WaitAsync(Patience);
        Assert.That(Slots.Queries.Used, Is.EqualTo(1));

        left.Dispose();
        await Clients.FirstLeft.WaitAsync(Patience);
        var asked = Clock.Asked;
        Clock.GoOn();
        await UntilAsync(() => Slots.Queries.Used == 0);

        Assert.That(Clock.Asked - asked, Is.LessThanOrEqualTo(1), "The statement went on.");
        Assert.That((await GetAsync(Heavy)).Status, Is.EqualTo(200));
        Assert.That(Clock.Asked - asked, Is.GreaterThan(10), "Otherwise the statement would have been too short to see the difference.");
    }

    [Test]
    public async Task Queries_MoreThanACallerMayHave_Return429AfterAWhile()
    {
        Clock.Stop();
        var first = GetAsync(Heavy);
        await Clock.Stopped.WaitAsync(Patience);

        var second = await GetAsync(Heavy);

        Assert.That(second.Problem, Is.EqualTo(
            """{"type":"/problems/too-many-queries","title":"Too many queries","status":429,"detail":"At most 1 queries of one caller run at the same time; the others wait for 5 seconds. Try again in 5 seconds.","instance":"/films","message":"At most 1 queries of one caller run at the same time; the others wait for 5 seconds. Try again in 5 seconds."}"""));
        Assert.That(second.Field("Retry-After"), Is.EqualTo("5"));
        var other = GetAsync(Heavy, Admin);
        await UntilAsync(() => Slots.Queries.Used == 2);
        Clock.GoOn();
        Assert.That(((await first).Status, (await other).Status), Is.EqualTo((200, 200)), "Another caller has slots of its own.");
        Assert.That(Slots.Queries.Used, Is.Zero);
    }

    [Test]
    public async Task Requests_WhileAllQueriesAreHeldUp_AreAnswered()
    {
        Clock.Stop();
        var held = GetAsync(Heavy);
        await Clock.Stopped.WaitAsync(Patience);
        var waiting = Enumerable.Range(0, 300).Select(_ => GetAsync(Heavy)).ToList();

        foreach (var address in new[] { "/films/1", "/health/live", "/health/ready", "/films?limit=20", "/films?limit=1000&sort=-year", "/films/1/history", "/changes?limit=10" })
        {
            Assert.That((await GetAsync(address)).Status, Is.EqualTo(200), address);
        }

        Assert.That((await Client.SendAsync("PUT", "/films/1", HttpRequests.Json("""{"name":"Up","year":2009}"""))).Status, Is.EqualTo(200));
        Assert.That((await Task.WhenAll(waiting)).Select(answer => answer.Status), Is.All.EqualTo(429));
        Clock.GoOn();
        Assert.That((await held).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Queries_OfManyCallers_LeaveASlotToThoseWhoAreLoggedIn()
    {
        await using var proxied = await FilmServiceHost.StartAsync(Clock, [
            .. Settings, "ForwardedHeaders:KnownProxies:0=127.0.0.1", "Access:Write=Scoped", "Authentication:Users:0:Name=me", $"Authentication:Users:0:Password={Password}", "Authentication:Users:0:Scopes:0=films:write"]);
        using var client = proxied.CreateClient();
        var me = $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{Password}"))}";
        var lines = string.Concat(Enumerable.Range(1, 1_100).Select(number => $$"""{"Name":"q {{number}}","Year":2009}""" + "\n"));
        await client.SendAsync("POST", "/films", new StringContent(lines, null, "application/x-ndjson"), me, "X-Forwarded-Proto: https");
        Clock.Stop();
        var slots = proxied.Services.GetRequiredService<SearchSlots>();
        var held = Task.WhenAll(new[] { "192.0.2.1", "2001:db8::1" }.Select(address => client.SendAsync("GET", Heavy, null, $"X-Forwarded-For: {address}")));
        await UntilAsync(() => slots.Queries.Used == 2);

        var sameNetwork = await client.SendAsync("GET", Heavy, null, "X-Forwarded-For: 2001:db8::2");
        var anonymous = await client.SendAsync("GET", Heavy, null, "X-Forwarded-For: 192.0.2.3");
        var known = client.SendAsync("GET", Heavy, null, "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https", me);
        await UntilAsync(() => slots.Queries.Used == 3);

        Assert.That(sameNetwork.Status, Is.EqualTo(429), "An IPv6 address counts as its /64.");
        Assert.That((anonymous.Status, (string?)anonymous.Json["type"], anonymous.Field("Retry-After")), Is.EqualTo((503, "/problems/busy", "5")));
        Clock.GoOn();
        Assert.That((await held).Select(answer => answer.Status).Append((await known).Status), Is.All.EqualTo(200));
    }

    [TestCase("Queries:MaxAtOnce=0", "a whole number from 1 to 10000")]
    [TestCase("Queries:MaxAtOncePerCaller=many", "a whole number from 1 to 10000")]
    [TestCase("Queries:Timeout=10s", "a whole number from 1 to 86400")]
    [TestCase("Exports:MaxAtOnce=-1", "a whole number from 1 to 10000")]
    [TestCase("Exports:MaxAtOncePerCaller=0", "a whole number from 1 to 10000")]
    [TestCase("Exports:Timeout=0", "a whole number from 1 to 86400")]
    [TestCase("Exports:MaxSpooledBytes=2GB", "a whole number from 0 to 9223372036854775807")]
    public void Start_WithAnInvalidLimit_IsRefused(string setting, string allowed)
    {
        var (name, value) = (setting.Split('=')[0], setting.Split('=')[1]);

        Assert.That(async () => await FilmServiceHost.StartAsync(setting), Throws.InstanceOf<Infrastructure.InvalidConfigurationException>()
            .With.Message.EqualTo($"The setting {name} is '{value}'. Allowed: {allowed}."));
    }
}
