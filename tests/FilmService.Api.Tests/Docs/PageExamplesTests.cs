using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Docs;

/// <summary>
/// Runs the examples of README.md and docs/. Those of a page run one after the other, in one shell and a new folder, against a
/// newly started service whose epoch is <c>k3f9</c>. A block is <c>sh</c> (commands that succeed), <c>console</c> (commands after
/// <c>$</c>, each with its complete output), <c>pycon</c> (the same in Python), <c>js</c> (which another test runs in a browser), <c>bash</c> (which tests/deploy/run runs) or without a language (a drawing, or a file). In output,
/// <c>...</c> matches anything, and a time matches any time.
/// </summary>
[Platform(Exclude = "Win")]
public sealed partial class PageExamplesTests
{
    /// <summary>Examples that cannot run here, by their beginning, and why.</summary>
    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["./test"] = "It runs this test.",
        ["WEBHOOK_SECRET=whsec_... python3"] = "It runs until it is stopped: OtherImplementationsTests runs it.",
        ["npx openapi-typescript"] = "./test runs tests/tools/clients/run, which takes the command from the page.",
        ["dotnet nswag"] = "As above.",
        ["dotnet kiota"] = "As above.",
        ["npm ci --prefix tests/tools\ntests/tools/node_modules/.bin/newman run"] = "It takes long, and ./test does it.",
        ["curl -H 'Accept: application/x-ndjson' A/changes"] = "It takes two catalogues: RoundTripTests.Feed_PipedAsTheGuideSays_MakesTheOtherTheSame runs it.",
    };

    /// <summary>Files that a reader of these pages has.</summary>
    private static readonly (string Name, string Text)[] Given =
    [
        ("watched.csv", "Date,Name,Year,Letterboxd URI\n2024-02-11,Up,2009,https://boxd.it/1YTu\n"),
    ];

    // "dotnet run" and the published program run the program built with the tests; starting it as a service replaces the running
    // one. A stream is read as far as the example shows.
    private const string Shell = """
        set -euo pipefail
        exec 2>&1
        service= python=python3
        "$python" -c 'import requests.api' 2> errors || python=/usr/bin/python3
        serve() {
          stop
          : > log
          command dotnet "$program" "$@" >> log 2>&1 &
          service=$!
          until grep -q 'Now listening on' log; do kill -0 "$service" || { cat log; return 1; }; sleep 0.1; done
        }
        stop() { [ -z "$service" ] || { kill "$service"; wait "$service" 2> errors || true; service=; }; }
        trap stop EXIT
        filmservice() { case "${1:-}" in '' | --*:* | --urls) serve "$@" ;; *) command dotnet "$program" "$@" ;; esac; }
        dotnet() {
          case "$*" in
            'run --project src/FilmService.Api'*) shift 3; ASPNETCORE_ENVIRONMENT=Development filmservice "${@:2}" ;;
            'publish src/FilmService.Api -c Release -o out') mkdir out ;;
            *) echo "dotnet $*: not known here"; return 1 ;;
          esac
        }
        curl() {
          case " $* " in
            *' -N '*) head -n "$lines" < <(command curl -sS "$@" 2> errors) ;;
            *) command curl -sS ${fail:+"$fail"} "$@" ;;
          esac
        }
        dotnet run --project src/FilmService.Api

        """;

    private static readonly string[] Pages =
    [
        .. Directory.EnumerateFiles(Repository.Path("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.Path("README.md"))
            .Select(path => Path.GetRelativePath(Repository.Path("."), path)).Where(page => Read(page).Count > 0).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> PagesThatRun => Pages.Where(page => Read(page).Exists(Runs));

    [TestCaseSource(nameof(PagesThatRun))]
    public async Task Examples_OfThePage_RunAsPrinted(string page)
    {
        if (page == "docs/postman/README.md" && !Directory.Exists(Repository.Path("tests/tools/node_modules")))
        {
            Assert.Ignore("Run npm ci in tests/tools first.");
        }

        var folder = Directory.CreateTempSubdirectory("filmservice-").FullName;
        var address = $"http://127.0.0.1:{FreePort()}";
        await PrepareAsync(folder, address);
        var examples = Read(page).Where(Runs).ToList();
        var script = Shell + AnyAddress().Replace(string.Concat(examples.Select(Script)), address).Replace("./FilmService.Api", "filmservice", StringComparison.Ordinal);

        var result = await CommandProcess.RunAsync(StartInfo(folder, address, script), "");
        Directory.Delete(folder, recursive: true);

        var printed = result.Output.ReplaceLineEndings("\n").Split('\x1e');
        Assert.That(result.Code, Is.Zero, $"{examples[Math.Min(printed.Length, examples.Count) - 1].Command}\n{printed[^1]}");
        Assert.Multiple(() =>
        {
            foreach (var (example, actual) in examples.Zip(printed).Where(pair => pair.First.Printed is not null))
            {
                Assert.That(AnyTime(actual.Trim()), Does.Match(Pattern(example.Printed!)), example.Command);
            }
        });
    }

    [Test]
    public void NotRun_Beginnings_StandOnAPage() =>
        Assert.That(NotRun.Keys, Has.All.Matches<string>(beginning => Pages.SelectMany(Read).Any(example => example.Command.StartsWith(beginning, StringComparison.Ordinal))));

    [Test]
    public void Commands_OfThePageOfOperations_AreThoseThatRun()
    {
        var sections = File.ReadAllText(Repository.Path("docs/operations.md")).Split("\n### ").Where(section => section.Contains("\n```bash\n", StringComparison.Ordinal)).Select(section => section.Split('\n')[0]).ToList();
        var run = File.ReadAllText(Repository.Path("tests/deploy/run"));

        Assert.That(sections, Has.Count.GreaterThan(5).And.All.Matches<string>(section => run.Contains($"\npage \"{section}\"", StringComparison.Ordinal)));
    }

    [Test]
    public void Programs_OfThePageOfClients_AreThoseThatRun()
    {
        var run = string.Concat(Directory.EnumerateFiles(Repository.Path("tests/tools/clients"), "*ession.*").Select(file => Unindented(File.ReadAllText(file))));
        var shown = Block().Matches(File.ReadAllText(Repository.Path("docs/clients.md"))).Where(block => block.Groups[1].Value is "ts" or "csharp").Select(block => block.Groups[2].Value).ToList();

        Assert.That(shown, Has.Count.EqualTo(3).And.All.Matches<string>(program => run.Contains(Unindented(program), StringComparison.Ordinal)));
    }

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimStart()));

    private static bool Runs(Example example) => !NotRun.Keys.Any(beginning => example.Command.StartsWith(beginning, StringComparison.Ordinal));

    private sealed record Example(string Command, string? Printed);

    private static List<Example> Read(string page) => [.. Block().Matches(File.ReadAllText(Repository.Path(page))).SelectMany(block => (block.Groups[1].Value, block.Groups[2].Value) switch
    {
        ("sh", var commands) => [new Example(commands, null)],
        ("console", var session) => Command().Matches(session).Select(match => new Example(match.Groups[1].Value, match.Groups[2].Value.Trim())),
        ("pycon", var session) => [new Example($"cat > session <<'END'\n{session}END\n\"$python\" -m doctest -o ELLIPSIS session\n", null)],
        ("" or "js", _) => (IEnumerable<Example>)[],
        ("bash", _) => [], // Commands of a server's operator: tests/deploy/run.
        ("ts" or "csharp", _) => [], // Programs_OfThePageOfClients_AreThoseThatRun
        var (language, _) => throw new AssertionException($"{page}: nothing runs a block of '{language}'."),
    })];

    // A command whose output is not shown must not fail.
    private static string Script(Example example) =>
        $"fail={(example.Printed is null ? "-f" : "")} lines={example.Printed?.Split('\n').Length}\n{example.Command}\nprintf '\\036'\n";

    private static string Pattern(string printed) =>
        $"^{Regex.Escape(AnyTime(printed)).Replace(@"\.\.\.", "(?s:.*)", StringComparison.Ordinal).Replace(@"\n", @"\s*", StringComparison.Ordinal)}$";

    private static string AnyTime(string text) => Time().Replace(text, "(a time)");

    // A new catalogue with the epoch used in the pages.
    private static async Task PrepareAsync(string folder, string address)
    {
        var database = Path.Combine(folder, "data", "films.db");
        await using (Program.CreateApp(["--environment=Development", $"--ConnectionStrings:Films=Data Source={database}"]))
        {
            FilmServiceProcess.Query(database, "UPDATE revision SET epoch = 'k3f9'");
        }

        Directory.CreateSymbolicLink(Path.Combine(folder, "tests"), Repository.Path("tests"));
        foreach (var file in new[] { "docs/postman", "docs/examples" }.SelectMany(name => Directory.EnumerateFiles(Repository.Path(name))))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Repository.Path("."), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
            await File.WriteAllTextAsync(copy, AnyAddress().Replace(await File.ReadAllTextAsync(copy), address));
        }

        foreach (var (name, text) in Given)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), text);
        }
    }

    private static ProcessStartInfo StartInfo(string folder, string address, string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder };
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment["ASPNETCORE_URLS"] = start.Environment["FILMSERVICE_URL"] = address;
        start.Environment["ConnectionStrings__Films"] = "Data Source=data/films.db";
        start.Environment["program"] = typeof(Program).Assembly.Location;
        return start;
    }

    // Below the system's range of client ports, so that a restarted service finds it free.
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Another process has it.
            }
        }
    }

    [GeneratedRegex("^```([a-z]*)\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    // A command continues after a backslash.
    [GeneratedRegex(@"^\$ ((?:.*\\\n)*.*\n)((?:(?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    // 5000 is the port with default settings, 8080 that of the published program.
    [GeneratedRegex("http://127.0.0.1:(5000|8080)")]
    private static partial Regex AnyAddress();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT")]
    private static partial Regex Time();
}
