using FilmService.Domain.Audit;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Audit;
using FilmService.Infrastructure.Backups;
using FilmService.Infrastructure.Runs;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace FilmService.Infrastructure.Sqlite;

/// <summary>
/// Begins a run on a database: gives it the run's id, in the file beside it first, and renews the epoch of a database that may be an
/// older copy (decision 0028). A crash between any two steps is recognised at the next start.
/// </summary>
internal static partial class SqliteRun
{
    private const int IdLength = 16;

    /// <param name="connection">The writing connection to a database that has a head.</param>
    /// <param name="renewal">Somebody's request to renew the epoch whatever the file says, to be recorded with it; null if the file decides.</param>
    public static BegunRun Begin(SqliteConnection connection, string path, ILogger logger, AuditEvent? renewal = null)
    {
        var (run, head, noted) = (ReadRun(connection), HeadTable.Read(connection).Catalog, RunFile.Read(path));
        var reason = renewal is null ? RunRecord.FindDifference(noted, run, head.Revision) : "an operator requested it";
        var (file, id, known) = (RunFile.Open(path), NewId(), noted ?? RunRecord.Empty);

        // Until the database is renewed, its id must not be among the file's, or a crash would end the renewal.
        file.Save(known with { Runs = reason is null ? [run, id] : [id] });
        var next = reason is null ? head : Renewed(head, known);
        var begun = connection.InTransaction(() =>
        {
            connection.Record(renewal?.Renewing(head.Revision, next.Revision));
            return Save(connection, id, next);
        });
        file.Save(new RunRecord([id], begun.Revision, begun.LastGeneratedId));
        if (reason is not null)
        {
            LogRenewal(logger, head.Revision.Epoch, begun.Revision.Epoch, reason);
        }

        return new BegunRun(file, id);
    }

    /// <summary>The event of a renewal, with the last revision in the earlier epoch and in the new one.</summary>
    public static AuditEvent Renewing(this AuditEvent audit, Revision before, Revision after) => audit with { Detail = $"{before} is now {after}" };

    /// <summary>Begins the first run of a database without a head, inside the transaction that creates it.</summary>
    public static BegunRun BeginFirst(SqliteConnection connection, string path)
    {
        var (file, id) = (RunFile.Open(path), NewId());
        file.Save(RunRecord.Empty with { Runs = [id] });
        HeadTable.Create(connection, id);
        return new BegunRun(file, id);
    }

    /// <summary>
    /// Stores a run's id and the head, in a database that need not be a sealed backup any longer. With a new epoch, no outcome of an earlier request is replayed: it would show revisions of the
    /// earlier epoch as if they were of this one.
    /// </summary>
    public static CatalogHead Save(SqliteConnection connection, string id, CatalogHead head)
    {
        connection.Run("DELETE FROM idempotency WHERE EXISTS (SELECT 1 FROM revision WHERE epoch <> $1)", head.Revision.Epoch);
        connection.Execute(BackupSeal.Remove);
        connection.Run("UPDATE revision SET run_id = $1, epoch = $2, last_generated_id = $3", id, head.Revision.Epoch, head.LastGeneratedId);
        return head;
    }

    /// <summary>The head with a new epoch, and a counter of ids that issues none again that was noted as issued.</summary>
    public static CatalogHead Renewed(CatalogHead head, RunRecord noted) => head with
    {
        Revision = head.Revision with { Epoch = HeadTable.NewEpoch() },
        LastGeneratedId = Math.Max(head.LastGeneratedId, noted.LastGeneratedId),
    };

    // It is no secret: a start does without OpenSSL, which takes 4 MB.
    public static string NewId() => new(Random.Shared.GetItems<char>(Revision.EpochAlphabet, IdLength));

    /// <summary>The id of the database's last run.</summary>
    public static string ReadRun(SqliteConnection connection)
    {
        using var command = connection.Prepare("SELECT run_id FROM revision");
        return command.ExecuteScalar() as string ?? RunRecord.NoRun;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The database's epoch was renewed from {Old} to {New}, because {Reason}. Revisions, entity tags and positions in the change feed from before are no longer valid")]
    private static partial void LogRenewal(ILogger logger, string old, string @new, string reason);
}
