using FilmService.Api;
using FilmService.Api.Access;
using FilmService.Api.Logging;
using FilmService.Api.Settings;
using FilmService.Domain.Films;
using FilmService.Infrastructure;
using Serilog;

try
{
    if (args is [HashPasswordCommand.Name, ..])
    {
        return await HashPasswordCommand.RunAsync(Console.In, Console.Out, Console.Error);
    }

    await CreateApp(args).RunAsync();
    return 0;
}
catch (StartRefusedException exception)
{
    await Console.Error.WriteLineAsync($"FilmService does not start. {exception.Message}");
    return 1;
}
finally
{
    await Log.CloseAndFlushAsync();
}

/// <summary>The program.</summary>
public static partial class Program
{
    /// <summary>Builds the service and opens its database; it listens when it is started.</summary>
    /// <exception cref="StartRefusedException">A setting or the database does not allow it.</exception>
    public static WebApplication CreateApp(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = "FilmService.Api" });
        var settings = FilmServiceSettings.Read(builder.Configuration, builder.Environment);
        builder.AddServiceLog();
        builder.UseDefaultAddress();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.UseLimits(settings));
        builder.Services.AddApi(settings).AddInfrastructure(settings.Database);

        var app = builder.Build();
        app.UseApi(settings);
        app.Services.GetRequiredService<IFilmRepository>();
        return app;
    }
}
