using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OsProcess = System.Diagnostics.Process;

namespace FilmService.Api.Tests.Hosting;

/// <summary>The built program in its own process, for what only a process can show: start-up, exit, crashes and logs.</summary>
public sealed partial class FilmServiceProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly OsProcess _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FilmServiceProcess(string program, string folder, string environment, string[] settings)
        : this(StartInfo(["dotnet", program], folder, environment, settings))
    {
    }

    private FilmServiceProcess(ProcessStartInfo start)
    {
        _process = new OsProcess { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>The lines of standard output.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The text of standard error.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>Resident memory of the process, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>
    /// Runs the program with a folder as its working directory; settings are written as <c>Films:Seed=false</c>.
    /// </summary>
    public static FilmServiceProcess Run(string folder, string environment, params string[] settings) =>
        new(typeof(Program).Assembly.Location, folder, environment, settings);

    /// <summary>Runs the program by way of another one, such as <c>env NAME=VALUE</c>.</summary>
    public static FilmServiceProcess RunBy(string[] launcher, string folder, string environment, params string[] settings) =>
        new(StartInfo([.. launcher, "dotnet", typeof(Program).Assembly.Location], folder, environment, settings));

    /// <summary>Runs the program with a signal ignored, as <c>nohup</c> does.</summary>
    public static FilmServiceProcess RunIgnoring(string signal, string folder) => new(StartInfo(
        ["sh", "-c", $"trap '' {signal}; exec dotnet \"$0\" \"$@\"", typeof(Program).Assembly.Location], folder, "Development", ["urls=http://127.0.0.1:0"]));

    /// <summary>Runs another build of the program on a free loopback port and waits until it listens.</summary>
    public static async Task<FilmServiceProcess> StartProgramAsync(string program, string folder, string environment)
    {
        var service = new FilmServiceProcess(program, folder, environment, ["urls=http://127.0.0.1:0"]);
        await service.ListensAsync();
        return service;
    }

    /// <summary>Starts the service on a free loopback port and waits until it listens.</summary>
    public static async Task<FilmServiceProcess> StartAsync(string folder, string environment = "Development", params string[] settings)
    {
        var service = Run(folder, environment, ["urls=http://127.0.0.1:0", .. settings]);
        await service.ListensAsync();
        return service;
    }

    /// <summary>Waits until it listens; returns the URL.</summary>
    public async Task<Uri> ListensAsync()
    {
        var first = await Task.WhenAny(_listening.Task, _process.WaitForExitAsync()).WaitAsync(Patience);
        Assert.That(first, Is.SameAs(_listening.Task), () => $"The service ended: {Errors}");
        return await _listening.Task;
    }

    /// <summary>Creates a client of the service, which must be listening.</summary>
    public HttpClient CreateClient() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = _listening.Task.Result };

    /// <summary>Waits until it exits; returns its exit code.</summary>
    public async Task<int> EndsAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Ends it like a crash, without any clean-up (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndsAsync();
    }

    /// <summary>Asks it to shut down (SIGTERM).</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Sends a signal, such as <c>HUP</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = OsProcess.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>The first column of a query's rows in a database file, as text.</summary>
    public static List<string> Query(string databasePath, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={databasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var values = new List<string>();
        while (row.Read())
        {
            values.Add(row.GetString(0));
        }

        return values;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string[] command, string folder, string environment, string[] settings)
    {
        var start = new ProcessStartInfo(command[0], [.. command[1..], .. settings.Select(setting => "--" + setting)])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || name is "DOTNET_ENVIRONMENT" or "DOTNET_URLS").ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        if (command.Contains(typeof(Program).Assembly.Location))
        {
            // In Production the default is beside the program, which all tests share.
            start.Environment["ConnectionStrings__Films"] = "Data Source=data/films.db";
        }

        return start;
    }

    private void Take(ConcurrentQueue<string> lines, string? line)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        if (line.Contains("Now listening on", StringComparison.Ordinal))
        {
            _listening.TrySetResult(new Uri(Address().Match(line).Value));
        }
    }

    [GeneratedRegex("""https?://[^"\s]+""")]
    private static partial Regex Address();
}
