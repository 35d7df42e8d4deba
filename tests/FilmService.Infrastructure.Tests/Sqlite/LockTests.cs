using System.Diagnostics;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>A database is used by one process, whatever happens to the lock file.</summary>
[Platform("Linux")]
public sealed class LockTests : IDisposable
{
    private readonly CatalogFolder _folder = new();

    [Test]
    public void Open_LockFileDeletedWhileInUse_IsRefused()
    {
        _folder.Open();
        File.Delete(_folder.Path + ".lock");

        Assert.That(() => _folder.Open(), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("in use by another process"));
    }

    [Test]
    public void Open_ByAHardLink_IsRefused()
    {
        _folder.Open();
        using var link = Process.Start("ln", [_folder.Path, _folder.Path + ".other"]);
        link.WaitForExit();

        Assert.That(() => _folder.OpenAs("films.db.other"), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("in use by another process"));
    }

    /// <summary>As an earlier version would notice.</summary>
    [Test]
    public void Open_InUse_LocksTheFileBesideItToo()
    {
        _folder.Open();

        Assert.That(() => new FileStream(_folder.Path + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None), Throws.InstanceOf<IOException>());
    }

    [Test]
    public async Task Open_InUse_LetsOtherProgramsReadAndBackUp()
    {
        await _folder.Open(seed: true).SaveAsync("7", Writes.Up);

        Assert.That(_folder.Query("SELECT id FROM changes ORDER BY revision"), Is.EqualTo(new[] { "1", "2", "7" }));
        _folder.Execute($"VACUUM INTO '{_folder.Path}.copy'");
        using var copy = Process.Start("cp", [_folder.Path, _folder.Path + ".copied"]);
        await copy.WaitForExitAsync();
        Assert.That(copy.ExitCode, Is.Zero);
    }

    [Test]
    public void Open_ReadOnlyDisk_IsRefusedInWords()
    {
        using var disk = SmallDisk.Mount(megabytes: 64);
        new CatalogFolder(disk.Folder).Make();
        disk.MakeReadOnly();

        Assert.That(
            () => new CatalogFolder(disk.Folder).Open(),
            Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("the disk is read-only.").And.Message.Not.Contains("in use"));
    }

    [Test]
    public void Temporary_FolderThatIsAFile_IsRefusedInWords()
    {
        File.WriteAllText(_folder.Path + ".tmp", "");

        Assert.That(() => TemporaryFiles.In(_folder.Path + ".tmp"), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("temporary files").And.Message.Contains(_folder.Path));
    }

    [Test]
    public void Temporary_ReadOnlyDisk_IsUnavailableInWords()
    {
        using var disk = SmallDisk.Mount(megabytes: 64);
        var files = TemporaryFiles.In(Path.Combine(disk.Folder, "films.db.tmp"));
        disk.MakeReadOnly();

        Assert.That(() => files.Create(), Throws.InstanceOf<Domain.Writing.CatalogUnavailableException>().With.Message.EqualTo("Temporary files cannot be written: the disk is read-only."));
        Assert.That(() => TemporaryFiles.In(Path.Combine(disk.Folder, "films.db.tmp")), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("the disk is read-only."));
    }

    [Test]
    public void Temporary_FolderRemoved_IsMadeAgain()
    {
        var files = TemporaryFiles.In(_folder.Path + ".tmp");
        Directory.Delete(_folder.Path + ".tmp");

        Assert.That(() => files.Create().Dispose(), Throws.Nothing);
    }

    public void Dispose() => _folder.Dispose();
}
