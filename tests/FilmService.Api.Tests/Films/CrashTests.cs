using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FilmService.Api.Tests.Hosting;

namespace FilmService.Api.Tests.Films;

/// <summary>What survives when the program is killed: the built program, in its own process.</summary>
public sealed class CrashTests
{
    private const int Writers = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("filmservice-").FullName;
    private Process? _program;

    [Test]
    public async Task Promise1_AnAnsweredWrite_SurvivesKill9()
    {
        using var client = await StartAsync();
        var answered = await WriteUntilKilledAsync(client, key: null);

        using var again = await StartAsync();

        Assert.That(answered, Is.Not.Empty);
        Assert.That(await StoredAsync(again), Is.SupersetOf(answered));
    }

    [Test]
    public async Task Promise3_OneIdempotencyKey_OneEffect_AcrossACrashToo()
    {
        using var client = await StartAsync();
        var sent = new HashSet<string>();
        await WriteUntilKilledAsync(client, name =>
        {
            lock (sent)
            {
                sent.Add(name);
            }

            return KeyOf(name);
        });

        using var again = await StartAsync();
        var before = await StoredAsync(again);
        var answers = await Task.WhenAll(sent.Select(async name => (name, answer: await PostAsync(again, name, KeyOf(name)))));

        Assert.That(answers.Select(sent => sent.answer.Status), Is.All.EqualTo(201));
        Assert.That(answers.Where(sent => sent.answer.Field("Idempotency-Replayed") == "true").Select(sent => sent.name), Is.EquivalentTo(before));
        Assert.That(await StoredAsync(again), Is.EquivalentTo(sent), "Each once.");
        Assert.That(answers.Select(sent => (string?)sent.answer.Json["Id"]), Is.Unique);
    }

    [TearDown]
    public void KillAndClean()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
    }

    private static string KeyOf(string name) => $"Idempotency-Key: key-{name}";

    /// <summary>
    /// Writes with many writers, kills the program meanwhile, and returns the names whose writes were acknowledged.
    /// </summary>
    private async Task<List<string>> WriteUntilKilledAsync(HttpClient client, Func<string, string>? key)
    {
        var answered = new List<string>();
        var enough = new TaskCompletionSource();
        var writers = Enumerable.Range(0, Writers).Select(WriteAsync).ToList();
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Kill();
        await Task.WhenAll(writers);
        return answered;

        async Task WriteAsync(int writer)
        {
            try
            {
                for (var number = 0; ; number++)
                {
                    var name = $"film-{writer}-{number}";
                    Assert.That((await PostAsync(client, name, key is null ? [] : [key(name)])).Status, Is.EqualTo(201));
                    Count(name);
                }
            }
            catch (HttpRequestException)
            {
                // The program has been killed.
            }
        }

        void Count(string name)
        {
            lock (answered)
            {
                answered.Add(name);
                if (answered.Count == 200)
                {
                    enough.TrySetResult();
                }
            }
        }
    }

    private static Task<HttpAnswer> PostAsync(HttpClient client, string name, params string[] fields) =>
        client.SendAsync("POST", "/films", HttpRequests.Json($$"""{"name":"{{name}}","year":2009}"""), fields);

    private static async Task<List<string>> StoredAsync(HttpClient client) =>
        [.. (await client.SendAsync("GET", "/films")).Json.AsObject().Select(film => (string)film.Value!["Name"]!)];

    private async Task<HttpClient> StartAsync()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[]
        {
            typeof(Program).Assembly.Location, "--environment=Development", $"--urls={address}", $"--contentRoot={_folder}",
            $"--ConnectionStrings:Films=Data Source={_folder}/films.db", "--Films:Seed=false",
        })
        {
            start.ArgumentList.Add(argument);
        }

        _program = Process.Start(start)!;
        _program.BeginOutputReadLine();
        _program.BeginErrorReadLine();
        var client = new HttpClient { BaseAddress = new Uri(address) };
        for (var end = DateTime.UtcNow.AddSeconds(60); ;)
        {
            try
            {
                await client.SendAsync("GET", "/health/ready");
                return client;
            }
            catch (HttpRequestException) when (DateTime.UtcNow < end && !_program.HasExited)
            {
                await Task.Yield();
            }
        }
    }

    /// <summary>Sends SIGKILL, which no program can handle.</summary>
    private void Kill()
    {
        _program?.Kill();
        _program?.WaitForExit();
        _program?.Dispose();
        _program = null;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
