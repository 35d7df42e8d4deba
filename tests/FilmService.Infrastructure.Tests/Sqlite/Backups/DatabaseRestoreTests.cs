using FilmService.Infrastructure.Backups;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Backups;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite.Backups;

/// <summary>Restoring a backup, and what a crash leaves.</summary>
public sealed class DatabaseRestoreTests : RestoreTest
{
    [Test]
    public async Task Restore_Backup_ReplacesTheDatabaseAndMovesItAside()
    {
        var restored = Restore(Backup);

        Assert.That((restored.Films, restored.Before.Number, restored.After.Number, restored.Failure), Is.EqualTo((2, 2, 2, (string?)null)));
        Assert.That(await Folder.Open().ListAsync(), Has.Count.EqualTo(2));
        using var replaced = new CatalogFolder();
        File.Copy(restored.Replaced!, replaced.Path);
        Assert.That(await replaced.Open().ListAsync(), Has.Count.EqualTo(3));
    }

    [Test]
    public void Restore_BackupWhoseReadModelLags_CountsTheFilmsOfItsChanges()
    {
        Change(Backup, BackupSeal.Remove + "; DELETE FROM films; UPDATE revision SET checkpoint = 0; UPDATE changes SET indexed = 0");

        Assert.That(Restore(Backup).Films, Is.EqualTo(2));
    }

    /// <summary>A file without a seal may have been changed by anybody; only the changes count.</summary>
    [Test]
    public async Task Restore_FileWithoutASealWhoseFilmsDiffer_BuildsThemFromItsChanges()
    {
        Change(Backup, BackupSeal.Remove + "; UPDATE films SET name = 'Down' WHERE id = '1'; DELETE FROM films WHERE id = '2'");

        Restore(Backup);

        var catalog = Folder.Open();
        Assert.That(await catalog.ListAsync(), Has.Count.EqualTo(2));
        Folder.Close(catalog);
        Assert.That(Folder.Query("SELECT name FROM films ORDER BY id"), Is.EqualTo(new[] { "Avengers: Infinity War", "Ant Man and the Wasp" }));
    }

    [Test]
    public void Restore_IsRecordedInTheAuditLog()
    {
        var restored = Restore(Backup);

        Assert.That(Folder.Query("SELECT target || ' ' || detail FROM audit WHERE action = 'backup.restored'"), Is.EqualTo(new[] { $"{Path.GetFileName(Backup)} {restored.Before} is now {restored.After}" }));
    }

    [Test]
    public async Task Restore_ReplacedOneWithALog_MovesTheLogAsideToo()
    {
        using var crashed = new CatalogFolder();
        var running = Folder.Open();
        await running.SaveAsync("4", Up);
        foreach (var suffix in new[] { "", "-wal", ".run" })
        {
            File.Copy(Folder.Path + suffix, crashed.Path + suffix);
        }

        var restored = new DatabaseRestore(new SqliteDatabase($"Data Source={crashed.Path}", "/"), _ => { }).Run(Backup);

        Assert.That(await crashed.Open().ListAsync(), Has.Count.EqualTo(2));
        using var replaced = new CatalogFolder();
        foreach (var suffix in new[] { "", "-wal" }.Where(suffix => File.Exists(restored.Replaced + suffix)))
        {
            File.Copy(restored.Replaced + suffix, replaced.Path + suffix);
        }

        Assert.That(await replaced.Open().ListAsync(), Has.Count.EqualTo(4));
    }

