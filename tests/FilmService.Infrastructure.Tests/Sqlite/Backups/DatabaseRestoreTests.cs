using FilmService.Infrastructure.Backups;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Backups;
using FilmService.Infrastructure.Sqlite.Native;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite.Backups;

/// <summary>Restoring a backup: what is refused, and what a crash leaves.</summary>
public sealed class DatabaseRestoreTests : IDisposable
{
    private const int SamplesOfBits = 300;

    private readonly CatalogFolder _folder = new();
    private readonly string _backup;

    // A backup of two films, and a third one that was written after it.
    public DatabaseRestoreTests()
    {
        var catalog = _folder.Open(seed: true);
        _backup = BackUp();
        catalog.SaveAsync("3", Up).Wait();
        _folder.Close(catalog);
    }

    [Test]
    public async Task Restore_Backup_ReplacesTheDatabaseAndMovesItAside()
    {
        var restored = Restore(_backup);

        Assert.That((restored.Films, restored.Before.Number, restored.After.Number, restored.Failure), Is.EqualTo((2, 2, 2, (string?)null)));
        Assert.That(await _folder.Open().ListAsync(), Has.Count.EqualTo(2));
        using var replaced = new CatalogFolder();
        File.Copy(restored.Replaced!, replaced.Path);
        Assert.That(await replaced.Open().ListAsync(), Has.Count.EqualTo(3));
    }

    [Test]
    public void Restore_BackupWhoseReadModelLags_CountsTheFilmsOfItsChanges()
    {
        Change(_backup, BackupSeal.Remove + "; DELETE FROM films; UPDATE revision SET checkpoint = 0; UPDATE changes SET indexed = 0");

        Assert.That(Restore(_backup).Films, Is.EqualTo(2));
    }

    /// <summary>A file without a seal may have been changed by anybody; only the changes count.</summary>
    [Test]
    public async Task Restore_FileWithoutASealWhoseFilmsDiffer_BuildsThemFromItsChanges()
    {
        Change(_backup, BackupSeal.Remove + "; UPDATE films SET name = 'Down' WHERE id = '1'; DELETE FROM films WHERE id = '2'");

        Restore(_backup);

        var catalog = _folder.Open();
        Assert.That(await catalog.ListAsync(), Has.Count.EqualTo(2));
        _folder.Close(catalog);
        Assert.That(_folder.Query("SELECT name FROM films ORDER BY id"), Is.EqualTo(new[] { "Avengers: Infinity War", "Ant Man and the Wasp" }));
    }

    [Test]
    public void Restore_FileWithoutASealWhoseChangesAreDamaged_IsRefused()
    {
        Change(_backup, BackupSeal.Remove + "; UPDATE revision SET number = 1");

        Assert.That(() => Restore(_backup), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("is damaged:"));
        Assert.That(File.Exists(RestoredFile.Preparing(_folder.Path)), Is.False);
    }

    [Test]
    public void Restore_IsRecordedInTheAuditLog()
    {
        var restored = Restore(_backup);

        Assert.That(_folder.Query("SELECT target || ' ' || detail FROM audit WHERE action = 'backup.restored'"), Is.EqualTo(new[] { $"{Path.GetFileName(_backup)} {restored.Before} is now {restored.After}" }));
    }

