using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using Moq;
using static FilmService.Domain.Tests.Films.Samples;

namespace FilmService.Domain.Tests.Films;

/// <summary>Adding, patching and restoring, on a mocked repository.</summary>
public sealed class FilmCatalogWritesTests
{
    private static readonly WriteContext Origin = new("admin", new IdempotencyKey("k", new byte[] { 1 }));
    private static readonly CatalogRules IfMatchRequired = new(RequireIfMatch: true);
    private static readonly FilmPatch ToOther = new FilmPatch { [FilmFields.Year] = 2010 };
    private static readonly Revision Then = new("k3f9", 3);

    private readonly Mock<IFilmRepository> _films = new(MockBehavior.Strict);

    [Test]
    public async Task Add_FreeId_Saves() => Assert.That(await AddAsync(current: null), Is.EqualTo(new FilmDecision.Save(Details)));

    [Test]
    public async Task Add_TakenId_LeavesTheFilmEvenWhenEqual() => Assert.That(await AddAsync(Up), Is.EqualTo(Rejected(FilmOutcomeKind.IdTaken)));

    [Test]
    public async Task Add_TakenIdAndIfMatchRequired_SaysThatItIsTaken() =>
        Assert.That(await AddAsync(Up, IfMatchRequired), Is.EqualTo(Rejected(FilmOutcomeKind.IdTaken)));

    [Test]
    public async Task Add_WithoutId_AsksForAGeneratedOne()
    {
        var outcome = new FilmOutcome(FilmOutcomeKind.Created, Id, Up, Up.Revision);
        _films.Setup(films => films.WriteAsync(It.Is<FilmWrite>(write => write.Id == null && write.Origin == Origin), CancellationToken.None)).ReturnsAsync(outcome);

        Assert.That(await Catalog().AddAsync(null, Details, Origin, CancellationToken.None), Is.SameAs(outcome));
    }

    [Test]
    public async Task Patch_Film_SavesWhatItChangesAndKeepsTheRest() => Assert.That(await PatchAsync(Up, ToOther), Is.EqualTo(new FilmDecision.Save(OtherDetails)));

    [Test]
    public async Task Patch_FilmAsItIs_LeavesItUnchanged() =>
        Assert.That(await PatchAsync(Up, new FilmPatch { [FilmFields.Name] = "Up", [FilmFields.Month] = Month.May }), Is.EqualTo(new FilmDecision.NoChange()));

    [Test]
    public async Task Patch_MissingFilm_IsMissingWhateverTheConditions()
    {
        Assert.That(await PatchAsync(null, ToOther), Is.EqualTo(Rejected(FilmOutcomeKind.NotFound)));
        Assert.That(await PatchAsync(null, ToOther, IfMatch("k3f9-7")), Is.EqualTo(Rejected(FilmOutcomeKind.NotFound)));
        Assert.That(await PatchAsync(null, ToOther, rules: IfMatchRequired), Is.EqualTo(Rejected(FilmOutcomeKind.NotFound)));
    }

    [Test]
    public async Task Patch_IfMatchOfTheFilm_Saves() =>
        Assert.That(await PatchAsync(Up, ToOther, IfMatch("k3f9-7"), IfMatchRequired), Is.EqualTo(new FilmDecision.Save(OtherDetails)));

