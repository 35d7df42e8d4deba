using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

public sealed class GroupCommitTests : IDisposable
{
    private readonly CatalogFolder _folder = new();
    private readonly SqliteRepository _catalog;

    public GroupCommitTests() => _catalog = _folder.Open();

    [Test]
    public async Task Write_200AtOnce_TakesContiguousRevisionsAndTellsEachItsOwn()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 200).Select(number => Task.Run(() => _catalog.SaveAsync($"{number}", Named($"Film {number}")))));

        Assert.That(outcomes.Select(outcome => outcome.Revision.Number), Is.EquivalentTo(Enumerable.Range(1, 200)));
        Assert.That(outcomes.Select(outcome => $"{outcome.Kind} {outcome.Id} {outcome.Film!.Name}"), Is.EqualTo(Enumerable.Range(1, 200).Select(number => $"Created {number} Film {number}")));
        foreach (var outcome in outcomes)
        {
            Assert.That(await _catalog.FindAsync(outcome.Id.Value), Is.EqualTo(outcome.Film));
        }
    }

    [Test]
    public async Task Write_200ThatWaitTogether_AreOneCommit()
    {
        var before = WriteAheadLog.CountCommits(_folder.Path);
        using var held = HeldWriter.In(_catalog);
        var waiting = Enumerable.Range(1, 200).Select(number => _catalog.SaveAsync($"{number}", Up)).ToList();
        var after = _catalog.CountCommitsAsync(_folder.Path);

        await held.Release();
        await Task.WhenAll(waiting);

        Assert.That(await after, Is.EqualTo(before + 2));
        Assert.That((await _catalog.GetRevisionAsync(default)).Number, Is.EqualTo(201));
    }

    [Test]
    public async Task Write_ManyOfOneFilm_EachDecidesOnWhatTheOneBeforeLeft()
    {
        using var held = HeldWriter.In(_catalog);
        var waiting = Enumerable.Range(0, 100).Select(_ => _catalog.WriteAsync(new FilmWrite(Id("7"), AddOneYear, new WriteContext("admin")), default)).ToList();

        await held.Release();
        var outcomes = await Task.WhenAll(waiting);

        Assert.That(outcomes.Select(outcome => outcome.Film!.Year), Is.EqualTo(Enumerable.Range(1900, 100)));
    }

    [Test]
    public async Task Write_OneDecisionFails_CostsTheOthersNothing()
    {
        using var held = HeldWriter.In(_catalog);
        var before = _catalog.SaveAsync("a", Up);
        var failing = _catalog.WriteAsync(new FilmWrite(Id("b"), _ => throw new InvalidOperationException("broken"), new WriteContext("admin")), default);
        var after = _catalog.SaveAsync("c", Up);

        await held.Release();

        Assert.That(async () => await failing, Throws.InvalidOperationException.With.Message.EqualTo("broken"));
        Assert.That((await before).Revision.Number, Is.EqualTo(2));
        Assert.That((await after).Revision.Number, Is.EqualTo(3));
        Assert.That((await _catalog.ListAsync()).Select(film => film.Split(':')[0]), Is.EqualTo(new[] { "a", "c", "held" }));
    }

    [Test]
    public async Task Write_CancelledBeforeItIsBegun_NeverHappens()
    {
        using var cancellation = new CancellationTokenSource();
        using var held = HeldWriter.In(_catalog);
        var cancelled = _catalog.WriteAsync(Save("a", Up), cancellation.Token);
        var other = _catalog.SaveAsync("b", Up);

        await cancellation.CancelAsync();
        await held.Release();

        Assert.That(async () => await cancelled, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await other).Revision.Number, Is.EqualTo(2));
        Assert.That(await _catalog.FindAsync("a"), Is.Null);
    }

    [Test]
    public async Task Write_CancelledWhileUnderWay_IsFinishedAndTold()
    {
        using var cancellation = new CancellationTokenSource();

        var outcome = await _catalog.WriteAsync(new FilmWrite(Id("7"), CancelAndSave, new WriteContext("admin")), cancellation.Token);

        Assert.That(outcome.Kind, Is.EqualTo(FilmOutcomeKind.Created));
        Assert.That(await _catalog.FindAsync("7"), Is.EqualTo(outcome.Film));

        FilmDecision.Save CancelAndSave(Film? current)
        {
            cancellation.Cancel();
            return new FilmDecision.Save(Up);
        }
    }

    [Test]
    public async Task Close_WhileWritesWait_FinishesThem()
    {
        using var held = HeldWriter.In(_catalog);
        var waiting = Enumerable.Range(1, 50).Select(number => _catalog.SaveAsync($"{number}", Up)).ToList();

        _ = held.Release();
        _folder.Close(_catalog);

        Assert.That((await Task.WhenAll(waiting)).Select(outcome => outcome.Kind), Is.All.EqualTo(FilmOutcomeKind.Created));
        Assert.That(_folder.Query("SELECT count(*) || '' FROM films"), Is.EqualTo(new[] { "51" }));
    }

    public void Dispose() => _folder.Dispose();

    private static FilmDecision.Save AddOneYear(Film? current) => new(new FilmDetails("Up", current?.Year + 1 ?? 1900, null));
}
