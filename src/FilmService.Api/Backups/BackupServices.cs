using FilmService.Domain.Backups;
using FilmService.Infrastructure;

namespace FilmService.Api.Backups;

internal static class BackupServices
{
    public static IServiceCollection AddBackups(this IServiceCollection services) => services
        .AddSingleton(provider => new BackupOptions(provider.GetRequiredService<BackupSettings>().Folder))
        .AddSingleton(provider => new BackupRules(provider.GetRequiredService<BackupSettings>().Keep))
        .AddSingleton<BackupStatus>()
        .AddSingleton<BackupDirectory>()
        .AddSingleton<BackupAdministration>()
        .AddHostedService<BackupSchedule>();
}