    [Test]
    public async Task Patch_IfMatchStale_FailsThePrecondition() =>
        Assert.That(await PatchAsync(Up, ToOther, IfMatch("k3f9-6")), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionFailed)));

    [Test]
    public async Task Patch_IfMatchStaleButAlreadyApplied_LeavesItUnchanged() =>
        Assert.That(await PatchAsync(Up with { Details = OtherDetails }, ToOther, IfMatch("k3f9-6")), Is.EqualTo(new FilmDecision.NoChange()));

    [Test]
    public async Task Patch_IfMatchRequiredAndAbsent_AsksForIt() =>
        Assert.That(await PatchAsync(Up, ToOther, rules: IfMatchRequired), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionRequired)));

    [Test]
    public async Task Restore_Film_SavesWhatItWas() => Assert.That(await RestoreAsync(then: OtherDetails, Up), Is.EqualTo(new FilmDecision.Save(OtherDetails)));

    [Test]
    public async Task Restore_DeletedFilm_SavesWhatItWas() => Assert.That(await RestoreAsync(then: Details, current: null), Is.EqualTo(new FilmDecision.Save(Details)));

    [Test]
    public async Task Restore_FilmThatIsSo_LeavesItUnchanged() => Assert.That(await RestoreAsync(then: Details, Up), Is.EqualTo(new FilmDecision.NoChange()));

    [Test]
    public async Task Restore_IfMatchStale_FailsThePrecondition() =>
        Assert.That(await RestoreAsync(then: OtherDetails, Up, IfMatch("k3f9-6")), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionFailed)));

    [Test]
    public async Task Restore_FilmThatWasNotThere_IsMissingAndLeavesTheFilm() =>
        Assert.That(await RestoreAsync(then: null, Up), Is.EqualTo(Rejected(FilmOutcomeKind.NotFound)));

    [Test]
    public async Task Restore_RevisionNotKept_TellsNoOutcome()
    {
        DecisionFrom(Up);
        _films.Setup(films => films.FindAsOfAsync(Id, Then, CancellationToken.None)).ReturnsAsync((FilmSnapshot?)null);

        Assert.That(await Catalog().RestoreAsync(Id, Then, Preconditions.None, Origin, CancellationToken.None), Is.Null);
    }

    [TestCase(FilmOutcomeKind.Replaced)]
    [TestCase(FilmOutcomeKind.KeyReused)]
    public async Task Restore_RevisionNotKeptButKeyKnown_TellsTheKeysOutcome(FilmOutcomeKind kind)
    {
        var earlier = new FilmOutcome(kind, Id, Up, Up.Revision, Replayed: true);
        _films.Setup(films => films.FindAsOfAsync(Id, Then, CancellationToken.None)).ReturnsAsync((FilmSnapshot?)null);
        _films.Setup(films => films.WriteAsync(It.Is<FilmWrite>(write => write.Id == Id && write.Origin == Origin), CancellationToken.None)).ReturnsAsync(earlier);

        Assert.That(await Catalog().RestoreAsync(Id, Then, Preconditions.None, Origin, CancellationToken.None), Is.SameAs(earlier));
    }

    private static Preconditions IfMatch(string revision) => new(Revisions(revision));

    private static FilmDecision.Reject Rejected(FilmOutcomeKind kind) => new(kind);

    private async Task<FilmDecision> AddAsync(Film? current, CatalogRules? rules = null)
    {
        var decision = DecisionFrom(current);
        await Catalog(rules).AddAsync(Id, Details, Origin, CancellationToken.None);
        return decision();
    }

    private async Task<FilmDecision> PatchAsync(Film? current, FilmPatch patch, Preconditions? preconditions = null, CatalogRules? rules = null)
    {
        var decision = DecisionFrom(current);
        await Catalog(rules).PatchAsync(Id, patch, preconditions ?? Preconditions.None, Origin, CancellationToken.None);
        return decision();
    }

    private async Task<FilmDecision> RestoreAsync(FilmDetails? then, Film? current, Preconditions? preconditions = null)
    {
        var decision = DecisionFrom(current);
        _films.Setup(films => films.FindAsOfAsync(Id, Then, CancellationToken.None))
            .ReturnsAsync(new FilmSnapshot(then is null ? null : new Film(Id, then, Then), Up.Revision));
        await Catalog().RestoreAsync(Id, Then, preconditions ?? Preconditions.None, Origin, CancellationToken.None);
        return decision();
    }

    private FilmCatalog Catalog(CatalogRules? rules = null) => new(_films.Object, rules ?? new CatalogRules());

    /// <summary>The decision of the next write if the repository passes it this film; a repository may ask twice.</summary>
    private Func<FilmDecision> DecisionFrom(Film? current)
    {
        FilmWrite? asked = null;
        _films.Setup(films => films.WriteAsync(It.IsAny<FilmWrite>(), CancellationToken.None))
            .Callback((FilmWrite write, CancellationToken _) => asked = write)
            .ReturnsAsync(() => new FilmOutcome(asked!.Decide(current) is FilmDecision.Reject reject ? reject.Kind : FilmOutcomeKind.Replaced, Id, current, Up.Revision));
        return () =>
        {
            Assert.That(asked!.Decide(current), Is.EqualTo(asked.Decide(current)));
            return asked.Decide(current);
        };
    }
}
