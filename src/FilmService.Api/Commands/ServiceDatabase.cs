using FilmService.Api.Hosting.Settings;
using FilmService.Infrastructure;

namespace FilmService.Api.Commands;

/// <summary>The database of the service, for commands that work on its file.</summary>
internal static class ServiceDatabase
{
    /// <summary>Reads its settings as the service would, from the folder in which the program was started.</summary>
    public static DatabaseOptions Options()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = ShellFolder.Started, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        ((IConfigurationBuilder)builder.Configuration).Add(new SettingFiles(builder.Configuration, builder.Environment.ContentRootPath));
        builder.Services.AddSingleton<SettingsReader>().AddSettings(DatabaseSettings.Read);
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<DatabaseOptions>();
    }
}
