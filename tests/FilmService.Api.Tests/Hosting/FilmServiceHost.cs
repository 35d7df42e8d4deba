using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Api.Tests.Hosting;

/// <summary>
/// The service as in production: real Kestrel on a free port, a real SQLite file in a new folder. Each test has its own.
/// </summary>
public sealed class FilmServiceHost : IAsyncDisposable
{
    private string[] _settings;
    private readonly Action<WebApplication>? _add;
    private readonly Action<IServiceCollection>? _change;
    private WebApplication _app;

    private FilmServiceHost(string folder, string[] settings, Action<WebApplication>? add = null, Action<IServiceCollection>? change = null)
    {
        Folder = folder;
        _settings = settings;
        _add = add;
        _change = change;
        _app = Create();
    }

    /// <summary>The folder of the database, removed at the end.</summary>
    public string Folder { get; }

    public string DatabasePath => Path.Combine(Folder, "films.db");

    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens, such as <c>http://127.0.0.1:41234</c>.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Starts the service as on a developer's machine; settings are written as <c>Films:Seed=false</c>.</summary>
    public static Task<FilmServiceHost> StartAsync(params string[] settings) => StartAsync(new FilmServiceHost(NewFolder(), settings));

    /// <summary>Starts the service with additional endpoints.</summary>
    public static Task<FilmServiceHost> StartAsync(Action<WebApplication> add, params string[] settings) =>
        StartAsync(new FilmServiceHost(NewFolder(), settings, add));

    /// <summary>Starts the service with replaced services, such as limits that a test can reach.</summary>
    public static Task<FilmServiceHost> StartWithAsync(Action<IServiceCollection> change, params string[] settings) =>
        StartAsync(new FilmServiceHost(NewFolder(), settings, change: change));

    /// <summary>Starts the service with a clock that the test sets.</summary>
    public static Task<FilmServiceHost> StartAsync(TimeProvider clock, params string[] settings) => StartWithAsync(services => services.AddSingleton(clock), settings);

    /// <summary>
    /// A client that follows no redirects and checks no certificates; every response is checked against the API document.
    /// </summary>
    public HttpClient CreateClient() => new(new AnswerCheck(CreateHandler())) { BaseAddress = Address };

    private static SocketsHttpHandler CreateHandler() => new() { AllowAutoRedirect = false, UseCookies = false };

    /// <summary>Restarts the service on the same database, with additional settings.</summary>
    public Task RestartAsync(params string[] more) => RestartAsync(() => _settings = [.. _settings, .. more]);

    /// <summary>Restarts the service on the same database, with these settings instead of its own.</summary>
    public Task RestartWithAsync(params string[] settings) => RestartAsync(() => _settings = settings);

    /// <summary>Stops the service, changes its files, and starts it again.</summary>
    public async Task RestartAsync(Action meanwhile)
    {
        await EndAsync();
        meanwhile();
        _app = Create();
        await _app.StartAsync();
    }

    /// <summary>Stops the service in order, as a signal does.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <summary>Runs SQL on the database while the service is running.</summary>
    public object? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(Folder, recursive: true);
    }

    // Without a stop before it, the end of each background service is logged as an error. No request is waited for.
    private async Task EndAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private static string NewFolder() => Directory.CreateTempSubdirectory("filmservice-").FullName;

    private static async Task<FilmServiceHost> StartAsync(FilmServiceHost host)
    {
        await host._app.StartAsync();
        return host;
    }

    private WebApplication Create()
    {
        string[] defaults =
        [
            "environment=Development", "urls=http://127.0.0.1:0", $"contentRoot={Folder}",
            $"ConnectionStrings:Films=Data Source={DatabasePath}", "Serilog:MinimumLevel:Default=Fatal", "Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Fatal",
        ];
        var app = Program.CreateApp([.. defaults.Concat(_settings).Select(setting => "--" + setting)], _change);
        _add?.Invoke(app);
        return app;
    }
}
