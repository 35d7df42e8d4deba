using FilmService.Domain.Audit;
using FilmService.Domain.Films;
using Microsoft.Extensions.Logging.Abstractions;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>Renews the epoch because an operator says so: nothing in a copied folder or a restored machine shows that it is a copy.</summary>
internal static class EpochRenewal
{
    /// <inheritdoc cref="DatabaseFile.RenewEpoch"/>
    public static (Revision Before, Revision After) Run(SqliteDatabase file)
    {
        RefuseMissing(File.Exists(file.Path), file);
        using var held = FileLock.Take(file.Path);
        SqliteMigrator.Migrate(file, NullLogger.Instance);
        using var connection = file.OpenWriter();
        RefuseMissing(HeadTable.Exists(connection), file);
        var before = HeadTable.Read(connection).Revision;
        using var run = SqliteRun.Begin(connection, file.Path, NullLogger.Instance, AuditEvent.OnTheMachine(AuditActions.EpochRenewed));
        return (before, HeadTable.Read(connection).Revision);
    }

    private static void RefuseMissing(bool exists, SqliteDatabase file)
    {
        if (!exists)
        {
            throw new InvalidConfigurationException($"There is no database at '{file.Path}'. Set ConnectionStrings:Films as for the service.");
        }
    }
}
