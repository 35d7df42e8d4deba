using System.Net.Sockets;
using FilmService.Api.Http.Results;
using FilmService.Api.RateLimiting;

namespace FilmService.Api.Tests.Search;

/// <summary><c>Exports:MaxAtOnce</c>, <c>Exports:MaxAtOncePerCaller</c>, <c>Exports:Timeout</c>, and clients that do not read.</summary>
public sealed class ExportLimitsTests : LimitsTest
{
    protected override string[] Settings => ["Exports:MaxAtOnce=2", "Exports:MaxAtOncePerCaller=1", "Exports:Timeout=9", "Queries:Timeout=1"];

    // Too long together for what sockets hold.
    protected override int Films => 12_000;

    protected override int NameLength => 450;

    [TestCase(Export, "*/*")]
    [TestCase("/films?sort=name", "text/csv")]
    [TestCase("/films?name.contains=qq", "application/json")]
    [TestCase("/changes?since=0", "application/x-ndjson")]
    public async Task Exports_MoreThanACallerMayHave_Return429UntilOneIsClosed(string address, string accept)
    {
        Clock.HoldTimers = true;
        var open = await SendOnlyAsync(Export);
        await UntilAsync(() => Slots.Exports.Used == 1);
        var waiting = GetAsync(address, "Accept: " + accept);
        await UntilAsync(() => Clock.Held(QueuedSlots.LongestWait) == 1);
        Clock.HoldTimers = false;

        var refused = await GetAsync(address, "Accept: " + accept);

        Assert.That((refused.Status, (string?)refused.Json["type"], refused.Field("Retry-After")), Is.EqualTo((429, "/problems/too-many-exports", "5")));
        Assert.That((await GetAsync("/films?limit=20")).Status, Is.EqualTo(200), "A page is no export.");
        Clock.HoldTimers = true;
        open.Dispose();
        Assert.That((await waiting).Status, Is.EqualTo(200), "It was waiting for a slot.");
        Assert.That(Slots.Exports.Used, Is.Zero);
    }

    [Test]
    public async Task Export_LongerThanItsTimeBeforeTheFirstFilm_Returns503()
    {
        Clock.Step = TimeSpan.FromSeconds(5);

        var answer = await GetAsync("/films?format=ndjson&name.contains=zz");

        Assert.That((answer.Status, (string?)answer.Json["type"]), Is.EqualTo((503, "/problems/query-timeout")));
        Assert.That((string?)answer.Json["detail"], Does.StartWith("The database has worked on this query for 9 seconds and was stopped. Narrow it"));
        Assert.That(Slots.Exports.Used, Is.Zero);
    }

    [Test]
    public async Task Export_LongerThanItsTimeAfterTheFirstFilm_IsCut()
    {
        using var client = new HttpClient { BaseAddress = Host.Address };
        Clock.HoldTimers = true;
        Clock.Step = TimeSpan.FromSeconds(1);
        using var answer = await client.GetAsync(Export, HttpCompletionOption.ResponseHeadersRead);

        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(async () => await answer.Content.ReadAsStringAsync(), Throws.InstanceOf<HttpRequestException>());
        await UntilAsync(() => Slots.Exports.Used == 0);
    }

    [TestCase(Export)]
    [TestCase("/changes")]
    public async Task Export_WhoseClientReadsNothing_IsCutAndLeavesNothing(string address)
    {
        using var unread = await SendOnlyAsync(address, "Accept: application/x-ndjson");
        await UntilAsync(() => Slots.Exports.Used == 1);
        await UntilAsync(() => Slots.Exports.Used == 0);

        Assert.That(await IsCutAsync(unread), Is.True);
        Assert.That(Directory.EnumerateFiles(Host.DatabasePath + ".tmp"), Is.Empty);
        await AssertNoSnapshotAsync();
    }

    [Test]
    public async Task Export_WhoseClientIsSlow_IsSpooledAndComplete()
    {
        using var client = new HttpClient { BaseAddress = Host.Address };
        Clock.HoldTimers = true;
        using var answer = await client.GetAsync(Export, HttpCompletionOption.ResponseHeadersRead);
        Clock.FireHeld(SlowClients.MaxSnapshotAge);
        await UntilAsync(() => Directory.EnumerateFiles(Host.DatabasePath + ".tmp").Any());

        var lines = await answer.Content.ReadAsStringAsync();

        Assert.That(lines.AsSpan().Count('\n'), Is.EqualTo(Films));
        await UntilAsync(() => Slots.Exports.Used == 0);
        Assert.That(Directory.EnumerateFiles(Host.DatabasePath + ".tmp"), Is.Empty);
    }

    // True if the connection ends before the response does.
    private static async Task<bool> IsCutAsync(TcpClient client)
    {
        var end = new List<byte>();
        var buffer = new byte[65_536];
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            while (await client.GetStream().ReadAsync(buffer, patience.Token) is > 0 and var length)
            {
                end = [.. end.TakeLast(5), .. buffer.Take(length)];
            }
        }
        catch (IOException)
        {
            return true;
        }

        return !end.TakeLast(5).SequenceEqual("0\r\n\r\n"u8.ToArray());
    }
}

/// <summary><c>Exports:MaxSpooledBytes</c>: what slow clients have not read, and what is sorted.</summary>
public sealed class SpooledBytesTests : LimitsTest
{
    protected override string[] Settings => ["Exports:MaxAtOnce=4", "Exports:MaxSpooledBytes=4000000"];

    protected override int Films => 12_000;

    protected override int NameLength => 450;

    [TestCase("asOf={0}&sort=name")]
    [TestCase("asOf={0}&sort=-year&format=csv")]
    [TestCase("asOf={0}&sort=-revision,name&format=ndjson&name.contains=q")]
    public async Task List_ThatSortsMoreThanItsShare_Returns503ThatSaysHowToNarrowIt(string query)
    {
        Clock.HoldTimers = true;
        var revision = (await GetAsync("/films/1")).Field("Films-Revision");
        var address = "/films?" + query.Replace("{0}", revision, StringComparison.Ordinal);

        var answer = await GetAsync(address);

        Assert.That((answer.Status, (string?)answer.Json["type"], answer.Field("Retry-After")), Is.EqualTo((503, "/problems/query-timeout", "60")));
        Assert.That((string?)answer.Json["detail"], Does.StartWith("The database has sorted as many films for this query as Exports:MaxSpooledBytes allows and was stopped. ").And.Contain("Narrow it"));
        Assert.That(Slots.Exports.Used, Is.Zero);
        Assert.That((await GetAsync(address + "&limit=100")).Status, Is.EqualTo(200), "A page keeps only its films.");
        Assert.That((await GetAsync($"/films?format=ndjson&asOf={revision}")).Status, Is.EqualTo(200), "The order of ids has an index.");
    }

    [Test]
    public async Task Export_OfMoreThanItsShareOfTheSpool_IsCut()
    {
        using var client = new HttpClient { BaseAddress = Host.Address };
        Clock.HoldTimers = true;
        using var answer = await client.GetAsync(Export, HttpCompletionOption.ResponseHeadersRead);
        Clock.FireHeld(SlowClients.MaxSnapshotAge);
        await UntilAsync(() => Slots.Exports.Used == 0);

        Assert.That(async () => await answer.Content.ReadAsStringAsync(), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Directory.EnumerateFiles(Host.DatabasePath + ".tmp"), Is.Empty);
    }
}
