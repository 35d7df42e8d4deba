using FilmService.Domain.Films;
using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using Moq;
using static FilmService.Domain.Tests.Films.Samples;

namespace FilmService.Domain.Tests.Films;

public sealed class FilmCatalogTests
{
    private static readonly WriteContext Origin = new("admin", new IdempotencyKey("k", new byte[] { 1 }));

    private readonly Mock<IFilmRepository> _films = new(MockBehavior.Strict);

    [Test]
    public async Task Put_MissingFilm_Saves() => Assert.That(await PutAsync(current: null, Details), Is.EqualTo(Saved(Details)));

    [Test]
    public async Task Put_OtherDetails_Saves() => Assert.That(await PutAsync(Up, OtherDetails), Is.EqualTo(Saved(OtherDetails)));

    [Test]
    public async Task Put_SameDetails_LeavesItUnchanged() => Assert.That(await PutAsync(Up, Details), Is.EqualTo(new FilmDecision.NoChange()));

    [Test]
    public async Task Put_IfMatchOfTheFilm_Saves() =>
        Assert.That(await PutAsync(Up, OtherDetails, IfMatch("k3f9-7")), Is.EqualTo(Saved(OtherDetails)));

    [Test]
    public async Task Put_IfMatchAnything_Saves() =>
        Assert.That(await PutAsync(Up, OtherDetails, new Preconditions(RevisionMatch.Anything)), Is.EqualTo(Saved(OtherDetails)));

