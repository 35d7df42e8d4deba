using System.Net.Sockets;
using System.Text;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Import;

/// <summary>Import bodies that are too large, broken, or sent in an unsupported way.</summary>
public sealed class ReceivingTests : ImportTest
{
    private const string Good = """{"Name":"Up","Year":2009}""" + "\n";
    private const string BadGzip = "The body is not valid gzip, or is truncated.";

    private static readonly byte[] Packed = Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Good, 100))));

    protected override string[] Settings => ["Imports:MaxBytes=20000", "Imports:MaxUnpackedBytes=100000"];

    [TestCase(20_000, 200)]
    [TestCase(20_001, 413)]
    public async Task Import_BodyAtTheLimit_IsTakenAndAboveItNot(int length, int status)
    {
        var answer = await ImportAsync(Good.PadRight(length, '\n'));

        Assert.That(answer.Status, Is.EqualTo(status));
    }

    [Test]
    public async Task Import_BodyAboveTheLimitThatDoesNotSayItsLength_IsRefused()
    {
        var body = string.Concat(Enumerable.Repeat(Good, 1000));

        var answer = await Host.SendRawAsync(
            "POST /films", $"{body.Length:x}\r\n{body}\r\n0\r\n\r\n", "Content-Type: application/x-ndjson", "Transfer-Encoding: chunked");

        await AssertRefusedAsync(answer, TooLarge("The body is larger than 20000 bytes."));
    }

    [Test]
    public async Task Import_BombOfGzip_IsRefused() => await AssertRefusedAsync(
        await ImportAsAsync(Lines, Gzip(new byte[2_000_000]), "", "Content-Encoding: gzip"), TooLarge("The decompressed body is larger than 100000 bytes."));

    [Test]
    public async Task Add_OneFilmAboveAMegabyte_IsRefused() => await AssertRefusedAsync(
        await PostAsync($$"""{"name":"{{new string('a', 1_000_000)}}"}"""), TooLarge("The body is larger than 1000000 bytes."));

    [TestCase("cut in the middle")]
    [TestCase("without its end")]
    [TestCase("with something behind")]
    [TestCase("with zeros behind")]
    [TestCase("with a bit turned")]
    [TestCase("not gzip")]
    public async Task Import_GzipThatIsNotWhole_IsRefused(string how)
    {
        byte[] body = how switch
        {
            "cut in the middle" => Packed[..(Packed.Length / 2)],
            "without its end" => Packed[..^8],
            "with something behind" => [.. Packed, .. "something"u8],
            "with zeros behind" => [.. Packed, .. new byte[512]],
            "with a bit turned" => [.. Packed[..^5], (byte)(Packed[^5] ^ 1), .. Packed[^4..]],
            _ => Encoding.UTF8.GetBytes(Good),
        };

        await AssertRefusedAsync(await ImportAsAsync(Lines, body, "", "Content-Encoding: gzip"), Malformed(BadGzip, "/films"));
    }

    [Test]
    public async Task Import_GzipOfSeveralMembers_IsUnpacked() => Assert.That(
        (await ImportAsAsync(Lines, [.. Packed, .. Packed], "", "Content-Encoding: gzip")).Body, Does.StartWith("{\"created\":200,"));

    [TestCase("br")]
    [TestCase("gzip, gzip")]
    [TestCase("deflate")]
    [TestCase("identity")]
    public async Task Import_OtherCoding_IsRefused(string coding) => await AssertRefusedAsync(
        await ImportAsAsync(Lines, Packed, "", $"Content-Encoding: {coding}"),
        Unsupported($"The content coding '{coding}' is not supported here. Send the body uncompressed or with gzip."));

    [TestCase(Lines, "")]
    [TestCase(Table, ", or name the encoding with the parameter 'encoding' instead")]
    [TestCase(Array, "")]
    public async Task Import_OtherCharset_IsRefused(string type, string way) => await AssertRefusedAsync(
        await ImportAsAsync(type + "; charset=utf-16", "[]", ""), Unsupported($"The charset 'utf-16' is not supported. Send UTF-8{way}."));

    [Test]
    public async Task Import_PackedJsonThatIsNoArray_IsRefused() => await AssertRefusedAsync(
        await ImportAsAsync(Array, Gzip(Encoding.UTF8.GetBytes(Good)), "", "Content-Encoding: gzip"),
        Malformed("The body must be a JSON array of films, or a single uncompressed film. If the file comes from another program, use FilmService's command import, which understands more (docs/command-line.md).", "/films"));

    [Test]
    public async Task Import_PackedForm_IsRefused() =>
        Assert.That((await ImportAsAsync("application/x-www-form-urlencoded", Packed, "", "Content-Encoding: gzip")).Status, Is.EqualTo(415));

    [TestCase("If-Match")]
    [TestCase("If-None-Match")]
    public async Task Import_Condition_IsRefused(string field)
    {
        var answer = await ImportAsync(Good, "", $"{field}: *");

        Assert.That((answer.Status, answer.Json["errors"]!.AsObject().Single().Key), Is.EqualTo((400, field)));
        await AssertNothingStoredAsync();
    }

    [TestCase("Content-Length: 5000")]
    [TestCase("Transfer-Encoding: chunked")]
    public async Task Promise6_AnAbortedImport_ChangedNothing(string framing)
    {
        var chunk = framing.StartsWith('T') ? $"{Good.Length:x}\r\n{Good}\r\n" : Good;
        await Host.SendAndLeaveAsync(Encoding.ASCII.GetBytes(
            $"POST /films HTTP/1.1\r\nHost: {Host.Address.Authority}\r\nContent-Type: application/x-ndjson\r\n{framing}\r\n\r\n{chunk}{chunk}"));

        await AssertNothingStoredAsync();

        // The connection ends before the service notices.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Directory.EnumerateFiles(Host.DatabasePath + ".tmp").Any())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    [Test]
    public async Task Import_BrokenChunking_IsRefused() => await AssertRefusedAsync(
        await Host.SendRawAsync("POST /films", $"{Good.Length:x}\r\n{Good}\r\nxyz\r\n", "Content-Type: application/x-ndjson", "Transfer-Encoding: chunked"),
        Malformed("The body is truncated, or its framing is invalid.", "/films"));

    [TestCase("")]
    [TestCase(" \r\n")]
    public async Task Add_NoJson_IsNoImport(string body) => Assert.That((await ImportAsAsync(Array, body, "")).Status, Is.EqualTo(400));

    [Test]
    public async Task Import_KeyThatIsNone_IsRefusedBeforeTheBodyIsRead() => await AssertRefusedAsync(
        await ImportAsync("rubbish", "", "Idempotency-Key: two words"),
        InvalidParameters("/films", ("Idempotency-Key", "An idempotency key must have 1 to 255 visible ASCII characters, and be sent only once.")));

    [Test]
    public async Task Import_WhileItIsReceived_HoldsNobodyUp()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Host.Address.Host, Host.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /films HTTP/1.1\r\nHost: {Host.Address.Authority}\r\nContent-Type: application/x-ndjson\r\nContent-Length: {2 * Good.Length}\r\n\r\n{Good}"));

        for (var year = 2000; year < 2020; year++)
        {
            Assert.That((await PutAsync("up", $$"""{"name":"Up","year":{{year}}}""")).Status, Is.EqualTo(year == 2000 ? 201 : 200));
            Assert.That((await GetAsync("/films/up")).Status, Is.EqualTo(200));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(Good));
        using var answer = new StreamReader(stream);
        Assert.That(await answer.ReadLineAsync(), Is.EqualTo("HTTP/1.1 200 OK"));
        Assert.That((await GetAsync("/films")).Field("Films-Revision"), Is.EqualTo(Revision(24)));
    }

    [Test]
    public async Task Start_TemporaryFilesOfACrash_AreRemoved()
    {
        var left = Path.Combine(Host.DatabasePath + ".tmp", "left");
        await File.WriteAllTextAsync(left, "of a crash");
        await RestartAsync();

        Assert.That(File.Exists(left), Is.False);
    }

    [Test]
    public async Task Import_TemporaryFolderUnwritable_IsUnavailableAndWorksAfter()
    {
        var folder = Host.DatabasePath + ".tmp";
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "");
        var answer = await ImportAsync(Good);
        File.Delete(folder);

        Assert.That((answer.Status, answer.Field("Retry-After")), Is.EqualTo((503, "5")));
        Assert.That((string?)answer.Json["detail"], Does.StartWith("Temporary files cannot be written: "));
        await AssertNothingStoredAsync();
        Assert.That((await ImportAsync(Good)).Status, Is.EqualTo(200));
    }

    private static string TooLarge(string detail) => Problem("content-too-large", "The body is too large", 413, detail, "/films");

    private static string Unsupported(string detail) => Problem("unsupported-media-type", "The body's type is not supported", 415, detail, "/films");
}
