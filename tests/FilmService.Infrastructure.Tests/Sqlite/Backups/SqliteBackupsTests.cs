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

    // A read model that differs from the changes is copied as it is, so only an expectation from elsewhere can find it.
    [Test]
    public async Task Create_FolderThatIsFull_LeavesNothing()
    {
        using var disk = SmallDisk.Mount(megabytes: 1);
        for (var number = 0; number < 30; number++)
        {
            await _catalog.SaveAsync($"{number}", Named(new string('x', 500)));
        }

        _folder.Execute("CREATE TABLE large (data); INSERT INTO large VALUES (zeroblob(3000000))");
        var backups = new SqliteBackups(new SqliteDatabase($"Data Source={_folder.Path}", "/"), new BackupFolder(disk.Path), TimeProvider.System);

        Assert.That(async () => await backups.CreateAsync(default), Throws.InstanceOf<BackupFailedException>().With.Message.Contains("full"));

        Assert.That(Directory.GetFileSystemEntries(disk.Path), Is.Empty);
    }

    [Test]
    public async Task Create_Cancelled_LeavesNothing()
    {
        var folder = Path.Combine(Path.GetDirectoryName(_folder.Path)!, "backups");
        var backups = new SqliteBackups(new SqliteDatabase($"Data Source={_folder.Path}", "/"), new BackupFolder(folder), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.That(async () => await backups.CreateAsync(stop.Token), Throws.InstanceOf<BackupFailedException>().With.Message.EqualTo("The service is stopping."));
        Assert.That(Directory.GetFileSystemEntries(folder), Is.Empty);
    }

    public void Dispose() => _folder.Dispose();

    private CatalogDigest Digest(long revision)
    {
        using var connection = _folder.Connect();
        return CatalogDigest.Of(connection, connection, revision, default);
    }
}
