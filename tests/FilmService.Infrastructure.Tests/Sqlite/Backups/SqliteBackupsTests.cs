using FilmService.Domain.Backups;
using FilmService.Infrastructure.Backups;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Backups;
using FilmService.Infrastructure.Sqlite.Native;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite.Backups;

/// <summary>What a verification compares.</summary>
public sealed class SqliteBackupsTests : IDisposable
{
    private readonly CatalogFolder _folder = new();
    private readonly SqliteRepository _catalog;

    public SqliteBackupsTests() => _catalog = _folder.Open(seed: true);

    [TestCase("UPDATE films SET name = 'Avengers: Infinity Wat' WHERE id = '1'")]
    [TestCase("UPDATE films SET year = 2019 WHERE id = '1'")]
    [TestCase("UPDATE films SET month = 0 WHERE id = '1'")]
    [TestCase("UPDATE films SET revision = 2 WHERE id = '1'")]
    [TestCase("UPDATE films SET id = '01' WHERE id = '1'")]
    [TestCase("DELETE FROM films WHERE id = '1'")]
    [TestCase("UPDATE films SET name = CASE id WHEN '1' THEN 'Ant Man and the Wasp' ELSE 'Avengers: Infinity War' END")]
    public void Digest_AnythingElse_Differs(string sql)
    {
        var before = Digest(2);
        _folder.Execute(sql);

        Assert.That(Digest(2), Is.Not.EqualTo(before));
    }

    // The snapshot is as old as the read model may be: films that were created, changed and deleted since count as they are later.
    [Test]
    public async Task Digest_OfAnOlderSnapshotAndTheChangesSince_IsThatOfTheFilmsLater()
    {
        await _catalog.SaveAsync("3", Up);
        await _catalog.ListAsync();
        using var snapshot = _folder.Connect();
        snapshot.Execute("BEGIN");
        _ = HeadTable.Read(snapshot);
        await _catalog.SaveAsync("1", Named("Changed"));
        await _catalog.SaveAsync("4", Up);
        await _catalog.DeleteAsync("3");
        await _catalog.SaveAsync("5", Up);
        await _catalog.DeleteAsync("5");
        await _catalog.SaveAsync("1", Up);
        await _catalog.ListAsync();
        using var now = _folder.Connect();

        Assert.That(CatalogDigest.Of(snapshot, now, 9, default), Is.EqualTo(CatalogDigest.Of(now, now, 9, default)).And.Property("Films").EqualTo(3));
        Assert.That(CatalogDigest.Of(snapshot, now, 8, default), Is.Not.EqualTo(CatalogDigest.Of(snapshot, now, 9, default)));
    }

    [TestCase("full", "full")]
    [TestCase("read-only", "read-only")]
    [TestCase("gone", "cannot be written")]
    public async Task Create_FolderThatCannotBeUsedMeanwhile_FailsInWordsAndKeepsTheOthers(string what, string reason)
    {
        using var disk = SmallDisk.Mount(megabytes: 4);
        var folder = Path.Combine(disk.Folder, "backups");
        var kept = await Backups(folder).CreateAsync(default);
        var content = File.ReadAllBytes(Path.Combine(folder, kept.Name));
        _folder.Execute("CREATE TABLE large (data); INSERT INTO large VALUES (zeroblob(1000000))");
        var backups = Backups(folder, begun: () => Spoil(disk, folder, what));

        Assert.That(async () => await backups.CreateAsync(default), Throws.InstanceOf<BackupFailedException>().With.Message.Contains(reason));

        Mend(disk, folder, what);
        Assert.That(backups.List(), Is.EqualTo(new[] { kept }));
        Assert.That(File.ReadAllBytes(Path.Combine(folder, kept.Name)), Is.EqualTo(content));
        backups.RemoveUnfinished();
        Assert.That(Directory.GetFiles(folder), Has.Length.EqualTo(2));
        Assert.That((await Backups(folder).CreateAsync(default)).IsVerified, Is.True);
    }

    [Test]
    public async Task Create_Cancelled_LeavesNothing()
    {
        var folder = Path.Combine(Path.GetDirectoryName(_folder.Path)!, "backups");
        var backups = Backups(folder);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.That(async () => await backups.CreateAsync(stop.Token), Throws.InstanceOf<BackupFailedException>().With.Message.EqualTo("The service is stopping."));
        Assert.That(Directory.GetFileSystemEntries(folder), Is.Empty);
    }

    public void Dispose() => _folder.Dispose();

    /// <param name="folder">Where they are kept.</param>
    /// <param name="begun">What happens once the file of a backup has been created.</param>
    private SqliteBackups Backups(string folder, Action? begun = null) =>
        new(new SqliteDatabase($"Data Source={_folder.Path}", "/"), new BackupFolder(folder), new Begun(begun ?? (() => { })));

    private static void Spoil(SmallDisk disk, string folder, string what)
    {
        switch (what)
        {
            case "full":
                disk.Fill();
                break;
            case "read-only":
                disk.MakeReadOnly();
                break;
            default:
                Directory.Move(folder, folder + ".away");
                break;
        }
    }

    private static void Mend(SmallDisk disk, string folder, string what)
    {
        switch (what)
        {
            case "full":
                disk.Free();
                break;
            case "read-only":
                disk.MakeWritable();
                break;
            default:
                Directory.Move(folder + ".away", folder);
                break;
        }
    }

    /// <summary>A backup asks for the time when it has begun.</summary>
    private sealed class Begun(Action begun) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            begun();
            return base.GetUtcNow();
        }
    }

    private CatalogDigest Digest(long revision)
    {
        using var connection = _folder.Connect();
        return CatalogDigest.Of(connection, connection, revision, default);
    }
}
