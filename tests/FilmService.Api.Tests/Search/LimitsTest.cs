using System.Net.Sockets;
using System.Text;
using FilmService.Api.Search;
using FilmService.Api.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Search;

/// <summary>Base class for tests of the limits on queries and exports, with a catalogue that is not small and a clock of the test's.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class LimitsTest
{
    protected const string Admin = "Authorization: Basic YWRtaW46YXRDaF81S30/Zw==";
    protected const string Heavy = "/films?limit=20&count=true&year.ne=2018&month.in=March,May&name.contains=q&sort=-name";
    protected const string Export = "/films?format=ndjson";

    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private protected ReaderClock Clock { get; } = new();

    private protected LeavingClients Clients { get; } = new();

    protected FilmServiceHost Host { get; private set; } = null!;

    protected HttpClient Client { get; private set; } = null!;

    private protected SearchSlots Slots => Host.Services.GetRequiredService<SearchSlots>();

    protected virtual string[] Settings => [];

    /// <summary>Number of films; each has at least <see cref="NameLength"/> characters.</summary>
    protected virtual int Films => 3_000;

    protected virtual int NameLength => 1;

    [SetUp]
    public async Task StartAsync()
    {
        Host = await FilmServiceHost.StartWithAsync(
            services => services.AddSingleton<TimeProvider>(Clock).AddSingleton<IStartupFilter>(Clients), ["Films:Seed=false", .. Settings]);
        Client = Host.CreateClient();
        var padding = new string('q', NameLength);
        var lines = string.Concat(Enumerable.Range(1, Films).Select(number => $$"""{"Id":"{{number}}","Name":"{{padding}} {{number}}","Year":{{1900 + (number % 100)}},"Month":"May"}""" + "\n"));
        var imported = await Client.SendAsync("POST", "/films", new StringContent(lines, null, "application/x-ndjson"));
        Assert.That(imported.Status, Is.EqualTo(200), imported.Body);
    }

    [TearDown]
    public async Task StopAsync()
    {
        Clock.Step = TimeSpan.Zero;
        Clock.GoOn();
        Client.Dispose();
        await Host.DisposeAsync();
        Clock.Dispose();
    }

    protected Task<HttpAnswer> GetAsync(string address, params string[] fields) => Client.SendAsync("GET", address, null, fields);

    /// <summary>Sends a GET on a connection with a small buffer, and reads nothing.</summary>
    protected async Task<TcpClient> SendOnlyAsync(string address, string field = "Accept: */*")
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(Host.Address.Host, Host.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {address} HTTP/1.1\r\nHost: {Host.Address.Authority}\r\n{field}\r\n\r\n"));
        return client;
    }

    /// <summary>True if somebody reads an earlier state of the database: its log cannot be truncated then.</summary>
    protected bool HasSnapshot()
    {
        Host.Query("CREATE TABLE written (later INT)");
        Host.Query("DROP TABLE written");
        return Host.Query("PRAGMA wal_checkpoint(TRUNCATE)") is not 0L;
    }

    /// <summary>Asserts that every snapshot is released. The service itself has one for a moment now and then.</summary>
    protected Task AssertNoSnapshotAsync() => UntilAsync(() => !HasSnapshot());

    protected static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
