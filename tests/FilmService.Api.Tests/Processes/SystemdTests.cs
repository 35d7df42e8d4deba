using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace FilmService.Api.Tests.Processes;

/// <summary>What systemd sees of the service.</summary>
[Platform("Linux")]
public sealed class SystemdTests : ProcessTest
{
    [Test]
    public async Task Start_UnderAServiceManager_IsReadyOnceItListensAndSaysThatItStops()
    {
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var path = Path.Combine(Folder, "notify");
        manager.Bind(new UnixDomainSocketEndPoint(path));
        var service = RunBy(["env", $"NOTIFY_SOCKET={path}"], "Production", "urls=http://127.0.0.1:0");

        Assert.That(await ReceiveAsync(manager), Is.EqualTo("READY=1"));
        var address = await service.ListensAsync();
        using var client = new HttpClient();
        Assert.That(await client.GetStringAsync(new Uri(address, "/films/1")), Does.StartWith("{"));
        await service.TerminateAsync();
        Assert.That(await ReceiveAsync(manager), Is.EqualTo("STOPPING=1"));
        Assert.That(await service.EndsAsync(), Is.Zero, service.Errors);
    }

    [Test]
    public async Task Start_ThatIsRefused_IsNeverReady()
    {
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var path = Path.Combine(Folder, "notify");
        manager.Bind(new UnixDomainSocketEndPoint(path));
        var service = RunBy(["env", $"NOTIFY_SOCKET={path}"], "Production", "urls=http://192.0.2.1:0");

        Assert.That(await service.EndsAsync(), Is.EqualTo(1));
        var buffer = new byte[64];
        manager.Blocking = false;
        Assert.That(manager.Available == 0 || Encoding.ASCII.GetString(buffer, 0, manager.Receive(buffer)) != "READY=1", Is.True);
    }

    [Test]
    public async Task Log_ToTheJournal_HasTheLevelInFrontOfEachLine()
    {
        // The shell's standard output becomes the service's.
        const string Launcher = "JOURNAL_STREAM=0:$(readlink /proc/$$/fd/1 | tr -dc 0-9) exec \"$@\"";
        var service = RunBy(["sh", "-c", Launcher, "sh"], "Production", "urls=http://127.0.0.1:0");
        var address = await service.ListensAsync();
        using var client = new HttpClient();
        await client.GetStringAsync(new Uri(address, "/films/1"));
        await service.TerminateAsync();
        await service.EndsAsync();

        Assert.That(service.Output, Is.Not.Empty.And.All.Match("^<[2-7]>\\{"));
        Assert.That(service.Output.Select(line => JsonNode.Parse(line[3..])), Has.Some.Matches<JsonNode>(line => (string?)line["RequestPath"] == "/films/1"));
    }

    [Test]
    public async Task Log_ToAPipeOfAServiceInTheJournal_HasNoLevels()
    {
        var service = RunBy(["env", "JOURNAL_STREAM=8:1"], "Production", "urls=http://127.0.0.1:0");
        await service.ListensAsync();

        Assert.That(service.Output, Is.Not.Empty.And.All.StartsWith("{"));
    }

    private static async Task<string> ReceiveAsync(Socket manager)
    {
        var buffer = new byte[64];
        return Encoding.ASCII.GetString(buffer, 0, await manager.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(60)));
    }
}