    [TestCase("copy")]
    [TestCase("prepare")]
    [TestCase("ready")]
    [TestCase("replace")]
    [TestCase("aside")]
    public async Task Restore_EndedByACrash_LeavesTheOldDatabaseOrTheNewOne(string step)
    {
        var epoch = Folder.Query("SELECT epoch FROM revision").Single();
        Assert.That(() => Restore(Backup, stopBefore: step == "aside" ? "replace" : step), Throws.InstanceOf<OperationCanceledException>());
        if (step == "aside")
        {
            // As if it had ended after the replaced database got its second name.
            File.Copy(Folder.Path, $"{Folder.Path}.replaced-20261122T030000000Z");
        }

        var catalog = Folder.Open();

        var isNew = step is "replace" or "aside";
        Assert.That(await catalog.ListAsync(), Has.Count.EqualTo(isNew ? 2 : 3));
        Assert.That((await catalog.GetRevisionAsync(default)).Epoch, isNew ? Is.Not.EqualTo(epoch) : Is.EqualTo(epoch));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(Folder.Path)!).Where(file => file.Contains(".restor", StringComparison.Ordinal)), Is.Empty);
        Folder.Close(catalog);
        Restore(Backup);
        Assert.That(await Folder.Open().ListAsync(), Has.Count.EqualTo(2), "It can be repeated.");
    }

    [Test]
    public async Task Restore_PlainCopyWithItsLog_IsComplete()
    {
        var running = Folder.Open();
        await running.SaveAsync("4", Up);
        var copy = Path.Combine(Path.GetDirectoryName(Folder.Path)!, "copy.db");
        File.Copy(Folder.Path, copy);
        File.Copy(Folder.Path + "-wal", copy + "-wal");
        Folder.Close(running);

        Assert.That(Restore(copy).Films, Is.LessThanOrEqualTo(4));
        Assert.That(await Folder.Open().ListAsync(), Has.Count.EqualTo(4));
    }

    // What was revoked since the backup stays revoked.
    [Test]
    public void Restore_WithTheReplacedDatabase_TakesWhatIsNotTheCatalogues()
    {
        Folder.Execute("INSERT INTO users (name, password_hash, scopes) VALUES ('new', 'hash', 'admin'); CREATE TABLE notes (number INTEGER PRIMARY KEY, what TEXT); INSERT INTO notes VALUES (7, 'x')");
        Change(Backup, BackupSeal.Remove + "; INSERT INTO users (name, password_hash, scopes) VALUES ('old', 'hash', 'admin'); CREATE TABLE notes (number INTEGER PRIMARY KEY, what TEXT)");

        Restore(Backup);

        Assert.That(Folder.Query("SELECT name FROM users"), Is.EqualTo(new[] { "new" }));
        Assert.That(Folder.Query("SELECT number || what FROM notes"), Is.EqualTo(new[] { "7x" }));
    }

    [TestCase("missing")]
    [TestCase("no database")]
    [TestCase("truncated")]
    public void Restore_WithoutAReadableReplacedDatabase_RevokesKeysAndSessions(string what)
    {
        Change(Backup, BackupSeal.Remove + """
            ; INSERT INTO users (name, password_hash, scopes) VALUES ('old', 'hash', 'admin'); DROP TABLE IF EXISTS sessions; CREATE TABLE sessions (id TEXT); INSERT INTO sessions VALUES ('s');
            INSERT INTO api_keys (id, name, scopes, hash, created_by, created_at) VALUES ('k', 'k', 'admin', x'00', 'old', 0);
            INSERT INTO signing_keys VALUES ('kid', x'00', x'00', 0)
            """);
        Damage(what);

        var restored = Restore(Backup);

        Assert.That((restored.Failure is null, restored.Replaced is null), Is.EqualTo((false, what == "missing")));
        Assert.That(Folder.Query("SELECT name FROM users"), Is.EqualTo(new[] { "old" }));
        Assert.That(Folder.Query("SELECT id FROM api_keys UNION ALL SELECT id FROM sessions UNION ALL SELECT kid FROM signing_keys"), Is.Empty);
    }

    [Test]
    public async Task Restore_Always_HandsOutNoGeneratedIdAgain()
    {
        var catalog = Folder.Open();
        var given = (await catalog.CreateAsync(Up)).Id.WholeNumber;
        Folder.Close(catalog);
        File.Delete(Folder.Path + ".run");

        Restore(Backup);

        Assert.That((await Folder.Open().CreateAsync(Up)).Id.WholeNumber, Is.EqualTo(given + 1));
    }

    [Test]
    public void Open_BackupThatWasCopiedInPlace_IsNoLongerSealed()
    {
        File.Copy(Backup, Folder.Path, overwrite: true);
        Folder.Close(Folder.Open());

        Assert.That(BackupSeal.IsIntact(Folder.Path), Is.Null);
        Assert.That(Restore(BackUpOf(Folder)).Films, Is.EqualTo(2));
    }

    private void Damage(string what)
    {
        var length = new FileInfo(Folder.Path).Length;
        File.Delete(Folder.Path);
        if (what != "missing")
        {
            File.WriteAllBytes(Folder.Path, what == "truncated" ? File.ReadAllBytes(Backup)[..(int)(length / 3)] : "no database"u8.ToArray());
        }
    }

    private static string BackUpOf(CatalogFolder folder)
    {
        var copy = folder.Path + ".copy";
        File.Copy(folder.Path, copy);
        return copy;
    }
}
