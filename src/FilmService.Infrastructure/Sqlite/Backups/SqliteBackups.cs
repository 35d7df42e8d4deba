using System.Security.Cryptography;
using FilmService.Domain.Backups;
using FilmService.Domain.Films;
using FilmService.Infrastructure.Backups;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FilmService.Infrastructure.Sqlite.Backups;

/// <summary>
/// Backups of a SQLite file, made by VACUUM INTO, which reads one snapshot while others write (decision 0029). The copy is opened as
/// a database of its own, checked, and compared with the catalogue as it was at the copy's revision.
/// </summary>
internal sealed class SqliteBackups(SqliteDatabase file, BackupFolder folder, TimeProvider clock) : IBackupRepository
{
    private const int InstructionsPerCheck = 4_000;

    public Task<Backup> CreateAsync(CancellationToken cancellationToken) =>
        QuietThread.RunAsync(() => BackupFailure.Translate(() => Create(cancellationToken)), "backup");

    public void RemoveUnfinished() => BackupFailure.Translate(() =>
    {
        folder.RemovePartial();
        return true;
    });

    public IReadOnlyList<Backup> List() => BackupFailure.Translate(folder.List);

    public Backup? Find(string name) => BackupFailure.Translate(() => folder.Find(name));

    public Stream? Open(string name) => BackupFailure.Translate(() => folder.Open(name));

    public bool Remove(string name) => BackupFailure.Translate(() => folder.Remove(name));

    private Backup Create(CancellationToken cancellationToken)
    {
        var (partial, createdAt) = (folder.CreatePartial(), clock.GetUtcNow());
        try
        {
            var (revision, expected) = Copy(partial, cancellationToken);
            BackupSeal.Write(partial);
            Verify(partial, expected, cancellationToken);
            return folder.Publish(partial, revision, createdAt, new BackupFacts(expected.Films, Hash(partial)));
        }
        catch
        {
            folder.RemovePartial();
            throw;
        }
    }

    // The catalogue is read in a snapshot from before the copy: what the copy has more is among the changes.
    private (Revision Revision, CatalogDigest Expected) Copy(string partial, CancellationToken cancellationToken)
    {
        using var snapshot = Interruptible(file.OpenReader(), cancellationToken);
        snapshot.Execute("BEGIN");
        _ = HeadTable.Read(snapshot);
        using (var copier = Interruptible(file.OpenCopier(), cancellationToken))
        {
            copier.Run("VACUUM INTO $1", partial);
        }

        using var changes = file.OpenReader();
        using var copy = OpenCopy(partial, CancellationToken.None);
        var revision = HeadTable.Read(copy).Revision;
        return (revision, CatalogDigest.Of(snapshot, changes, revision.Number, cancellationToken));
    }

    private static void Verify(string partial, CatalogDigest expected, CancellationToken cancellationToken)
    {
        using var copy = OpenCopy(partial, cancellationToken);
        using var check = copy.Prepare("PRAGMA integrity_check(1)");
        var actual = check.ExecuteScalar() is "ok" ? CatalogDigest.Of(copy, copy, HeadTable.Read(copy).Revision.Number, cancellationToken) : default;
        if (actual != expected || BackupSeal.IsIntact(partial) is not true)
        {
            throw new BackupFailedException("The copy is not equal to the catalogue. The disk of one of the two may be failing.");
        }
    }

    private static SqliteConnection OpenCopy(string path, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return Interruptible(connection, cancellationToken);
    }

    private static SqliteConnection Interruptible(SqliteConnection connection, CancellationToken cancellationToken)
    {
        raw.sqlite3_progress_handler(connection.Handle, InstructionsPerCheck, _ => cancellationToken.IsCancellationRequested ? 1 : 0, null);
        return connection;
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
