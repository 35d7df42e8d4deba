using System.Diagnostics;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Migrates a database file to this program's schema. EF Core generates the migrations, but what runs is the SQL script of each,
/// because EF Core itself would add a second and 20 MB to a first start. A test compares the two.
/// </summary>
internal static partial class SqliteMigrator
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const string ScriptEnding = ".sql";

    /// <summary>Applies the file's pending migrations, each in its own transaction.</summary>
    /// <exception cref="InvalidConfigurationException">
    /// The file was created by a newer program or another one, or cannot be used.
    /// </exception>
    public static void Migrate(SqliteDatabase file, ILogger logger)
    {
        try
        {
            using var connection = file.OpenWriter();
            var applied = AppliedMigrations(connection);
            var known = KnownMigrations();
            RefuseNewer(file, applied.Except(known).FirstOrDefault());
            RefuseForeign(file, applied.Count == 0 && HasForeignTables(connection));
            var pending = known.Except(applied).ToList();
            if (applied.Count == 0)
            {
                pending.ForEach(migration => connection.Execute(ReadScript(migration)));
            }
            else if (pending.Count > 0)
            {
                Upgrade(file, connection, pending, logger);
            }
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT)
        {
            throw new InvalidConfigurationException($"'{file.Path}' is not a SQLite database, or it is damaged.");
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_READONLY)
        {
            throw new InvalidConfigurationException($"'{file.Path}' cannot be opened for writing.");
        }
        catch (SqliteException exception)
        {
            throw new InvalidConfigurationException($"'{file.Path}' cannot be used. {(exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_FULL ? "The disk is full." : exception.Message)}");
        }
    }

    private static void Upgrade(SqliteDatabase file, SqliteConnection connection, List<string> pending, ILogger logger)
    {
        if (file.CopyBeforeMigration)
        {
            new MigrationCopy(file, logger).Write(connection, pending[0]);
        }

        var begin = Stopwatch.GetTimestamp();
        using var still = new Timer(_ => LogStill(logger, Stopwatch.GetElapsedTime(begin).TotalSeconds), null, Interval, Interval);
        for (var number = 0; number < pending.Count; number++)
        {
            LogMigrating(logger, number + 1, pending.Count, pending[number]);
            connection.Execute(ReadScript(pending[number]));
        }
    }

    public static HashSet<string> AppliedMigrations(SqliteConnection connection)
    {
        var applied = new HashSet<string>();
        if (HasTable(connection, "__EFMigrationsHistory"))
        {
            using var command = connection.Prepare("SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"");
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                applied.Add(reader.GetString(0));
            }
        }

        return applied;
    }

    public static List<string> KnownMigrations() => typeof(SqliteMigrator).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(ScriptEnding, StringComparison.Ordinal))
        .Select(name => name[..^ScriptEnding.Length])
        .Order(StringComparer.Ordinal)
        .ToList();

    private static string ReadScript(string migration)
    {
        using var script = new StreamReader(typeof(SqliteMigrator).Assembly.GetManifestResourceStream(migration + ScriptEnding)!);
        return script.ReadToEnd();
    }

    private static void RefuseNewer(SqliteDatabase file, string? unknown)
    {
        if (unknown is not null)
        {
            throw new InvalidConfigurationException(
                $"'{file.Path}' was migrated by a newer version of FilmService (it has the migration '{unknown}'). Start that version, or name another file.");
        }
    }

    private static void RefuseForeign(SqliteDatabase file, bool isForeign)
    {
        if (isForeign)
        {
            throw new InvalidConfigurationException($"'{file.Path}' is another program's database. Name another file in ConnectionStrings:Films.");
        }
    }

    private static bool HasForeignTables(SqliteConnection connection)
    {
        using var command = connection.Prepare("""
            SELECT 1 FROM sqlite_master WHERE type = 'table' AND name NOT IN ('__EFMigrationsHistory', '__EFMigrationsLock')
            """);
        return command.ExecuteScalar() is not null;
    }

    private static bool HasTable(SqliteConnection connection, string name)
    {
        using var command = connection.Prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1").With(name);
        return command.ExecuteScalar() is not null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Migrating the database ({Number} of {Count}): {Migration}")]
    private static partial void LogMigrating(ILogger logger, int number, int count, string migration);

    [LoggerMessage(Level = LogLevel.Information, Message = "Still migrating the database, for {Seconds:0} s")]
    private static partial void LogStill(ILogger logger, double seconds);
}
