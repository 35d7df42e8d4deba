using FilmService.Infrastructure.Sqlite;
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

/// <summary>What can be done with a database whose service is stopped.</summary>
public static class DatabaseFile
{
    /// <summary>The file of the settings.</summary>
    /// <exception cref="InvalidConfigurationException">The settings name no file.</exception>
    public static string PathOf(DatabaseOptions options) => options.PathBeside("");

    /// <summary>
    /// Checks a file, without changing it: its pages, and whether everything that is derived from the changes agrees with them.
    /// </summary>
    public static DatabaseReport Check(string path) => DatabaseCheck.Run(path);

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
        SqliteCatalog.Rebuild(file, logger);
    }
}
