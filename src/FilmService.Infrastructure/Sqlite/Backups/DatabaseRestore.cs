using System.Buffers.Binary;
using FilmService.Domain.Audit;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Audit;
using FilmService.Infrastructure.Backups;
using FilmService.Infrastructure.Runs;
using FilmService.Infrastructure.Sqlite.Checking;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FilmService.Infrastructure.Sqlite.Backups;

/// <summary>Replaces a database by a backup, while no process uses it.</summary>
/// <param name="step">Called before each step; for tests that stop there, as a crash would.</param>
internal sealed class DatabaseRestore(SqliteDatabase file, Action<string> step)
{
    private static readonly byte[] Magic = "SQLite format 3\0"u8.ToArray();

    private static readonly string[] Copied = ["", "-wal"];

    private readonly string _prepared = RestoredFile.Preparing(file.Path);

    /// <inheritdoc cref="DatabaseFile.Restore"/>
    public RestoredDatabase Run(string backup)
    {
        if (!File.Exists(backup))
        {
            throw new InvalidConfigurationException($"There is no file '{backup}'.");
        }

        // A pipe or a device has no length: it is not opened, and not copied until the disk is full.
        Refuse(new FileInfo(backup).Length == 0 || !Header(backup, Magic.Length).AsSpan().SequenceEqual(Magic), backup, "is not a SQLite database");
        using var held = FileLock.Take(file.Path);
        RestoredFile.TakePlace(file.Path);
        RestoredFile.RemovePrepared(file.Path);
        try
        {
            step("copy");
            Copy(backup);
            var isSealed = Check(backup);
            step("prepare");
            var restored = Prepare(backup, isSealed);
            step("ready");
            RestoredFile.MakeReady(file.Path);
            step("replace");
            return restored with { Replaced = RestoredFile.TakePlace(file.Path) };
        }
        catch (Exception exception) when (exception is InvalidConfigurationException or IOException or SqliteException or CatalogUnavailableException)
        {
            RestoredFile.RemovePrepared(file.Path);
            throw;
        }
    }

    // With its log, which a file that was not made by the service may have.
    private void Copy(string backup)
    {
        foreach (var suffix in Copied.Where(suffix => File.Exists(backup + suffix)))
        {
            File.Copy(backup + suffix, _prepared + suffix);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(_prepared + suffix, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }

    // Returns true if the file has a seal.
    private bool Check(string backup)
    {
        Refuse(Length() < ExpectedLength(), backup, "is truncated");
        var isIntact = BackupSeal.IsIntact(_prepared);
        Refuse(isIntact is false, backup, "is damaged: its checksum is not the one that it had when it was made");
        try
        {
            using var connection = new SqliteDatabase($"Data Source={_prepared}", "/").OpenCopier();
            using var check = connection.Prepare("PRAGMA integrity_check(1)");
            var result = check.ExecuteScalar() as string;
            Refuse(result != "ok", backup, $"is damaged: {result}");
            return isIntact is true;
        }
        catch (SqliteException exception)
        {
            throw new InvalidConfigurationException($"'{backup}' is damaged: {exception.Message}");
        }
    }

    private RestoredDatabase Prepare(string backup, bool isSealed)
    {
        var prepared = new SqliteDatabase($"Data Source={_prepared}", "/") { CopyBeforeMigration = false };
        try
        {
            SqliteMigrator.Migrate(prepared, NullLogger.Instance);
        }
        catch (InvalidConfigurationException exception)
        {
            throw new InvalidConfigurationException(exception.Message.Replace(_prepared, Path.GetFullPath(backup), StringComparison.Ordinal));
        }

        if (!isSealed)
        {
            Compare(prepared, backup);
        }

        using var connection = prepared.OpenWriter();
        Refuse(!HeadTable.Exists(connection), backup, "has no catalogue");
        var head = HeadTable.Read(connection).Catalog;
        var (lastGeneratedId, failure) = CarriedTables.Take(connection, file.Path);
        var noted = RunFile.Read(file.Path) ?? RunRecord.Empty;
        var (id, renewed) = (SqliteRun.NewId(), SqliteRun.Renewed(head, noted with { LastGeneratedId = Math.Max(noted.LastGeneratedId, lastGeneratedId) }));
        connection.InTransaction(() =>
        {
            connection.Record(AuditEvent.OnTheMachine(AuditActions.BackupRestored).About(Path.GetFileName(backup)).Renewing(head.Revision, renewed.Revision));
            return SqliteRun.Save(connection, id, renewed);
        });

        // The read model may lag behind the changes until the next start.
        using var films = connection.Prepare("SELECT count(*) FROM (SELECT name, max(revision) FROM changes GROUP BY sort_key) WHERE name IS NOT NULL");
        var count = (long)films.ExecuteScalar()!;
        using var run = RunFile.Open(file.Path);

        // The database that is there remains what it was until it is replaced.
        run.Save(noted with { Runs = [.. noted.Runs, id] });
        return new RestoredDatabase(count, head.Revision, renewed.Revision, Replaced: null, failure);
    }

    // A file that the service has not sealed may have been changed by anybody. Only what the changes say counts.
    private static void Compare(SqliteDatabase prepared, string backup)
    {
        var report = DatabaseCheck.Run(prepared.Path);
        Refuse(!report.IsRebuildable, backup, $"is damaged: {string.Join(' ', report.Problems)}");
        if (!report.IsIntact)
        {
            SqliteCatalog.Rebuild(prepared, NullLogger.Instance);
        }
    }

    private long Length() => new FileInfo(_prepared).Length;

    // https://sqlite.org/fileformat2.html#the_database_header: the page size at 16, where 1 means 64 KB, and the number of pages at 28.
    private long ExpectedLength()
    {
        var header = Header(_prepared, 32);
        if (header.Length < 32)
        {
            return 32;
        }

        var pageSize = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16));
        return BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28)) * (pageSize == 1 ? 65_536L : pageSize);
    }

    private static byte[] Header(string path, int length)
    {
        using var stream = File.OpenRead(path);
        var header = new byte[length];
        return header[..stream.ReadAtLeast(header, length, throwOnEndOfStream: false)];
    }

    private static void Refuse(bool isRefused, string backup, string reason)
    {
        if (isRefused)
        {
            throw new InvalidConfigurationException($"'{backup}' {reason}. The database is unchanged.");
        }
    }
}
