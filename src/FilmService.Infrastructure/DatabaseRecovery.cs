using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite;

namespace FilmService.Infrastructure;

/// <summary>What an operator does to the database while the service is stopped.</summary>
public static class DatabaseRecovery
{
    /// <summary>Renews the epoch of the database.</summary>
    /// <returns>The last revision in the earlier epoch and in the new one.</returns>
    /// <exception cref="InvalidConfigurationException">The service is running, or there is no usable database.</exception>
    public static (Revision Before, Revision After) RenewEpoch(DatabaseOptions options) =>
        EpochRenewal.Run(new SqliteDatabase(options.ConnectionString, options.BaseFolder));
}
