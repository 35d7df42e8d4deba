using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FilmService.Api.Commands;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Commands;

public sealed class ExportCommandTests : CommandTest
{
    private const string Csv = "Id,Name,Year,Month\r\n1,Avengers: Infinity War,2018,March\r\n2,Ant Man and the Wasp,2018,August\r\n";

    [Test]
    public async Task Export_File_HoldsAllFilms()
    {
        var result = await RunAsync("export", "films.csv");

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.Done, "", "2 films written\n")));
        Assert.That(Read("films.csv"), Is.EqualTo(Csv));
        Assert.That(Files(), Is.EqualTo(new[] { "films.csv" }));
    }

    [Test]
    public async Task Export_Conditions_AreThoseOfTheService()
    {
        var result = await RunAsync("export", "-", "--format", "ndjson", "--where", "month=March", "--where", "name.contains=INFINITY war");

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.Done, """{"Id":"1","Name":"Avengers: Infinity War","Year":2018,"Month":"March"}""" + "\n", "1 film written\n")));
    }

    [Test]
    public async Task Export_ConditionThatIsUnknown_SaysWhatTheServiceSays()
    {
        var result = await RunAsync("export", "films.csv", "--where", "yaer=2018");

        Assert.That(result.Code, Is.EqualTo(ExitCode.NotDone));
        Assert.That(result.Error, Does.StartWith("The service answered 400: The request's parameters are not valid.\n  'yaer' is unknown. Did you mean 'year'?"));
        Assert.That(Files(), Is.Empty);
    }

    [Test]
    public async Task Export_NameWithGz_IsPacked()
    {
        await RunAsync("export", "films.csv.gz");

        await using var unpacked = new GZipStream(File.OpenRead(Path.Combine(Folder, "films.csv.gz")), CompressionMode.Decompress);
        Assert.That(await new StreamReader(unpacked).ReadToEndAsync(), Is.EqualTo(Csv));
    }

    [Test]
    public async Task Export_ForExcel_HasAMarkTheDelimiterAndNoFormulas()
    {
        await PutAsync("3", """{"name":"=1+1; \"x\"","year":2001}""");

        await RunAsync("export", "films.csv", "--excel", "--delimiter", ";", "--protect-formulas");

        Assert.That(File.ReadAllBytes(Path.Combine(Folder, "films.csv"))[..3], Is.EqualTo(Encoding.UTF8.GetPreamble()));
        Assert.That(Read("films.csv"), Is.EqualTo("Id;Name;Year;Month\r\n1;Avengers: Infinity War;2018;March\r\n2;Ant Man and the Wasp;2018;August\r\n3;\"'=1+1; \"\"x\"\"\";2001;\r\n"));
    }

    [TestCase("films.csv")]
    [TestCase("films.ndjson")]
    [TestCase("films.ndjson.gz")]
    public async Task Export_ImportedIntoAnEmptyDatabase_IsExportedAgainAsTheSameBytes(string file)
    {
        await PutAsync("x", """{"name":"\"Q,\" 🎬 Am\u00e9lie","year":2001}""");
        await PutAsync("007", """{"name":"=1+1","year":2001,"month":"May"}""");
        await RunAsync("export", file);
        await using var other = await FilmServiceHost.StartAsync("Films:Seed=false");

        var imported = await CommandProcess.RunAsync(Folder, "import", file, "--url", other.Address.ToString());
        var exported = await CommandProcess.RunAsync(Folder, "export", "again-" + file, "--url", other.Address.ToString());

        Assert.That(imported.Output, Does.StartWith("4 created"), imported.Error);
        Assert.That(exported.Code, Is.Zero, exported.Error);
        Assert.That(File.ReadAllBytes(Path.Combine(Folder, "again-" + file)), Is.EqualTo(File.ReadAllBytes(Path.Combine(Folder, file))));
    }

    [Test]
    public async Task Export_ConnectionThatBreaks_LeavesTheFileThatWasThere()
    {
        Write("films.csv", "as it was");
        using var broken = new TcpListener(IPAddress.Loopback, 0);
        broken.Start();
        var answering = AnswerHalfAsync(broken);

        var result = await CommandProcess.RunAsync(Folder, "export", "films.csv", "--url", $"http://{broken.LocalEndpoint}");

        await answering;
        Assert.That(result.Code, Is.EqualTo(ExitCode.NotDone));
        Assert.That(result.Error, Does.StartWith("The export failed. No file was written."));
        Assert.That(Read("films.csv"), Is.EqualTo("as it was"));
        Assert.That(Files(), Is.EqualTo(new[] { "films.csv" }));
    }

    [Test]
    public async Task Export_FolderThatIsNotThere_IsRefused()
    {
        var result = await RunAsync("export", "nothing/films.csv");

        Assert.That(result.Code, Is.EqualTo(ExitCode.NotDone));
        Assert.That(result.Error, Does.StartWith("nothing/films.csv cannot be written: "));
    }

    private string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    private IEnumerable<string?> Files() => Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName);

    private static async Task AnswerHalfAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        await stream.ReadAtLeastAsync(new byte[1000], 1);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n12\r\nId,Name,Year,Month\r\n"));
    }
}
