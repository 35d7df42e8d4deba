using FilmService.Domain.Audit;
using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Backups;
using FilmService.Infrastructure.Sqlite.Checking;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure;

/// <summary>What a check of a database file has found.</summary>
/// <param name="Revision">The catalogue's revision; null if it cannot be read.</param>
/// <param name="Films">The number of films; null if they cannot be counted.</param>
/// <param name="Problems">What is wrong, in sentences; empty if the file is intact.</param>
/// <param name="IsRebuildable">True if every problem is in tables that can be built again from the changes (<c>reindex</c>).</param>
public sealed record DatabaseReport(string? Revision, long? Films, IReadOnlyList<string> Problems, bool IsRebuildable)
{
    public bool IsIntact => Problems.Count == 0;
}

/// <summary>A database that was restored.</summary>
/// <param name="Films">How many it has.</param>
/// <param name="Before">The backup's revision.</param>
/// <param name="After">The same in the new epoch.</param>
/// <param name="Replaced">The path to which the replaced database was moved; null if there was none.</param>
/// <param name="Failure">Why the replaced database could not be read, so that keys and sessions were revoked; null if it could.</param>
public sealed record RestoredDatabase(long Films, Revision Before, Revision After, string? Replaced, string? Failure);

/// <summary>What an operator does with a database while the service is stopped.</summary>
public static class DatabaseFile
{
    /// <summary>The file of the settings.</summary>
    /// <exception cref="InvalidConfigurationException">The settings name no file.</exception>
    public static string PathOf(DatabaseOptions options) => options.PathBeside("");

    /// <summary>
    /// Checks a file, without changing it: its pages, and whether everything that is derived from the changes agrees with them.
    /// </summary>
    /// <exception cref="InvalidConfigurationException">There is no such file, or it may not be read.</exception>
    public static DatabaseReport Check(string path) =>
        path.Length > 0 ? DatabaseCheck.Run(path) : throw new InvalidConfigurationException("There is no file ''.");

    /// <summary>Builds everything that is derived from the changes again, without reading what is there.</summary>
    /// <exception cref="InvalidConfigurationException">The service is running, or the changes are damaged.</exception>
    public static void Reindex(DatabaseOptions options, ILogger logger)
    {
        var file = SqliteDatabase.Of(options);
        if (!File.Exists(file.Path))
        {
            throw new InvalidConfigurationException($"There is no database '{file.Path}'.");
        }

        using var held = FileLock.Take(file.Path);
        SqliteMigrator.Migrate(file, logger);
        SqliteCatalog.Rebuild(file, logger, AuditEvent.OnTheMachine(AuditActions.Reindexed));
    }

    /// <summary>Renews the epoch of the database.</summary>
    /// <returns>The last revision in the earlier epoch and in the new one.</returns>
    /// <exception cref="InvalidConfigurationException">The service is running, or there is no usable database.</exception>
    public static (Revision Before, Revision After) RenewEpoch(DatabaseOptions options) => EpochRenewal.Run(SqliteDatabase.Of(options));

    /// <summary>
    /// Replaces the database by a backup with a new epoch, and moves it aside. Users, keys, clients and webhooks are taken from it if
    /// it can be read; otherwise keys and sessions are revoked.
    /// </summary>
    /// <exception cref="InvalidConfigurationException">The service is running, or the file is not a usable backup.</exception>
    public static RestoredDatabase Restore(DatabaseOptions options, string backup) => new DatabaseRestore(SqliteDatabase.Of(options), _ => { }).Run(backup);
}
