using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>A disk that is full, and has room again. Each test has its own disk.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string Words = "The disk is full. Nothing can be written until that is solved. Films can still be read, listed and exported.";

    private readonly SteppedClock _clock = new();
    private SmallDisk _disk = null!;
    private CatalogFolder _folder = null!;

    [SetUp]
    public void Mount() => (_disk, _folder) = (SmallDisk.Mount(megabytes: 64), null!);

    [Test]
    public async Task Write_DiskFull_IsRefusedInWordsAndReadsGoOn()
    {
        var (catalog, written) = await FillAsync();

        Assert.That(async () => await catalog.SaveAsync("late", Up), Throws.InstanceOf<CatalogUnavailableException>().With.Message.EqualTo(Words));
        Assert.That(await catalog.ListAsync(), Has.Count.EqualTo(written), "The last changes are projected, too.");
        Assert.That(await catalog.FindAsync("0"), Is.Not.Null);
        Assert.That(_folder.Log.All.Count(line => line.StartsWith("Error: Writes are refused: The disk is full.", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task Write_RoomAgain_GoesOnByItself()
    {
        var (catalog, written) = await FillAsync();
        Assert.That(async () => await catalog.SaveAsync("early", Up), Throws.InstanceOf<CatalogUnavailableException>());
        _disk.Free();
        Assert.That(async () => await catalog.SaveAsync("early", Up), Throws.InstanceOf<CatalogUnavailableException>(), "Not even a second has passed.");

        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.That((await catalog.SaveAsync("late", Up)).Kind, Is.EqualTo(FilmOutcomeKind.Created));
        Assert.That(await catalog.ListAsync(), Has.Count.EqualTo(written + 1));
        Assert.That(_folder.Log.All, Has.One.EqualTo("Information: The disk has room again: writes go on"));
        Assert.That(new FileInfo(_folder.Path + ".reserve").Length, Is.EqualTo(DiskSpace.ReservedBytes));
    }

    [Test]
    public async Task Write_LittleRoomAgain_StaysRefused()
    {
        var (catalog, _) = await FillAsync();
        _disk.Free();
        _disk.Fill(except: DiskSpace.ReservedBytes);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.That(async () => await catalog.SaveAsync("late", Up), Throws.InstanceOf<CatalogUnavailableException>().With.Message.EqualTo(Words));
    }

    [Test]
    public async Task Open_DiskFullAndChangesNotProjected_AnswersListsAndRefusesWrites()
    {
        _folder = new CatalogFolder(_disk.Folder);
        var catalog = _folder.Open(_clock);
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(id => catalog.SaveAsync($"{id}", Named($"Film {id}"))));
        _folder.Close(catalog);
        _folder.Execute("""
            UPDATE revision SET checkpoint = 500; UPDATE changes SET indexed = 0 WHERE revision > 500;
            DELETE FROM films WHERE revision > 500; DELETE FROM release_counts; INSERT INTO release_counts (released, films) SELECT released, count(*) FROM films GROUP BY released;
            """);
        _disk.Fill();

        catalog = _folder.Open(_clock);

        Assert.That(await catalog.ListAsync(), Has.Count.EqualTo(2_000));
        Assert.That((await catalog.FindAsync("1999"))!.Name, Is.EqualTo("Film 1999"));
        Assert.That(async () => await catalog.SaveAsync("late", Up), Throws.InstanceOf<CatalogUnavailableException>().With.Message.EqualTo(Words));
        _disk.Free();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That((await catalog.SaveAsync("late", Up)).Kind, Is.EqualTo(FilmOutcomeKind.Created));
    }

    // Writes until the disk is full; the number of films that were acknowledged.
    private async Task<(SqliteRepository Catalog, int Written)> FillAsync()
    {
        _folder = new CatalogFolder(_disk.Folder);
        var catalog = _folder.Open(_clock);
        _disk.Fill(except: 1 << 20);
        for (var written = 0; ; written++)
        {
            try
            {
                await catalog.SaveAsync($"{written}", Named($"Film {written} {new string('x', 400)}"));
            }
            catch (CatalogUnavailableException)
            {
                return (catalog, written);
            }
        }
    }

    public void Dispose()
    {
        _folder?.Dispose();
        _disk?.Dispose();
    }
}
