using System.Net.Sockets;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Import;

/// <summary><c>Imports:MaxAtOnce</c>: the number of concurrent imports is limited, and each releases its slot.</summary>
public sealed class ImportSlotsTests : ImportTest
{
    private const string Good = """{"Name":"Up","Year":2009}""" + "\n";

    protected override string[] Settings => ["Imports:MaxAtOnce=2", "Imports:MaxBytes=20000"];

    [Test]
    public async Task Import_WhileAsManyAreReceived_Returns429BeforeItsBodyIsRead()
    {
        using var first = await BeginAsync();
        using var second = await BeginAsync();

        var answer = await Host.SendRawAsync("POST /films", "", "Content-Type: text/csv", "Content-Length: 20000");

        AssertProblem(answer, Problem("too-many-imports", "Too many imports", 429, "The service accepts at most 2 imports at the same time, 8 of them from one caller. Try again in 10 seconds.", "/films"));
        Assert.That(answer.Field("Retry-After"), Is.EqualTo("10"));
        Assert.That((await ImportAsync(Good, "dryRun=true")).Status, Is.EqualTo(429), "A dry run is received as well.");
        Assert.That((await PostAsync("""{"name":"Up","year":2009}""")).Status, Is.EqualTo(201), "One film is no import.");
        await EndAsync(first);
        await UntilAsync(200);
        await EndAsync(second);
    }

    /// <summary>One caller's uploads leave slots for the others, of either kind.</summary>
    [Test]
    public async Task Import_WhileItsCallerHasAShare_Returns429AndOthersImport()
    {
        await Host.RestartAsync("Imports:MaxAtOncePerCaller=1");
        using var client = Host.CreateClient();
        using var first = await BeginAsync();

        Task<HttpAnswer> ImportAsync(params string[] fields) => client.SendAsync(
            "POST", "/films?dryRun=true", new StringContent(Good, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-ndjson")), fields);

        var answer = await ImportAsync();

        AssertProblem(answer, Problem("too-many-imports", "Too many imports", 429, "The service accepts at most 2 imports at the same time, 1 of them from one caller. Try again in 10 seconds.", "/films"));
        Assert.That((await ImportAsync(Basic("admin", "atCh_5K}?g"))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Import_AfterUploadsThatWereCutOff_HasTheirPlaces()
    {
        using (await BeginAsync())
        using (await BeginAsync())
        {
            Assert.That((await ImportAsync(Good)).Status, Is.EqualTo(429));
        }

        await UntilAsync(200);
    }

    [TestCase(200, Good, "")]
    [TestCase(200, Good, "dryRun=true")]
    [TestCase(400, "rubbish", "")]
    [TestCase(400, Good, "onError=never")]
    [TestCase(413, null, "")]
    public async Task Import_AfterMoreThanThereArePlaces_HasOne(int status, string? lines, string query)
    {
        for (var time = 0; time < 5; time++)
        {
            await UntilAsync(status, lines ?? new string(' ', 20_001), query);
        }
    }

    /// <summary>A stalled upload, after the service has asked for its body.</summary>
    private async Task<TcpClient> BeginAsync()
    {
        var client = new TcpClient();
        await client.ConnectAsync(Host.Address.Host, Host.Address.Port);
        await SendAsync(client, $"POST /films HTTP/1.1\r\nHost: {Host.Address.Authority}\r\nContent-Type: application/x-ndjson\r\nContent-Length: {2 * Good.Length}\r\nExpect: 100-continue\r\n\r\n");
        var asked = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
        await client.GetStream().ReadExactlyAsync(asked);
        Assert.That(Encoding.ASCII.GetString(asked), Is.EqualTo("HTTP/1.1 100 Continue\r\n\r\n"));
        await SendAsync(client, Good);
        return client;
    }

    private static async Task EndAsync(TcpClient upload)
    {
        await SendAsync(upload, Good);
        using var answer = new StreamReader(upload.GetStream());
        Assert.That(await answer.ReadLineAsync(), Is.EqualTo("HTTP/1.1 200 OK"));
    }

    private static ValueTask SendAsync(TcpClient upload, string text) => upload.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    // The service notices the end of an upload after a moment.
    private async Task UntilAsync(int status, string lines = Good, string query = "dryRun=true")
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await ImportAsync(lines, query)).Status != status)
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
