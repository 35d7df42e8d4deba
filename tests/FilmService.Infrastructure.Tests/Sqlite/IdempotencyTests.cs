using System.Globalization;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;
using Microsoft.Data.Sqlite;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>What is stored for an idempotency key, and for how long.</summary>
public sealed class IdempotencyTests : IDisposable
{
    private readonly CatalogFolder _folder = new();
    private readonly SetClock _clock = new();
    private SqliteRepository _catalog;

    public IdempotencyTests() => _catalog = _folder.Open(_clock);

    [Test]
    public async Task Write_SameKeyAgain_TellsTheFirstOutcomeAndWritesNothing()
    {
        var first = await SaveAsync("a", "k");
        await _catalog.SaveAsync("a", Named("Changed since"));

        Assert.That(await SaveAsync("a", "k"), Is.EqualTo(first with { Replayed = true }));
        Assert.That((await _catalog.FindAsync("a"))!.Name, Is.EqualTo("Changed since"));
        Assert.That((await _catalog.GetRevisionAsync(default)).Number, Is.EqualTo(2));
    }

    [Test]
    public async Task Write_SameKeyAfterARestart_TellsTheFirstOutcome()
    {
        var first = await SaveAsync(id: null, "k");
        _folder.Close(_catalog);
        _catalog = _folder.Open(_clock);

        Assert.That(await SaveAsync(id: null, "k"), Is.EqualTo(first with { Replayed = true }));
    }

    [Test]
    public async Task Write_KeyOfADelete_TellsItAgainAfterTheFilmIsBack()
    {
        await _catalog.SaveAsync("a", Up);
        var first = await DeleteAsync("a", "k");
        await _catalog.SaveAsync("a", Up);

        Assert.That(await DeleteAsync("a", "k"), Is.EqualTo(first with { Replayed = true, Before = null }));
        Assert.That(await _catalog.FindAsync("a"), Is.Not.Null);
    }

    [Test]
    public async Task Write_SameKeyForAnotherRequest_IsRefusedAndWritesNothing()
    {
        await SaveAsync("a", "k", fingerprint: 1);

        Assert.That((await SaveAsync("b", "k", fingerprint: 2)).Kind, Is.EqualTo(FilmOutcomeKind.KeyReused));
        Assert.That(await _catalog.ListAsync(), Is.EqualTo(new[] { "a: Up" }));
    }

    [Test]
    public async Task Write_SameKeyOfAnotherCaller_IsAnotherKey()
    {
        await SaveAsync("a", "k", by: "anna");

        Assert.That((await SaveAsync("a", "k", by: "ben")).Replayed, Is.False);
        Assert.That((await SaveAsync("b", "k", by: "Anna", fingerprint: 2)).Kind, Is.EqualTo(FilmOutcomeKind.Created));
    }

    [Test]
    public async Task Write_Refused_IsNotKept()
    {
        Assert.That((await DeleteAsync("a", "k")).Kind, Is.EqualTo(FilmOutcomeKind.NotFound));
        await _catalog.SaveAsync("a", Up);

        var again = await DeleteAsync("a", "k");

        Assert.That((again.Kind, again.Replayed), Is.EqualTo((FilmOutcomeKind.Deleted, false)));
    }

    [Test]
    public async Task Write_Unchanged_IsKeptAndTakesNoRevision()
    {
        await _catalog.SaveAsync("a", Up);
        var first = await SaveAsync("a", "k");
        await _catalog.SaveAsync("a", Named("Changed since"));

        Assert.That((first.Kind, first.Revision.Number), Is.EqualTo((FilmOutcomeKind.Unchanged, 1)));
        Assert.That(await SaveAsync("a", "k"), Is.EqualTo(first with { Replayed = true }));
    }

    [Test]
    public async Task Write_DryRun_ReadsTheKeyAndKeepsNone()
    {
        await SaveAsync("a", "k", dryRun: true);
        Assert.That(Kept(), Is.Zero);

        var first = await SaveAsync("a", "k");

        Assert.That(first.Replayed, Is.False);
        Assert.That(await SaveAsync("a", "k", dryRun: true), Is.EqualTo(first with { Replayed = true }));
    }

    [Test]
    public async Task Write_TwoOfOneKeyInOneCommit_HaveOneEffect()
    {
        using var held = HeldWriter.In(_catalog);
        var two = new[] { SaveAsync(id: null, "k"), SaveAsync(id: null, "k") };

        await held.Release();
        var outcomes = await Task.WhenAll(two);

        Assert.That(outcomes[1], Is.EqualTo(outcomes[0] with { Replayed = true }));
        Assert.That(await _catalog.ListAsync(), Is.EqualTo(new[] { "1: Up", "held: Up" }));
    }