    [Test]
    public async Task Restore_ReplacedOneWithALog_MovesTheLogAsideToo()
    {
        using var crashed = new CatalogFolder();
        var running = _folder.Open();
        await running.SaveAsync("4", Up);
        foreach (var suffix in new[] { "", "-wal", ".run" })
        {
            File.Copy(_folder.Path + suffix, crashed.Path + suffix);
        }

        var restored = new DatabaseRestore(new SqliteDatabase($"Data Source={crashed.Path}", "/"), _ => { }).Run(_backup);

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
        var epoch = _folder.Query("SELECT epoch FROM revision").Single();
        Assert.That(() => Restore(_backup, stopBefore: step == "aside" ? "replace" : step), Throws.InstanceOf<OperationCanceledException>());
        if (step == "aside")
        {
            // As if it had ended after the replaced database got its second name.
            File.Copy(_folder.Path, $"{_folder.Path}.replaced-20261122T030000000Z");
        }

        var catalog = _folder.Open();

        var isNew = step is "replace" or "aside";
        Assert.That(await catalog.ListAsync(), Has.Count.EqualTo(isNew ? 2 : 3));
        Assert.That((await catalog.GetRevisionAsync(default)).Epoch, isNew ? Is.Not.EqualTo(epoch) : Is.EqualTo(epoch));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(_folder.Path)!).Where(file => file.Contains(".restor", StringComparison.Ordinal)), Is.Empty);
        _folder.Close(catalog);
        Restore(_backup);
        Assert.That(await _folder.Open().ListAsync(), Has.Count.EqualTo(2), "It can be repeated.");
    }

    [Test]
    public void Restore_AnyBitFlipped_IsRefused()
    {
        var whole = File.ReadAllBytes(_backup);
        var dice = new Random(1);
        var offsets = Enumerable.Range(0, 100).Concat(Enumerable.Range(0, SamplesOfBits).Select(_ => dice.Next(whole.Length))).Append(whole.Length - 1);
        Assert.Multiple(() =>
        {
            foreach (var offset in offsets)
            {
                var damaged = (byte[])whole.Clone();
                damaged[offset] ^= (byte)(1 << dice.Next(8));
                AssertRefused(damaged, "is not a SQLite database", "is truncated", "is damaged");
            }
        });
    }

    [Test]
    public void Restore_Truncated_IsRefused([Values(0, 1, 15, 16, 31, 99, 512, 4095, 4096, 50_000)] int length) =>
        AssertRefused(File.ReadAllBytes(_backup)[..length], "is not a SQLite database", "is truncated", "is damaged");

    [Test]
    public void Restore_LastByteMissing_IsRefused() => AssertRefused(File.ReadAllBytes(_backup)[..^1], "is truncated");

    [TestCase("")]
    [TestCase("no database")]
    [TestCase("SQLite format 3\0 and no more")]
    public void Restore_FileThatIsNoDatabase_IsRefused(string text) =>
        AssertRefused(System.Text.Encoding.ASCII.GetBytes(text), "is not a SQLite database", "is truncated", "is damaged");

    [Test]
    public void Restore_OfANewerVersion_IsRefused()
    {
        Change(_backup, BackupSeal.Remove + "; INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Later', '99')");

        AssertRefused(File.ReadAllBytes(_backup), "was migrated by a newer version of FilmService (it has the migration '99990101000000_Later')");
    }

    [Test]
    public void Restore_OfAnotherProgram_IsRefused()
    {
        var other = Path.Combine(Path.GetDirectoryName(_folder.Path)!, "other.db");
        Change(other, "CREATE TABLE notes (text)");

        AssertRefused(File.ReadAllBytes(other), "is another program's database");
    }

    [Test]
    public void Restore_MissingFile_IsRefused() =>
        Assert.That(() => Restore("/nowhere/films.db"), Throws.InstanceOf<InvalidConfigurationException>().With.Message.EqualTo("There is no file '/nowhere/films.db'."));

    [Test]
    public async Task Restore_WhileTheServiceRuns_IsRefused()
    {
        var running = _folder.Open();

        Assert.That(() => Restore(_backup), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("in use by another process"));

        Assert.That(await running.ListAsync(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Restore_PlainCopyWithItsLog_IsComplete()
    {
        var running = _folder.Open();
        await running.SaveAsync("4", Up);
        var copy = Path.Combine(Path.GetDirectoryName(_folder.Path)!, "copy.db");
        File.Copy(_folder.Path, copy);
        File.Copy(_folder.Path + "-wal", copy + "-wal");
        _folder.Close(running);

        Assert.That(Restore(copy).Films, Is.LessThanOrEqualTo(4));
        Assert.That(await _folder.Open().ListAsync(), Has.Count.EqualTo(4));
    }

    // What was revoked since the backup stays revoked.
    [Test]
    public void Restore_WithTheReplacedDatabase_TakesWhatIsNotTheCatalogues()
    {
        _folder.Execute("INSERT INTO users (name, password_hash, scopes) VALUES ('new', 'hash', 'admin'); CREATE TABLE notes (number INTEGER PRIMARY KEY, what TEXT); INSERT INTO notes VALUES (7, 'x')");
        Change(_backup, BackupSeal.Remove + "; INSERT INTO users (name, password_hash, scopes) VALUES ('old', 'hash', 'admin'); CREATE TABLE notes (number INTEGER PRIMARY KEY, what TEXT)");

        Restore(_backup);

        Assert.That(_folder.Query("SELECT name FROM users"), Is.EqualTo(new[] { "new" }));
        Assert.That(_folder.Query("SELECT number || what FROM notes"), Is.EqualTo(new[] { "7x" }));
    }

    [TestCase("missing")]
    [TestCase("no database")]
    [TestCase("truncated")]
    public void Restore_WithoutAReadableReplacedDatabase_RevokesKeysAndSessions(string what)
    {
        Change(_backup, BackupSeal.Remove + """
            ; INSERT INTO users (name, password_hash, scopes) VALUES ('old', 'hash', 'admin'); DROP TABLE IF EXISTS sessions; CREATE TABLE sessions (id TEXT); INSERT INTO sessions VALUES ('s');
            INSERT INTO api_keys (id, name, scopes, hash, created_by, created_at) VALUES ('k', 'k', 'admin', x'00', 'old', 0);
            INSERT INTO signing_keys VALUES ('kid', x'00', x'00', 0)
            """);
        Damage(what);

        var restored = Restore(_backup);

        Assert.That((restored.Failure is null, restored.Replaced is null), Is.EqualTo((false, what == "missing")));
        Assert.That(_folder.Query("SELECT name FROM users"), Is.EqualTo(new[] { "old" }));
        Assert.That(_folder.Query("SELECT id FROM api_keys UNION ALL SELECT id FROM sessions UNION ALL SELECT kid FROM signing_keys"), Is.Empty);
    }

    [Test]
    public async Task Restore_Always_HandsOutNoGeneratedIdAgain()
    {
        var catalog = _folder.Open();
        var given = (await catalog.CreateAsync(Up)).Id.WholeNumber;
        _folder.Close(catalog);
        File.Delete(_folder.Path + ".run");

        Restore(_backup);

        Assert.That((await _folder.Open().CreateAsync(Up)).Id.WholeNumber, Is.EqualTo(given + 1));
    }

    [Test]
    public void Open_BackupThatWasCopiedInPlace_IsNoLongerSealed()
    {
        File.Copy(_backup, _folder.Path, overwrite: true);
        _folder.Close(_folder.Open());

        Assert.That(BackupSeal.IsIntact(_folder.Path), Is.Null);
        Assert.That(Restore(BackUpOf(_folder)).Films, Is.EqualTo(2));
    }

    public void Dispose() => _folder.Dispose();

    private void Damage(string what)
    {
        var length = new FileInfo(_folder.Path).Length;
        File.Delete(_folder.Path);
        if (what != "missing")
        {
            File.WriteAllBytes(_folder.Path, what == "truncated" ? File.ReadAllBytes(_backup)[..(int)(length / 3)] : "no database"u8.ToArray());
        }
    }

    private void AssertRefused(byte[] content, params string[] reasons)
    {
        var file = Path.Combine(Path.GetDirectoryName(_folder.Path)!, "damaged.db");
        File.WriteAllBytes(file, content);
        var before = File.ReadAllBytes(_folder.Path);
        var refusal = Assert.Throws<InvalidConfigurationException>(() => Restore(file));

        Assert.That(refusal?.Message, Does.Contain(file));
        Assert.That(reasons.Any(reason => refusal?.Message.Contains(reason, StringComparison.Ordinal) is true), Is.True, refusal?.Message);
        Assert.That(File.ReadAllBytes(_folder.Path), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(_folder.Path)!, "*.restor*"), Is.Empty);
    }

    private RestoredDatabase Restore(string backup, string? stopBefore = null) => new DatabaseRestore(
        new SqliteDatabase($"Data Source={_folder.Path}", "/"), step => _ = step == stopBefore ? throw new OperationCanceledException() : step).Run(backup);

    private string BackUp()
    {
        var folder = Path.Combine(Path.GetDirectoryName(_folder.Path)!, "backups");
        var backups = new SqliteBackups(new SqliteDatabase($"Data Source={_folder.Path}", "/"), new BackupFolder(folder), TimeProvider.System);
        return Path.Combine(folder, backups.CreateAsync(default).Result.Name);
    }

    private static string BackUpOf(CatalogFolder folder)
    {
        var copy = folder.Path + ".copy";
        File.Copy(folder.Path, copy);
        return copy;
    }

    private static void Change(string database, string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }
}
