using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Native;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

public sealed class DiskTroubleTests : IDisposable
{
    private readonly CatalogFolder _folder = new();
    private readonly SqliteRepository _catalog;

    public DiskTroubleTests() => _catalog = _folder.Open(seed: true, options: "Default Timeout=1");

    [Test]
    public async Task Write_FileLockedByAnotherProgram_IsUnavailableAndWorksAfter()
    {
        using (var other = _folder.Connect())
        {
            other.Execute("BEGIN IMMEDIATE");
            Assert.That(async () => await _catalog.SaveAsync("7", Up), Throws.InstanceOf<CatalogUnavailableException>());
            Assert.That((await _catalog.FindAsync("1"))?.Year, Is.EqualTo(2018), "Readers go on.");
        }

        Assert.That((await _catalog.SaveAsync("7", Up)).Revision.Number, Is.EqualTo(3));
    }

    [Test]
    public async Task Write_ManyWaitWhileTheFileIsLocked_AreAllTold()
    {
        using (var other = _folder.Connect())
        {
            other.Execute("BEGIN IMMEDIATE");
            var writes = Enumerable.Range(10, 20).Select(number => _catalog.SaveAsync($"{number}", Up)).ToList();
            foreach (var write in writes)
            {
                Assert.That(async () => await write, Throws.InstanceOf<CatalogUnavailableException>());
            }
        }

        Assert.That(await _catalog.ListAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Read_TableGone_IsUnavailableAndWorksAfter()
    {
        _folder.Execute("ALTER TABLE films RENAME TO hidden");
        Assert.That(async () => await _catalog.FindAsync("1"), Throws.InstanceOf<CatalogUnavailableException>(), string.Join('\n', _folder.Log.All));
        _folder.Execute("ALTER TABLE hidden RENAME TO films");

        Assert.That((await _catalog.FindAsync("1"))?.Year, Is.EqualTo(2018));
    }

    [Test]
    public async Task List_CountersGone_IsUnavailableAndWorksAfter()
    {
        _folder.Execute("ALTER TABLE revision RENAME TO hidden");
        Assert.That(async () => await _catalog.OpenListAsync(FilmQuery.All), Throws.InstanceOf<CatalogUnavailableException>());
        _folder.Execute("ALTER TABLE hidden RENAME TO revision");

        Assert.That(await _catalog.ListAsync(), Has.Count.EqualTo(2));
    }

    public void Dispose() => _folder.Dispose();
}
