using System.Collections.Concurrent;
using FilmService.Domain.Search;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Native;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>Lists that are open while the write-ahead log grows.</summary>
public sealed class HeldSnapshotTests : IDisposable
{
    private const int Megabyte = 1 << 20;
    private const int Many = 60;

    private readonly CatalogFolder _folder = new();
    private readonly SqliteRepository _catalog;

    public HeldSnapshotTests()
    {
        _catalog = _folder.Open(seed: true);
        _folder.Execute("CREATE TABLE filler (bytes BLOB)");
    }

    private long LogBytes => new FileInfo(_folder.Path + "-wal").Length;

    [Test]
    public async Task Write_WhileListsPinALargeLog_AsksForTheirSnapshotsOldestFirst()
    {
        var asked = new ConcurrentQueue<string>();
        using var first = await _catalog.OpenListAsync(FilmQuery.All);
        await _catalog.SaveAsync("3", Up);
        using var second = await _catalog.OpenListAsync(FilmQuery.All);
        using var ofFirst = first.ReleaseRequested.Register(() => asked.Enqueue("first"));
        using var ofSecond = second.ReleaseRequested.Register(() => asked.Enqueue("second"));

        while (LogBytes < LogCheckpoint.MaxBytes - Megabyte)
        {
            await GrowAsync();
            Assert.That(asked, Is.Empty);
        }

        await GrowAsync();
        await GrowAsync();
        Assert.That(() => asked, Is.EqualTo(new[] { "first", "second" }).After(5000, 10));
        Assert.That(await first.Films.ToListAsync(), Has.Count.EqualTo(2));
        Assert.That(await second.Films.ToListAsync(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Write_WhileListsThatAreReleasedOnRequestOverlap_KeepsTheLogSmall()
    {
        var largest = 0L;
        var writing = Task.Run(async () =>
        {
            for (var number = 0; number < 4 * Many; number++)
            {
                await GrowAsync();
                largest = Math.Max(largest, LogBytes);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => HoldAsync(writing)));
        await writing;

        Assert.That(largest, Is.LessThan(100_000_000));
    }

    [Test]
    public async Task Write_AfterALargeLog_TruncatesIt()
    {
        using (await _catalog.OpenListAsync(FilmQuery.All))
        {
            for (var number = 0; number < Many; number++)
            {
                await GrowAsync();
            }
        }

        Assert.That(LogBytes, Is.GreaterThan(Many * Megabyte));
        await GrowAsync();
        await GrowAsync();

        Assert.That(LogBytes, Is.LessThanOrEqualTo(LogCheckpoint.MaxBytes));
    }

    [Test]
    public async Task Write_OfLessThanThat_AsksForNothing()
    {
        using var list = await _catalog.OpenListAsync(FilmQuery.All);
        for (var number = 0; number < 20; number++)
        {
            await GrowAsync();
        }

        Assert.That(list.ReleaseRequested.IsCancellationRequested, Is.False);
    }

    [Test]
    public void RequestOldest_OfAListThatTakesLong_WaitsNoFurther()
    {
        var (held, list) = (new HeldSnapshots(), (HeldSnapshots.Snapshot?)null);
        Assert.That(held.RequestOldest(), Is.False, "None is open.");
        list = held.Add();

        Assert.That(held.RequestOldest, Is.False.After(5000, 5));
        Assert.That(list.IsAsked, Is.True);
    }

    public void Dispose() => _folder.Dispose();

    // One list after another, each as long as it may be.
    private async Task HoldAsync(Task meanwhile)
    {
        while (!meanwhile.IsCompleted)
        {
            using var list = await _catalog.OpenListAsync(FilmQuery.All);
            await Task.WhenAny(meanwhile, Task.Delay(Timeout.Infinite, list.ReleaseRequested));
        }
    }

    // The same pages each time.
    private Task<int> GrowAsync() => _catalog.RunAsync(
        connection =>
        {
            connection.Execute($"DELETE FROM filler; INSERT INTO filler VALUES (randomblob({Megabyte}))");
            return 0;
        },
        default);
}
