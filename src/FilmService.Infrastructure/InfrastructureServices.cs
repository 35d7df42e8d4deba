using FilmService.Domain.Access;
using FilmService.Domain.Audit;
using FilmService.Domain.Backups;
using FilmService.Domain.Changes;
using FilmService.Domain.Health;
using FilmService.Domain.Webhooks;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Access;
using FilmService.Infrastructure.Audit;
using FilmService.Infrastructure.Backups;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Backups;
using FilmService.Infrastructure.Statements;
using FilmService.Infrastructure.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure;

/// <param name="ConnectionString">The database, as in <c>ConnectionStrings:Films</c>.</param>
/// <param name="BaseFolder">The folder that a relative path in it starts from.</param>
/// <param name="Seed">True to add the original's two films to a new database.</param>
public sealed record DatabaseOptions(string ConnectionString, string BaseFolder, bool Seed)
{
    /// <summary>True to copy a database of an earlier version before it is migrated.</summary>
    public bool CopyBeforeMigration { get; init; } = true;

    /// <summary>A path beside the database file: the file's own path with a suffix.</summary>
    public string PathBeside(string suffix) => new SqliteDatabase(ConnectionString, BaseFolder).Path + suffix;
}

/// <param name="Folder">Where backups are kept; null for the folder <c>backups</c> beside the database.</param>
public sealed record BackupOptions(string? Folder);

/// <param name="MaxSortedBytes">How many bytes a query may sort, most of them in a temporary file.</param>
public sealed record QueryOptions(long MaxSortedBytes);

/// <summary>The database that is open.</summary>
/// <param name="Path">Its file.</param>
/// <param name="IsNew">True if it was created when it was opened.</param>
public sealed record OpenedDatabase(string Path, bool IsNew);

public static class InfrastructureServices
{
    /// <summary>
    /// Adds the repositories, which all are the one database of <see cref="DatabaseOptions"/>. Resolving one opens it, or throws
    /// <see cref="InvalidConfigurationException"/>.
    /// </summary>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<DatabaseOptions>();
            return SqliteRepository.Open(
                SqliteDatabase.Of(options, provider.GetRequiredService<QueryOptions>()), options.Seed, provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<SqliteRepository>>());
        });
        services.AddSingleton<IFilmRepository>(provider => provider.GetRequiredService<SqliteRepository>());
        services.AddSingleton(provider => provider.GetRequiredService<SqliteRepository>().Opened);
        services.AddSingleton<IDatabaseWork>(provider => provider.GetRequiredService<SqliteRepository>());
        services.AddSingleton<IDatabaseStatistics>(provider => provider.GetRequiredService<SqliteRepository>());
        services.AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<SqliteRepository>());
        services.AddSingleton(provider =>
        {
            provider.GetRequiredService<SqliteRepository>();
            return TemporaryFiles.In(provider.GetRequiredService<DatabaseOptions>().PathBeside(".tmp"));
        });
        services.AddSingleton<IAuditLog, AuditLog>();
        services.AddSingleton<IReadinessCheck, WriteCheck>();
        services.AddSingleton<IReadinessCheck, ListCheck>();
        services.AddSingleton<IBackupRepository>(provider =>
        {
            var (options, database) = (provider.GetRequiredService<DatabaseOptions>(), provider.GetRequiredService<OpenedDatabase>());
            var folder = provider.GetRequiredService<BackupOptions>().Folder ?? Path.Combine(Path.GetDirectoryName(database.Path)!, "backups");
            return new SqliteBackups(
                new SqliteDatabase(options.ConnectionString, options.BaseFolder), new BackupFolder(Path.GetFullPath(folder, options.BaseFolder)), provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IWebhookRepository, WebhookRepository>();
        services.AddSingleton<ISessionRepository, SessionRepository>();
        return services.AddSingleton<IAccessRepository, AccessRepository>();
    }
}
