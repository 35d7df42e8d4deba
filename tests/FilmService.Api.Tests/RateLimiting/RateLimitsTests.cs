using FilmService.Api.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace FilmService.Api.Tests.RateLimiting;

/// <summary>Limits on requests per minute by caller or address (draft-ietf-httpapi-ratelimit-headers-10).</summary>
public sealed class RateLimitsTests : ServiceTest
{
    private static readonly string[] Users =
    [
        "Authentication:Users:0:Name=ann", "Authentication:Users:0:Password=correct horse", "Authentication:Users:0:Scopes:0=films:write",
        "Authentication:Users:1:Name=bob", "Authentication:Users:1:Password=battery staple", "Authentication:Users:1:Scopes:0=films:read",
    ];

    private static readonly string Ann = Basic("ann", "correct horse");
    private static readonly string Bob = Basic("bob", "battery staple");

    protected override string[] Settings => ["RateLimits:Enabled=true", "RateLimits:PermitsPerMinute=3", .. Users];

    [Test]
    public async Task Get_WithinTheLimit_TellsWhatIsLeft()
    {
        var answers = new[] { await GetAsync("/films/1"), await GetAsync("/nothing"), await GetAsync("/films?yeer=1") };

        Assert.That(answers.Select(answer => (answer.Status, answer.Field("RateLimit-Policy"), answer.Field("RateLimit"))), Is.EqualTo(new[]
        {
            (200, "\"minute\";q=3;w=60", "\"minute\";r=2"), (404, "\"minute\";q=3;w=60", "\"minute\";r=1"), (400, "\"minute\";q=3;w=60", "\"minute\";r=0"),
        }));
    }

    [Test]
    public async Task Put_BeyondTheLimit_Returns429AndChangesNothing()
    {
        await UseUpAsync();

        var answer = await PutAsync("1", UpArguments);

        var seconds = int.Parse(answer.Field("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(seconds, Is.InRange(1, 60));
        AssertProblem(answer, Problem(
            "too-many-requests", "Too many requests", 429, $"More than 3 requests in a minute. Try again in {seconds} seconds.", "/films/1"));
        Assert.That((answer.Field("RateLimit-Policy"), answer.Field("RateLimit")), Is.EqualTo(("\"minute\";q=3;w=60", $"\"minute\";r=0;t={seconds}")));
        Assert.That((await GetAsync("/films/1", Ann)).Body, Is.EqualTo(Avengers));
    }

    [Test]
    public async Task Get_BeyondTheLimit_TellsWhenTheMinuteEnds()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await FilmServiceHost.StartAsync(clock, "RateLimits:Enabled=true", "RateLimits:PermitsPerMinute=1");
        using var client = host.CreateClient();
        clock.Advance(TimeSpan.FromMinutes(10));
        var first = await client.SendAsync("GET", "/films/1");
        clock.Advance(TimeSpan.FromSeconds(19.5));
        var second = await client.SendAsync("GET", "/films/1");
        clock.Advance(TimeSpan.FromSeconds(40.5));
        var third = await client.SendAsync("GET", "/films/1");

        Assert.That((first.Status, second.Status, third.Status), Is.EqualTo((200, 429, 200)));
        Assert.That((second.Field("Retry-After"), second.Field("RateLimit")), Is.EqualTo(("41", "\"minute\";r=0;t=41")));
    }

    [Test]
    public async Task Get_ByCallersOfOneAddress_AreCountedEachByItself()
    {
        await UseUpAsync();
        await UseUpAsync(Ann);

        Assert.That((await GetAsync("/films/1")).Status, Is.EqualTo(429));
        Assert.That((await GetAsync("/films/1", Ann)).Status, Is.EqualTo(429));
        Assert.That((await GetAsync("/films/1", Bob)).Field("RateLimit"), Is.EqualTo("\"minute\";r=2"));
    }

    [Test]
    public async Task Health_BeyondTheLimit_IsAnswered()
    {
        await UseUpAsync();

        var answer = await GetAsync("/health/ready");

        Assert.That((answer.Status, answer.Field("RateLimit")), Is.EqualTo((200, (string?)null)));
    }

    [Test]
    public async Task Token_BeyondTheLimit_IsCountedByAddress()
    {
        for (var request = 0; request < 3; request++)
        {
            await Client.SendAsync("POST", "/oauth/token", null, Basic("client", "wrong"));
        }

        Assert.That((await GetAsync("/films/1")).Status, Is.EqualTo(429));
    }

    [TestCase("Development", null)]
    [TestCase("Production", "\"minute\";q=600;w=60")]
    public async Task Get_WithoutSettings_IsLimitedInProductionOnly(string environment, string? policy)
    {
        await using var host = await FilmServiceHost.StartAsync($"environment={environment}");
        using var client = host.CreateClient();

        Assert.That((await client.SendAsync("GET", "/films/1")).Field("RateLimit-Policy"), Is.EqualTo(policy));
    }

    private async Task UseUpAsync(params string[] fields)
    {
        for (var request = 0; request < 3; request++)
        {
            Assert.That((await GetAsync("/films/1", fields)).Status, Is.EqualTo(200));
        }
    }
}