    [Test]
    public async Task Write_CommitFails_KeepsNeitherEffectNorKey()
    {
        _folder.Execute("CREATE TRIGGER broken BEFORE INSERT ON idempotency WHEN new.key = 'k' BEGIN SELECT RAISE(ABORT, 'broken'); END");

        Assert.That(async () => await SaveAsync("a", "k"), Throws.InstanceOf<CatalogUnavailableException>().With.InnerException.InstanceOf<SqliteException>());

        Assert.That(await _catalog.FindAsync("a"), Is.Null);
        Assert.That((await _catalog.GetRevisionAsync(default)).Number, Is.Zero);
    }

    [Test]
    public async Task Write_KeyJustUnder24HoursOld_IsKnown()
    {
        await SaveAsync("a", "k");
        _clock.Now += TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1);

        Assert.That((await SaveAsync("a", "k")).Replayed, Is.True);
    }

    [Test]
    public async Task Write_KeyOf24Hours_IsForgottenAndCanBeUsedAgain()
    {
        await SaveAsync("a", "k");
        _clock.Now += TimeSpan.FromHours(24);

        var other = await SaveAsync("b", "k", fingerprint: 2);

        Assert.That((other.Kind, other.Replayed), Is.EqualTo((FilmOutcomeKind.Created, false)));
        Assert.That((await SaveAsync("b", "k", fingerprint: 2)).Replayed, Is.True);
    }

    /// <summary>The system's clock is set a year forward: the retry must not have a second effect.</summary>
    [TestCase(365)]
    [TestCase(-365)]
    public async Task Write_ClockJumps_KeyIsKnownForADay(int days)
    {
        await SaveAsync("a", "k");
        _clock.Jump = TimeSpan.FromDays(days);

        Assert.That((await SaveAsync("a", "k")).Replayed, Is.True);
        await SaveAsync("b", "other");
        Assert.That((await SaveAsync("a", "k")).Replayed, Is.True, "A new key removes none.");
        _clock.Now += TimeSpan.FromHours(24);
        Assert.That((await SaveAsync("a", "k", fingerprint: 2)).Replayed, Is.False);
    }

    [TestCase(365)]
    [TestCase(-365)]
    public async Task Write_ClockJumpsBeforeARestart_KeyIsKnownForADay(int days)
    {
        await SaveAsync("a", "k");
        _folder.Close(_catalog);
        _clock.Jump = TimeSpan.FromDays(days);
        _catalog = _folder.Open(_clock);
        _clock.Now += TimeSpan.FromHours(23);

        await SaveAsync("b", "other");

        Assert.That((await SaveAsync("a", "k")).Replayed, Is.True);
        _clock.Now += TimeSpan.FromHours(1);
        Assert.That((await SaveAsync("a", "k", fingerprint: 2)).Replayed, Is.False);
    }

    [Test]
    public async Task Write_ManyKeysExpired_RemovesAFewWithEachNewKey()
    {
        for (var number = 0; number < 20; number++)
        {
            await SaveAsync("a", $"old{number}");
        }

        _clock.Now += TimeSpan.FromHours(24);
        var kept = new List<long>();
        for (var number = 0; number < 4; number++)
        {
            await SaveAsync("a", $"new{number}");
            kept.Add(Kept());
        }

        Assert.That(kept, Is.EqualTo(new[] { 13, 6, 3, 4 }));
    }

    public void Dispose() => _folder.Dispose();

    private long Kept() => long.Parse(_folder.Query("SELECT count(*) || '' FROM idempotency")[0], CultureInfo.InvariantCulture);

    private Task<FilmOutcome> SaveAsync(string? id, string key, byte fingerprint = 1, string by = "admin", bool dryRun = false) => _catalog.WriteAsync(
        new FilmWrite(
            id is null ? null : Id(id),
            current => current?.Details == Up ? new FilmDecision.NoChange() : new FilmDecision.Save(Up),
            new WriteContext(by, new IdempotencyKey(key, new[] { fingerprint }), dryRun)),
        default);

    private Task<FilmOutcome> DeleteAsync(string id, string key) => _catalog.WriteAsync(
        new FilmWrite(
            Id(id),
            current => current is null ? new FilmDecision.Reject(FilmOutcomeKind.NotFound) : new FilmDecision.Delete(),
            new WriteContext("admin", new IdempotencyKey(key, new byte[] { 9 }))),
        default);
}
