using FilmService.Api;
using FilmService.Api.Access;
using FilmService.Api.Commands;
using FilmService.Api.Hosting;
using FilmService.Api.Hosting.Logging;
using FilmService.Api.Hosting.Settings;
using FilmService.Api.Hosting.Stopping;
using FilmService.Api.Ui;
using FilmService.Domain.Writing;
using FilmService.Infrastructure;

try
{
    if (CommandLine.IsFor(args))
    {
        return await CommandLine.RunAsync(args);
    }

    ServiceArguments.Check(args, CommandLine.Options);
    await using var app = CreateApp(args);
    using var hangUp = app.StopOnHangUp();
    await app.ListenAsync();
    app.LogUi();
    await app.LogDatabaseAsync();
    await app.WaitForShutdownAsync();
    return 0;
}
catch (InvalidConfigurationException exception)
{
    await Console.Error.WriteLineAsync($"FilmService does not start. {exception.Message}");
    return 1;
}

public static partial class Program
{
    /// <summary>Builds the service and opens its database. It listens once it is started.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="change">Replaces services; for tests, which need shorter limits than users.</param>
    /// <exception cref="InvalidConfigurationException">A setting or the database is invalid.</exception>
    public static WebApplication CreateApp(string[] args, Action<IServiceCollection>? change = null)
    {
        PrivateFiles.RefuseOthers();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Settings are read once, at start-up, so their files need not be watched.
            Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
            ApplicationName = "FilmService.Api",
        });
        ((IConfigurationBuilder)builder.Configuration).Add(new SettingFiles(builder.Configuration, builder.Environment.ContentRootPath));
        builder.LimitConnections();
        builder.AddServiceLog();
        builder.UseDefaultAddress();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.UseLimits();
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                endpoint.RefuseOpenAddress();
                kestrel.ApplicationServices.GetRequiredService<OpenConnections>().Watch(endpoint);
            });
        });
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<OpenConnections>();
        builder.Services.AddServiceSettings().AddApi().AddInfrastructure();
        change?.Invoke(builder.Services);

        var app = builder.Build();
        try
        {
            Open(app);
            return app;
        }
        catch
        {
            // The threads of a database that is open already would keep the process from ending.
            app.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    private static void Open(WebApplication app)
    {
        app.Services.CheckSettings();
        app.Services.RefuseOpenProxy();
        app.UseApi();
        app.NotifyServiceManager();
        app.Services.GetRequiredService<IFilmRepository>();
        app.Services.GetRequiredService<TemporaryFiles>();
    }
}
