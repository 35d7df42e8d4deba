using FilmService.Domain.Access;
using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Infrastructure.Persistence.Sqlite;
using FilmService.Infrastructure.Persistence.Sqlite.Access;
using Microsoft.Extensions.DependencyInjection;

namespace FilmService.Infrastructure;

/// <summary>What the infrastructure is told when it is set up.</summary>
/// <param name="ConnectionString">The database, as in <c>ConnectionStrings:Films</c>.</param>
/// <param name="BaseFolder">Where a relative path in it begins.</param>
/// <param name="Seed">True to put the original's two films into a new database.</param>
public sealed record DatabaseOptions(string ConnectionString, string BaseFolder, bool Seed)
{
    /// <summary>A path beside the database file, which begins with the file's own.</summary>
    public string PathBeside(string suffix) => new SqliteFile(ConnectionString, BaseFolder).Path + suffix;
}

/// <summary>Registers the infrastructure.</summary>
public static class InfrastructureServices
{
    /// <summary>Adds the repositories, which are one database. Resolving one opens it, or throws <see cref="StartRefusedException"/>.</summary>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(provider => SqliteFilmRepository.Open(
            new SqliteFile(options.ConnectionString, options.BaseFolder), options.Seed, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IFilmRepository>(provider => provider.GetRequiredService<SqliteFilmRepository>());
        services.AddSingleton<IChangeFeed>(provider => provider.GetRequiredService<SqliteFilmRepository>());
        services.AddSingleton(provider =>
        {
            provider.GetRequiredService<SqliteFilmRepository>();
            return TemporaryFiles.In(options.PathBeside(".tmp"));
        });
        return services.AddSingleton<IAccessRepository, SqliteAccessRepository>();
    }
}