    [TestCase("k3f9-6")]
    [TestCase("k3f9-8")]
    [TestCase("aaaa-7")]
    public async Task Put_IfMatchStale_FailsThePrecondition(string revision) =>
        Assert.That(await PutAsync(Up, OtherDetails, IfMatch(revision)), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionFailed)));

    [Test]
    public async Task Put_IfMatchWithoutARevision_FailsThePrecondition() =>
        Assert.That(await PutAsync(Up, OtherDetails, IfMatch()), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionFailed)));

    [Test]
    public async Task Put_IfMatchStaleButAlreadyApplied_LeavesItUnchanged() =>
        Assert.That(await PutAsync(Up, Details, IfMatch("k3f9-6")), Is.EqualTo(new FilmDecision.NoChange()));

    [TestCase("k3f9-7")]
    [TestCase("*")]
    public async Task Put_IfMatchOnMissingFilm_FailsThePrecondition(string match)
    {
        var preconditions = match == "*" ? new Preconditions(RevisionMatch.Anything) : IfMatch(match);

        Assert.That(await PutAsync(current: null, Details, preconditions), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionFailed)));
    }

    [Test]
    public async Task Put_CreateOnlyOnMissingFilm_Saves() => Assert.That(await PutAsync(null, Details, CreateOnly), Is.EqualTo(Saved(Details)));

    [Test]
    public async Task Put_CreateOnlyOnFilm_FailsThePreconditionEvenWhenEqual()
    {
        Assert.That(await PutAsync(Up, OtherDetails, CreateOnly), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionFailed)));
        Assert.That(await PutAsync(Up, Details, CreateOnly), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionFailed)));
    }

    [Test]
    public async Task Put_IfNoneMatchOfTheFilm_FailsThePrecondition() =>
        Assert.That(await PutAsync(Up, OtherDetails, IfNoneMatch("k3f9-7")), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionFailed)));

    [Test]
    public async Task Put_IfNoneMatchOfAnotherRevision_Saves() =>
        Assert.That(await PutAsync(Up, OtherDetails, IfNoneMatch("k3f9-6")), Is.EqualTo(Saved(OtherDetails)));

    [Test]
    public async Task Put_StaleIfMatchAndCreateOnly_FailsThePreconditionThoughApplied()
    {
        var both = new Preconditions(Revisions("k3f9-6"), RevisionMatch.Anything);

        Assert.That(await PutAsync(Up, Details, both), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionFailed)));
    }

    [Test]
    public async Task Put_IfMatchRequiredAndAbsent_AsksForIt()
    {
        Assert.That(await PutAsync(Up, OtherDetails, rules: IfMatchRequired), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionRequired)));
        Assert.That(await PutAsync(Up, Details, rules: IfMatchRequired), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionRequired)));
    }

    [Test]
    public async Task Put_IfMatchRequiredAndGiven_Saves() =>
        Assert.That(await PutAsync(Up, OtherDetails, IfMatch("k3f9-7"), IfMatchRequired), Is.EqualTo(Saved(OtherDetails)));

    [Test]
    public async Task Put_IfMatchRequiredButFilmMissing_Saves() =>
        Assert.That(await PutAsync(null, Details, rules: IfMatchRequired), Is.EqualTo(Saved(Details)));

    [Test]
    public async Task Delete_Film_Deletes() => Assert.That(await DeleteAsync(Up), Is.EqualTo(new FilmDecision.Delete()));

    [Test]
    public async Task Delete_IfMatchOfTheFilm_Deletes() => Assert.That(await DeleteAsync(Up, IfMatch("k3f9-7")), Is.EqualTo(new FilmDecision.Delete()));

    [Test]
    public async Task Delete_IfMatchStale_FailsThePrecondition() =>
        Assert.That(await DeleteAsync(Up, IfMatch("k3f9-6")), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionFailed)));

    [Test]
    public async Task Delete_IfNoneMatchOfTheFilm_FailsThePrecondition() =>
        Assert.That(await DeleteAsync(Up, IfNoneMatch("k3f9-7")), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionFailed)));

    [Test]
    public async Task Delete_IfMatchRequiredAndAbsent_AsksForIt() =>
        Assert.That(await DeleteAsync(Up, rules: IfMatchRequired), Is.EqualTo(Rejected(FilmOutcomeKind.PreconditionRequired)));

    [Test]
    public async Task Delete_MissingFilm_IsMissingWhateverTheConditions()
    {
        Assert.That(await DeleteAsync(null), Is.EqualTo(Rejected(FilmOutcomeKind.NotFound)));
        Assert.That(await DeleteAsync(null, IfMatch("k3f9-7")), Is.EqualTo(Rejected(FilmOutcomeKind.NotFound)));
        Assert.That(await DeleteAsync(null, CreateOnly), Is.EqualTo(Rejected(FilmOutcomeKind.NotFound)));
        Assert.That(await DeleteAsync(null, rules: IfMatchRequired), Is.EqualTo(Rejected(FilmOutcomeKind.NotFound)));
    }

    [Test]
    public async Task Put_Outcome_IsTheRepositorys()
    {
        var outcome = new FilmOutcome(FilmOutcomeKind.Created, Id, Up, Up.Revision);
        _films.Setup(films => films.WriteAsync(It.Is<FilmWrite>(write => write.Id == Id && write.Origin == Origin), CancellationToken.None)).ReturnsAsync(outcome);

        Assert.That(await Catalog().PutAsync(Id, Details, Preconditions.None, Origin, CancellationToken.None), Is.SameAs(outcome));
    }

    [Test]
    public async Task Delete_Outcome_IsTheRepositorys()
    {
        var outcome = new FilmOutcome(FilmOutcomeKind.Deleted, Id, null, Up.Revision);
        _films.Setup(films => films.WriteAsync(It.Is<FilmWrite>(write => write.Id == Id && write.Origin == Origin), CancellationToken.None)).ReturnsAsync(outcome);

        Assert.That(await Catalog().DeleteAsync(Id, Preconditions.None, Origin, CancellationToken.None), Is.SameAs(outcome));
    }

    [Test]
    public async Task Reads_Always_AreTheRepositorys()
    {
        Func<IFilmList, Task<int>> read = _ => Task.FromResult(7);
        _films.Setup(films => films.GetRevisionAsync(CancellationToken.None)).ReturnsAsync(Up.Revision);
        _films.Setup(films => films.FindAsync(Id, CancellationToken.None)).ReturnsAsync(new FilmSnapshot(Up, Up.Revision));
        _films.Setup(films => films.ListAsync(FilmQuery.All, TimeSpan.MaxValue, read, CancellationToken.None)).ReturnsAsync(7);

        Assert.That(await Catalog().GetRevisionAsync(CancellationToken.None), Is.EqualTo(Up.Revision));
        Assert.That((await Catalog().FindAsync(Id, CancellationToken.None)).Film, Is.EqualTo(Up));
        Assert.That(await Catalog().ListAsync(FilmQuery.All, TimeSpan.MaxValue, read, CancellationToken.None), Is.EqualTo(7));
    }

    [TestCase(true, true)]
    [TestCase(false, false)]
    public async Task NeedsPage_QueryOfEverything_DependsOnTheCataloguesSize(bool isLarger, bool needsPage)
    {
        _films.Setup(films => films.HasMoreThanAsync(100, CancellationToken.None)).ReturnsAsync(isLarger);

        Assert.That(await Catalog(new CatalogRules(RequireLimitAbove: 100)).NeedsPageAsync(FilmQuery.All, CancellationToken.None), Is.EqualTo(needsPage));
    }

    [Test]
    public async Task NeedsPage_QueryOfAPage_IsNotAsked() =>
        Assert.That(await Catalog().NeedsPageAsync(FilmQuery.All with { Page = new FilmPage(20) }, CancellationToken.None), Is.False);

    private static readonly CatalogRules IfMatchRequired = new(RequireIfMatch: true);
    private static readonly Preconditions CreateOnly = new(IfNoneMatch: RevisionMatch.Anything);

    private static Preconditions IfMatch(params string[] revisions) => new(Revisions(revisions));

    private static Preconditions IfNoneMatch(params string[] revisions) => new(IfNoneMatch: Revisions(revisions));

    private static FilmDecision.Save Saved(FilmDetails details) => new(details);

    private static FilmDecision.Reject Rejected(FilmOutcomeKind kind) => new(kind);

    private async Task<FilmDecision> PutAsync(Film? current, FilmDetails wanted, Preconditions? preconditions = null, CatalogRules? rules = null)
    {
        var decision = DecisionFrom(current);
        await Catalog(rules).PutAsync(Id, wanted, preconditions ?? Preconditions.None, Origin, CancellationToken.None);
        return decision();
    }

    private async Task<FilmDecision> DeleteAsync(Film? current, Preconditions? preconditions = null, CatalogRules? rules = null)
    {
        var decision = DecisionFrom(current);
        await Catalog(rules).DeleteAsync(Id, preconditions ?? Preconditions.None, Origin, CancellationToken.None);
        return decision();
    }

    private FilmCatalog Catalog(CatalogRules? rules = null) => new(_films.Object, rules ?? new CatalogRules());

    /// <summary>The decision of the next write if the repository passes it this film; a repository may ask twice.</summary>
    private Func<FilmDecision> DecisionFrom(Film? current)
    {
        FilmWrite? asked = null;
        _films.Setup(films => films.WriteAsync(It.IsAny<FilmWrite>(), CancellationToken.None))
            .Callback((FilmWrite write, CancellationToken _) => asked = write)
            .ReturnsAsync(new FilmOutcome(FilmOutcomeKind.Unchanged, Id, current, Up.Revision));
        return () =>
        {
            Assert.That(asked!.Decide(current), Is.EqualTo(asked.Decide(current)));
            return asked.Decide(current);
        };
    }
}
