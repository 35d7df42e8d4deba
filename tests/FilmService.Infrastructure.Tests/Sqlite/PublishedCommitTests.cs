using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Search;
using FilmService.Infrastructure.Writing;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>A commit that readers of the database see before the writer has published it.</summary>
public sealed class PublishedCommitTests : IDisposable
{
    // Long for a read of a program that is warm.
    private const int Moment = 200;

    private readonly CatalogFolder _folder = new();
    private readonly ChangeSignal _published = new(1);
    private readonly ReaderPool _readers;

    public PublishedCommitTests()
    {
        _folder.Make(seed: true);
        var file = new SqliteDatabase($"Data Source={_folder.Path}", "/");
        _readers = new ReaderPool(file, _published, "k3f9aa", new HeldSnapshots());
        using var warm = new ReaderPool(file, new ChangeSignal(2), "k3f9aa", new HeldSnapshots());
        warm.Read(reader => reader.Find(Id("1")));
        ReadSnapshot.Open(warm).Dispose();
    }

    [Test]
    public async Task Find_CommitThatIsNotPublished_IsAnsweredWhenItIs()
    {
        var reading = Task.Run(() => _readers.Read(reader => reader.Find(Id("1"))));
        Assert.That(reading.Wait(Moment), Is.False);

        _published.Advance(2);

        Assert.That((await reading).Revision.Number, Is.EqualTo(2));
    }

    [Test]
    public async Task Snapshot_CommitThatIsNotPublished_IsAnsweredWhenItIs()
    {
        var opening = Task.Run(() => ReadSnapshot.Open(_readers));
        Assert.That(opening.Wait(Moment), Is.False);

        _published.Advance(2);

        using var snapshot = await opening;
        Assert.That(snapshot.Head.Revision.Number, Is.EqualTo(2));
    }

    public void Dispose()
    {
        _readers.Dispose();
        _folder.Dispose();
    }
}
