using FilmService.Domain.Access;
using FilmService.Domain.Changes;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Access;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Infrastructure;

/// <summary>What the infrastructure is told when it is set up.</summary>
/// <param name="ConnectionString">The database, as in <c>ConnectionStrings:Films</c>.</param>
/// <param name="BaseFolder">Where a relative path in it begins.</param>
/// <param name="Seed">True to put the original's two films into a new database.</param>
public sealed record DatabaseOptions(string ConnectionString, string BaseFolder, bool Seed)
{
    /// <summary>A path beside the database file, which begins with the file's own.</summary>
    public string PathBeside(string suffix) => new SqliteDatabase(ConnectionString, BaseFolder).Path + suffix;
}

/// <summary>Registers the infrastructure.</summary>
public static class InfrastructureServices
{
    /// <summary>Adds the repositories, which are the one database of <see cref="DatabaseOptions"/>. Resolving one opens it, or throws <see cref="InvalidConfigurationException"/>.</summary>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<DatabaseOptions>();
            return SqliteRepository.Open(new SqliteDatabase(options.ConnectionString, options.BaseFolder), options.Seed, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IFilmRepository>(provider => provider.GetRequiredService<SqliteRepository>());
        services.AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<SqliteRepository>());
        services.AddSingleton(provider =>
        {
            provider.GetRequiredService<SqliteRepository>();
            return TemporaryFiles.In(provider.GetRequiredService<DatabaseOptions>().PathBeside(".tmp"));
        });
        return services.AddSingleton<IAccessRepository, SqliteAccessRepository>();
    }
}
