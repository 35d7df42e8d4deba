using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using FilmService.Api.Commands;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Commands;

/// <summary>Imports that do not complete, against a listener that reads part of the request and disconnects.</summary>
public sealed partial class BrokenImportTests : CommandTest
{
    private const string Import = "dotnet \"$program\" import films.ndjson --url \"$url\"";
    private const string Film = """{"Name":"Up","Year":2009}""" + "\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    [SetUp]
    public void Listen()
    {
        // So small that the sender waits for the listener.
        _listener.Server.ReceiveBufferSize = 4096;
        _listener.Start();
    }

    [TearDown]
    public void StopListening() => _listener.Dispose();

    [Test]
    public async Task Import_ConnectionThatBreaksBeforeTheAnswer_GivesTheKeyThatMakesItSafeToRepeat()
    {
        Write("films.ndjson", Film);
        var command = ShellAsync(Import);
        (await TakeAsync("\r\n0\r\n\r\n")).Dispose();

        var result = await command;

        Assert.That((result.Code, result.Output), Is.EqualTo((ExitCode.Unknown, "")), result.Error);
        var key = Key().Match(result.Error).Groups[1].Value;
        Assert.That(result.Error, Is.EqualTo($"The connection broke before the service answered, so the films may or may not be stored. Repeat the command with --idempotency-key {key} to store them exactly once.\n"));
        var repeated = await RunAsync("import", "films.ndjson", "--idempotency-key", key);
        Assert.That((await RunAsync("import", "films.ndjson", "--idempotency-key", key), Count()), Is.EqualTo((repeated, 3)));
    }

    [Test]
    public async Task Import_ConnectionThatBreaksOnTheWay_StoresNothing()
    {
        WriteMany();
        var command = ShellAsync(Import);
        (await TakeAsync("Up")).Dispose();

        var result = await command;

        Assert.That((result.Code, result.Output), Is.EqualTo((ExitCode.NotDone, "")));
        Assert.That(result.Error, Does.StartWith("The connection broke. Nothing was stored."));
    }

