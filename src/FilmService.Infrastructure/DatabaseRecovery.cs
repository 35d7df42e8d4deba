using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Backups;

namespace FilmService.Infrastructure;

/// <summary>What an operator does to the database while the service is stopped.</summary>
public static class DatabaseRecovery
{
    /// <summary>Renews the epoch of the database.</summary>
    /// <returns>The last revision in the earlier epoch and in the new one.</returns>
    /// <exception cref="InvalidConfigurationException">The service is running, or there is no usable database.</exception>
    public static (Revision Before, Revision After) RenewEpoch(DatabaseOptions options) =>
        EpochRenewal.Run(new SqliteDatabase(options.ConnectionString, options.BaseFolder));

    /// <summary>
    /// Replaces the database by a backup with a new epoch, and moves it aside. Users, keys, clients and webhooks are taken from it if
    /// it can be read; otherwise keys and sessions are revoked.
    /// </summary>
    /// <exception cref="InvalidConfigurationException">The service is running, or the file is not a usable backup.</exception>
    public static RestoredDatabase Restore(DatabaseOptions options, string backup) =>
        new DatabaseRestore(new SqliteDatabase(options.ConnectionString, options.BaseFolder), _ => { }).Run(backup);
}

/// <summary>A database that was restored.</summary>
/// <param name="Films">How many it has.</param>
/// <param name="Before">The backup's revision.</param>
/// <param name="After">The same in the new epoch.</param>
/// <param name="Replaced">The path to which the replaced database was moved; null if there was none.</param>
/// <param name="Failure">Why the replaced database could not be read, so that keys and sessions were revoked; null if it could.</param>
public sealed record RestoredDatabase(long Films, Revision Before, Revision After, string? Replaced, string? Failure);
