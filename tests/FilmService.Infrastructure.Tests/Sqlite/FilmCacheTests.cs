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
        // Whatever anybody was told, as an answer to a write or a read, holds for every read that begins after it.
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
        var counters = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(counters);
        var film = new Film(Id, new FilmDetails("Up", 2009, null), counters.Revision);
        var later = counters with { Revision = counters.Revision with { Number = 2 } };

        films.Withdraw([new FilmOutcome(FilmOutcomeKind.Deleted, Id, null, later.Revision)]);
        films.Publish(later);
        films.Keep(new FilmSnapshot(film, counters.Revision));

        Assert.That(films.Find(Id), Is.Null);
    }

    [Test]
    public void Find_FilmKept_IsThereUntilACommitChangesIt()
    {
        var counters = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(counters);
        var film = new Film(Id, new FilmDetails("Up", 2009, null), counters.Revision);
        var later = counters with { Revision = counters.Revision with { Number = 2 } };

        films.Keep(new FilmSnapshot(film, counters.Revision));
        var kept = films.Find(Id);
        films.Withdraw([new FilmOutcome(FilmOutcomeKind.Deleted, Id, null, later.Revision)]);
        films.Publish(later);

        Assert.That(kept, Is.EqualTo(new FilmSnapshot(film, counters.Revision)));
        Assert.That(films.Find(Id), Is.Null);
    }

    [Test]
    public void Find_FilmThatACommitUnderWayChanges_IsNeitherThereNorComesIn()
    {
        var counters = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(counters);
        var snapshot = new FilmSnapshot(new Film(Id, new FilmDetails("Up", 2009, null), counters.Revision), counters.Revision);
        films.Keep(snapshot);

        films.Withdraw([new FilmOutcome(FilmOutcomeKind.Deleted, Id, null, counters.Revision)]);
        films.Keep(snapshot);

        Assert.That(films.Find(Id), Is.Null);
    }

    [Test]
    public void Find_FilmOfACommit_IsThereOnceItIsShown()
    {
        var counters = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(counters);
        var later = counters with { Revision = counters.Revision with { Number = 2 } };
        var film = new Film(Id, new FilmDetails("Up", 2009, null), later.Revision);

        films.Withdraw([new FilmOutcome(FilmOutcomeKind.Created, Id, film, later.Revision)]);
        var before = films.Find(Id);
        films.Publish(later);

        Assert.That(before, Is.Null);
        Assert.That(films.Find(Id), Is.EqualTo(new FilmSnapshot(film, later.Revision)));
    }

    [Test]
    public void Find_FilmOfACommitThatFailed_IsWhatItWasBefore()
    {
        var counters = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(counters);
        Film Named(string name, long number) => new(Id, new FilmDetails(name, 2009, null), counters.Revision with { Number = number });
        FilmOutcome Saved(Film film) => new(FilmOutcomeKind.Replaced, Id, film, film.Revision);
        films.Withdraw([Saved(Named("Up", 1))]);
        films.Publish(counters);

        films.Withdraw([Saved(Named("Up!", 2)), Saved(Named("Up!!", 3))]);
        films.Publish(counters);

        Assert.That(films.Find(Id)?.Film?.Name, Is.EqualTo("Up"));
    }

    [Test]
    public void PublishIndexed_FilmThatTheTablesHave_IsRecentNoMore()
    {
        var counters = new CatalogHead(new Revision("k3f9", 1), 1, 0);
        var films = new FilmCache(counters);
        var film = new Film(Id, new FilmDetails("Up", 2009, null), counters.Revision);
        films.Withdraw([new FilmOutcome(FilmOutcomeKind.Created, Id, film, counters.Revision)]);
        films.Publish(counters);
        var wasRecent = films.IsRecent(Id);

        films.PublishIndexed(1);

        Assert.That((wasRecent, films.IsRecent(Id), films.Find(Id)?.Film), Is.EqualTo((true, false, film)));
    }

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
