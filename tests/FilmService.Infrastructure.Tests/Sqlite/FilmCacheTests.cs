using FilmService.Domain.Changes;
using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Caching;
using FilmService.Infrastructure.Sqlite;

namespace FilmService.Infrastructure.Tests.Sqlite;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FilmCacheTests : IDisposable
{
    private static readonly FilmId Id = FilmId.Generated(1);

    private readonly CatalogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Find_FilmHammeredByWritersAndReaders_NeverSeesLessThanWasAnsweredOrSeen()
    {
        var catalog = _folder.Open();
        await PutAsync(catalog, 1);
        // A state that any write or read has shown holds for every read that starts afterwards.
        var (told, wrong, done) = (1L, 0, 0);

        async Task WriteAsync(int writer)
        {
            for (var i = 0; i < 300; i++)
            {
                var outcome = await PutAsync(catalog, (writer * 1000) + i);
                InterlockedMax(ref told, outcome.Revision.Number);
            }

            Interlocked.Increment(ref done);
        }

        async Task ReadAsync()
        {
            while (Volatile.Read(ref done) < 4)
            {
                var floor = Volatile.Read(ref told);
                var snapshot = await catalog.FindAsync(Id, CancellationToken.None);
                var isTrue = snapshot.Film!.Revision.Number >= floor && snapshot.Film.Revision.Number <= snapshot.Revision.Number;
                Interlocked.Add(ref wrong, isTrue ? 0 : 1);
                InterlockedMax(ref told, snapshot.Film.Revision.Number);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteAsync(writer)))
            .Concat(Enumerable.Range(0, 6).Select(_ => Task.Run(ReadAsync))));

        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void Find_FilmKeptFromBeforeACommit_IsNotBelieved()
    {
        var head = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(new ProjectedHead(head, 0));
        var film = new Film(Id, new FilmDetails("Up", 2009, null), head.Revision);
        var later = head with { Revision = head.Revision with { Number = 2 } };

        films.Stage([Change(null, later.Revision)]);
        films.Publish(later);
        films.Keep(new FilmSnapshot(film, head.Revision));

        Assert.That(films.Find(Id), Is.Null);
    }

    [Test]
    public void Find_FilmKept_IsThereUntilACommitChangesIt()
    {
        var head = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(new ProjectedHead(head, 0));
        var film = new Film(Id, new FilmDetails("Up", 2009, null), head.Revision);
        var later = head with { Revision = head.Revision with { Number = 2 } };

        films.Keep(new FilmSnapshot(film, head.Revision));
        var kept = films.Find(Id);
        films.Stage([Change(null, later.Revision)]);
        films.Publish(later);

        Assert.That(kept, Is.EqualTo(new FilmSnapshot(film, head.Revision)));
        Assert.That(films.Find(Id), Is.Null);
    }

    [Test]
    public void Find_FilmThatACommitUnderWayChanges_IsNeitherThereNorComesIn()
    {
        var head = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(new ProjectedHead(head, 0));
        var snapshot = new FilmSnapshot(new Film(Id, new FilmDetails("Up", 2009, null), head.Revision), head.Revision);
        films.Keep(snapshot);

        films.Stage([Change(null, head.Revision)]);
        films.Keep(snapshot);

        Assert.That(films.Find(Id), Is.Null);
    }

    [Test]
    public void Find_FilmOfACommit_IsThereOnceItIsShown()
    {
        var head = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(new ProjectedHead(head, 0));
        var later = head with { Revision = head.Revision with { Number = 2 } };
        var film = new Film(Id, new FilmDetails("Up", 2009, null), later.Revision);

        films.Stage([Change(film.Details, later.Revision)]);
        var before = films.Find(Id);
        films.Publish(later);

        Assert.That(before, Is.Null);
        Assert.That(films.Find(Id), Is.EqualTo(new FilmSnapshot(film, later.Revision)));
    }

    [Test]
    public void Find_FilmOfACommitThatFailed_IsWhatItWasBefore()
    {
        var head = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(new ProjectedHead(head, 0));
        FilmChange Named(string name, long number) => Change(new FilmDetails(name, 2009, null), head.Revision with { Number = number });
        films.Stage([Named("Up", 1)]);
        films.Publish(head);

        films.Stage([Named("Up!", 2), Named("Up!!", 3)]);
        films.Publish(head);

        Assert.That(films.Find(Id)?.Film?.Name, Is.EqualTo("Up"));
    }

    [Test]
    public void PublishCheckpoint_FilmThatTheTablesHave_IsRecentNoMore()
    {
        var head = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(new ProjectedHead(head, 0));
        var film = new Film(Id, new FilmDetails("Up", 2009, null), head.Revision);
        films.Stage([Change(film.Details, head.Revision)]);
        films.Publish(head);
        var wasRecent = films.IsInMemtable(Id);

        films.PublishCheckpoint(1);

        Assert.That((wasRecent, films.IsInMemtable(Id), films.Find(Id)?.Film), Is.EqualTo((true, false, film)));
    }

    private static FilmChange Change(FilmDetails? details, Revision revision) => new(revision, DateTimeOffset.UnixEpoch, "test", Id, details);

    private static Task<FilmOutcome> PutAsync(SqliteRepository catalog, int number) => catalog.WriteAsync(
        new FilmWrite(Id, _ => new FilmDecision.Save(new FilmDetails($"Film {number}", 2001, null)), new WriteContext("test")), CancellationToken.None);

    private static void InterlockedMax(ref long target, long value)
    {
        for (var seen = Volatile.Read(ref target); seen < value && Interlocked.CompareExchange(ref target, value, seen) != seen;)
        {
            seen = Volatile.Read(ref target);
        }
    }
}
