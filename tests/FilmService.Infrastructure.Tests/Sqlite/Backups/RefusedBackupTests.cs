using FilmService.Infrastructure.Backups;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Backups;

namespace FilmService.Infrastructure.Tests.Sqlite.Backups;

/// <summary>Files that a restore refuses, with the reason, and without touching the database.</summary>
public sealed class RefusedBackupTests : RestoreTest
{
    private const int SamplesOfBits = 300;

    [Test]
    public void Restore_AnyBitFlipped_IsRefused()
    {
        var whole = File.ReadAllBytes(Backup);
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
        AssertRefused(File.ReadAllBytes(Backup)[..length], "is not a SQLite database", "is truncated", "is damaged");

    [Test]
    public void Restore_LastByteMissing_IsRefused() => AssertRefused(File.ReadAllBytes(Backup)[..^1], "is truncated");

    [TestCase("")]
    [TestCase("no database")]
    [TestCase("SQLite format 3\0 and no more")]
    public void Restore_FileThatIsNoDatabase_IsRefused(string text) =>
        AssertRefused(System.Text.Encoding.ASCII.GetBytes(text), "is not a SQLite database", "is truncated", "is damaged");

    [Test]
    public void Restore_OfANewerVersion_IsRefused()
    {
        Change(Backup, BackupSeal.Remove + "; INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Later', '99')");

        AssertRefused(File.ReadAllBytes(Backup), "was migrated by a newer version of FilmService (it has the migration '99990101000000_Later')");
    }

    [Test]
    public void Restore_OfAnotherProgram_IsRefused()
    {
        var other = Path.Combine(Path.GetDirectoryName(Folder.Path)!, "other.db");
        Change(other, "CREATE TABLE notes (text)");

        AssertRefused(File.ReadAllBytes(other), "is another program's database");
    }

    [Test]
    public void Restore_MissingFile_IsRefused() =>
        Assert.That(() => Restore("/nowhere/films.db"), Throws.InstanceOf<InvalidConfigurationException>().With.Message.EqualTo("There is no file '/nowhere/films.db'."));

    [Test]
    public void Restore_OnADiskThatIsFull_LeavesNothingBehind()
    {
        var database = new SqliteDatabase($"Data Source={Folder.Path}", "/");

        Assert.That(() => new DatabaseRestore(database, step => _ = step == "prepare" ? throw new IOException("No space left on device") : step).Run(Backup), Throws.InstanceOf<IOException>());

        Assert.That(File.Exists(RestoredFile.Preparing(Folder.Path)), Is.False);
    }

    [Test]
    public async Task Restore_WhileTheServiceRuns_IsRefused()
    {
        var running = Folder.Open();

        Assert.That(() => Restore(Backup), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("in use by another process"));

        Assert.That(await running.ListAsync(), Has.Count.EqualTo(3));
    }

    [Test]
    public void Restore_FileWithoutASealWhoseChangesAreDamaged_IsRefused()
    {
        Change(Backup, BackupSeal.Remove + "; UPDATE revision SET number = 1");

        Assert.That(() => Restore(Backup), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("is damaged:"));
        Assert.That(File.Exists(RestoredFile.Preparing(Folder.Path)), Is.False);
    }

    private void AssertRefused(byte[] content, params string[] reasons)
    {
        var file = Path.Combine(Path.GetDirectoryName(Folder.Path)!, "damaged.db");
        File.WriteAllBytes(file, content);
        var before = File.ReadAllBytes(Folder.Path);
        var refusal = Assert.Throws<InvalidConfigurationException>(() => Restore(file));

        Assert.That(refusal?.Message, Does.Contain(file));
        Assert.That(reasons.Any(reason => refusal?.Message.Contains(reason, StringComparison.Ordinal) is true), Is.True, refusal?.Message);
        Assert.That(File.ReadAllBytes(Folder.Path), Is.EqualTo(before));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(Folder.Path)!, "*.restor*"), Is.Empty);
    }
}
