using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Search;

/// <summary>However a request for a list ends, its snapshot is released.</summary>
public sealed class OpenSnapshotsTests : LimitsTest
{
    protected override string[] Settings => ["Films:RequireLimitAbove=2000", "Queries:MaxAtOncePerCaller=1", "Exports:MaxAtOncePerCaller=1"];

    [TestCase(400, Export, "If-Match: x")]
    [TestCase(400, "/films?limit=1", "If-Match: x")]
    [TestCase(400, Export, "If-Match: *, \"x\"")]
    [TestCase(400, Export, "If-None-Match: x")]
    [TestCase(412, Export, "If-Match: \"x\"")]
    [TestCase(412, "/films?limit=1", "If-Match: \"x\"")]
    [TestCase(412, Heavy, "If-Match: W/\"x\"")]
    [TestCase(304, Export, "If-None-Match: *")]
    [TestCase(400, "/films", "Accept: application/json")]
    [TestCase(400, "/films?limit=0", "")]
    [TestCase(400, "/films?limit=1&cursor=x", "")]
    [TestCase(400, "/films?format=ndjson&year=x", "")]
    [TestCase(406, Export, "Accept: image/png")]
    [TestCase(410, "/changes?since=none-1", "Accept: application/x-ndjson")]
    [TestCase(404, "/films/none/history", "")]
    [TestCase(410, "/films/1?asOf=none-1", "")]
    public async Task Request_ThatIsRefused_LeavesNoSnapshotOpen(int status, string address, string field)
    {
        foreach (var method in new[] { "GET", "HEAD" })
        {
            Assert.That((await Client.SendAsync(method, address, null, field.Length > 0 ? [field] : [])).Status, Is.EqualTo(status));
        }

        Assert.That((Slots.Queries.Used, Slots.Exports.Used), Is.EqualTo((0, 0)));
        await AssertNoSnapshotAsync();
    }

    [TestCase(Heavy)]
    [TestCase("/films?format=csv&name.contains=q")]
    public async Task Request_ThatTakesTooLong_LeavesNoSnapshotOpen(string address)
    {
        Clock.Step = TimeSpan.FromMinutes(9);

        Assert.That((await GetAsync(address)).Status, Is.EqualTo(503));

        await AssertNoSnapshotAsync();
    }

    [TestCase(Heavy, 503)]
    [TestCase("/films?format=csv&name.contains=q", 503)]
    [TestCase("/films?limit=1", 503)]
    public async Task Request_DatabaseDoesNotAnswer_LeavesNoSnapshotOpen(string address, int status)
    {
        Host.Query("ALTER TABLE films RENAME TO other");

        Assert.That((await GetAsync(address)).Status, Is.EqualTo(status));

        Host.Query("ALTER TABLE other RENAME TO films");
        await AssertNoSnapshotAsync();
    }

    [Test]
    public async Task Export_WhoseClientLeaves_LeavesNoSnapshotOpen()
    {
        Clock.Stop();
        var left = await SendOnlyAsync(Export);
        await Clock.Stopped.WaitAsync(Patience);

        left.Dispose();
        await Clients.FirstLeft.WaitAsync(Patience);
        Clock.GoOn();

        await UntilAsync(() => Slots.Exports.Used == 0);
        await AssertNoSnapshotAsync();
    }

    [Test]
    public async Task Snapshot_ThatIsOpen_IsSeenByTheseTests()
    {
        Clock.Stop();
        var held = GetAsync(Heavy);
        await Clock.Stopped.WaitAsync(Patience);

        Assert.That(HasSnapshot(), Is.True);

        Clock.GoOn();
        await held;
    }
}