    // A test run in the background ignores Ctrl+C, and its child processes inherit that.
    [Test]
    [Platform("Linux")]
    public async Task Import_CtrlC_StopsIt()
    {
        WriteMany();
        var command = ShellAsync($"echo $$ > pid; exec env --default-signal=INT {Import}");
        using var connection = await TakeAsync("Up");
        using var interrupt = Process.Start("kill", ["-INT", File.ReadAllText(Path.Combine(Folder, "pid")).Trim()]);

        var result = await command;

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.Stopped, "", "Stopped. Nothing was stored.\n")));
    }

    [Test]
    [Platform("Linux")]
    public async Task Import_CtrlCAfterEverythingWasSent_SaysThatItMayGoOnAndHowToLearnItsOutcome()
    {
        Write("films.ndjson", Film);
        var command = ShellAsync($"echo $$ > pid; exec env --default-signal=INT {Import}");
        using var connection = await TakeAsync("\r\n0\r\n\r\n");
        using var interrupt = Process.Start("kill", ["-INT", File.ReadAllText(Path.Combine(Folder, "pid")).Trim()]);

        var result = await command;

        Assert.That((result.Code, result.Output), Is.EqualTo((ExitCode.Stopped, "")), result.Error);
        Assert.That(result.Error, Does.Match("^Stopped waiting. Everything was sent, so the service may go on and store the films. To learn the outcome, repeat the command with --idempotency-key [0-9a-f-]{36}: nothing is stored twice.\n$"));
    }

    [Test]
    public async Task Import_FromWhatIsNoFilmService_SaysSo()
    {
        Write("films.ndjson", Film);
        var command = ShellAsync(Import);
        using (var connection = await TakeAsync("\r\n0\r\n\r\n"))
        {
            await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>"));
            Assert.That((await command).Error, Is.EqualTo("The server answered 200 OK, but not in a form FilmService uses. Check --url.\n"));
        }

        Assert.That((await command).Code, Is.EqualTo(ExitCode.NotDone));
    }

    [Test]
    public async Task Import_GzipThatIsCutOff_StoresNothing()
    {
        Write("films.ndjson", Film);
        var packed = await ShellAsync("gzip films.ndjson; head -c 30 films.ndjson.gz > cut.ndjson.gz");
        Assert.That(packed.Code, Is.Zero, packed.Error);

        var result = await RunAsync("import", "cut.ndjson.gz");

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.NotDone, "", "The gzip file is damaged or truncated. Nothing was stored.\n")));
        await AssertNothingStoredAsync();
    }

    [Test]
    public async Task Import_ManyFaults_TellsTheFirstHundred()
    {
        Write("films.ndjson", string.Concat(Enumerable.Repeat("{\"Year\":2009}\n", 150)));

        var lines = (await RunAsync("import", "films.ndjson")).Error.Split('\n');

        Assert.That(lines[99], Is.EqualTo("line 100: Name is required."));
        Assert.That(lines[100..], Is.EqualTo(new[] { "and 50 more", "150 of 150 films cannot be imported. Nothing was stored.", "" }));
    }

    // The peak memory of the command (VmHWM, in KiB) is read while it waits for the end of its standard input.
    [Test]
    [Platform("Linux")]
    public async Task Import_LineOfHundredMegabytes_IsAFaultThatIsNotKeptInMemory()
    {
        var result = await ShellAsync($$"""
            (head -c 100000000 /dev/zero; grep VmHWM /proc/$(cat pid)/status > peak; printf '\n{"Name":"Up","Year":2009}\n') |
                sh -c 'echo $$ > pid; exec dotnet "$program" import - --format ndjson --url {{Url}}'
            """);

        Assert.That(result, Is.EqualTo(new CommandResult(ExitCode.NotDone, "", "line 1: The line is longer than 1,048,576 bytes.\n1 of 2 films cannot be imported. Nothing was stored.\n")));
        var peak = File.ReadAllText(Path.Combine(Folder, "peak")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Assert.That(int.Parse(peak, System.Globalization.CultureInfo.InvariantCulture), Is.LessThan(100_000));
        await AssertNothingStoredAsync();
    }

    // util-linux's "script" provides the terminal. Keys without a character, here an arrow, are not part of the password.
    [Test]
    [Platform("Linux")]
    public async Task Import_OnATerminal_AsksForThePasswordAndShowsABar()
    {
        Write("films.ndjson", Film);

        var result = await ShellAsync($"TERM=xterm script -qec 'dotnet \"$program\" import films.ndjson --user admin --url {Url}' /dev/null", "atCh_5K}?g\x1b[DX\x7f\r");

        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Output);
        Assert.That(result.Output, Does.Contain("Password: ").And.Contain("Connecting").And.Contain($"1 created, 0 updated, 0 unchanged, 0 deleted, 0 skipped; revision {Revision(3)}"));
    }

    private Task<CommandResult> ShellAsync(string shell, string input = "")
    {
        var start = new ProcessStartInfo("sh", ["-c", shell]) { WorkingDirectory = Folder };
        start.Environment["program"] = typeof(Program).Assembly.Location;
        start.Environment["url"] = $"http://{_listener.LocalEndpoint}";
        return CommandProcess.RunAsync(start, input);
    }

    // More than the buffers of a connection hold.
    private void WriteMany() => Write("films.ndjson", string.Concat(Enumerable.Repeat($$"""{"Name":"Up {{new string('x', 400)}}","Year":2009}""" + "\n", 50_000)));

    // Reads the request up to this text.
    private async Task<TcpClient> TakeAsync(string end)
    {
        var client = await _listener.AcceptTcpClientAsync();
        await ReadToAsync(client.GetStream(), "\r\n\r\n");
        await client.GetStream().WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
        await ReadToAsync(client.GetStream(), end);
        return client;
    }

    private static async Task ReadToAsync(NetworkStream stream, string end)
    {
        var (buffer, text) = (new byte[4096], "");
        while (!text.Contains(end, StringComparison.Ordinal))
        {
            text += Encoding.UTF8.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, 1));
        }
    }

    [GeneratedRegex("--idempotency-key (\\S+) to")]
    private static partial Regex Key();
}
