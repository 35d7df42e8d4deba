using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using Moq;
using static FilmService.Domain.Tests.Films.Samples;

namespace FilmService.Domain.Tests.Import;

/// <summary>What a line of an import does to a film, on a mocked repository.</summary>
public sealed class FilmImportTests
{
    private static readonly FilmPatch Whole = new FilmPatch { [FilmFields.Name] = "Up", [FilmFields.Year] = 2010 };
    private static readonly FilmPatch Part = new FilmPatch { [FilmFields.Year] = 2010 };

    private readonly Mock<IFilmRepository> _films = new(MockBehavior.Strict);

    [Test]
    public async Task Import_NewFilm_IsSaved([Values] OnConflict onConflict) =>
        Assert.That(await DecideAsync(Whole, current: null, onConflict), Is.EqualTo(new FilmDecision.Save(new FilmDetails("Up", 2010, null))));

    [Test]
    public async Task Import_PartOfANewFilm_IsMissingTheRest([Values] OnConflict onConflict) =>
        Assert.That(await DecideAsync(Part, current: null, onConflict), Is.EqualTo(Rejected(FilmOutcomeKind.NotFound)));

    [TestCase(OnConflict.Error)]
    [TestCase(OnConflict.Skip)]
    public async Task Import_FilmThatIsThere_IsLeft(OnConflict onConflict) =>
        Assert.That(await DecideAsync(Whole, Up, onConflict), Is.EqualTo(Rejected(FilmOutcomeKind.IdTaken)));

    [Test]
    public async Task Import_Replace_MakesTheFilmWhatTheLineSays() =>
        Assert.That(await DecideAsync(Whole, Up, OnConflict.Replace), Is.EqualTo(new FilmDecision.Save(new FilmDetails("Up", 2010, null))));

    [Test]
    public async Task Import_Merge_KeepsWhatTheLineDoesNotSay() =>
        Assert.That(await DecideAsync(Part, Up, OnConflict.Merge), Is.EqualTo(new FilmDecision.Save(new FilmDetails("Up", 2010, Month.May))));

    [TestCase(OnConflict.Replace)]
    [TestCase(OnConflict.Merge)]
    public async Task Import_FilmAsItIs_IsUnchanged(OnConflict onConflict) => Assert.That(
        await DecideAsync(new FilmPatch { [FilmFields.Name] = "Up", [FilmFields.Year] = Details.Year, [FilmFields.Month] = Details.Month }, Up, onConflict), Is.EqualTo(new FilmDecision.NoChange()));

    [Test]
    public async Task Import_Deletion_DeletesWhatIsThere([Values] OnConflict onConflict)
    {
        Assert.That(await DecideAsync(null, Up, onConflict), Is.EqualTo(new FilmDecision.Delete()));
        Assert.That(await DecideAsync(null, null, onConflict), Is.EqualTo(new FilmDecision.NoChange()));
    }

    [Test]
    public async Task Import_UnreadableLines_AreRefusedWithoutTheRepositorysWork()
    {
        var faults = Faults(2);
        _films.Setup(films => films.GetRevisionAsync(CancellationToken.None)).ReturnsAsync(Up.Revision);

        var outcome = await Catalog().ImportAsync(New(new ImportOptions(), faults), CancellationToken.None);

        Assert.That(outcome, Is.EqualTo(new ImportOutcome(ImportOutcomeKind.Refused, default, faults, Up.Revision)));
    }

    [Test]
    public void Tally_Lines_CountsEachByWhatItCameTo()
    {
        var tally = new ImportCounter(New(new ImportOptions(OnConflict.Skip, SkipFaults: true), Faults(2)));
        foreach (var kind in new[] { FilmOutcomeKind.Created, FilmOutcomeKind.Created, FilmOutcomeKind.Replaced, FilmOutcomeKind.Unchanged, FilmOutcomeKind.Deleted, FilmOutcomeKind.IdTaken, FilmOutcomeKind.NotFound })
        {
            tally.Add(new ImportLine(1, Id, Whole), Outcome(kind));
        }

        var outcome = tally.ToOutcome(Up.Revision);

        Assert.That(outcome.Counts, Is.EqualTo(new ImportCounts(Created: 2, Updated: 1, Unchanged: 1, Deleted: 1, Skipped: 3)));
        Assert.That(outcome.Kind, Is.EqualTo(ImportOutcomeKind.Done));
        Assert.That(outcome.Faults.First.Select(fault => $"{fault.Line} {fault.Errors.Keys.Single()}"), Is.EqualTo(new[] { "1 name", "2 line" }), "A film that is skipped is no fault.");
    }

    [Test]
    public void Tally_FaultThatMayNotBeLeftOut_RefusesTheImport()
    {
        var tally = new ImportCounter(New(new ImportOptions(), new ImportFaults()));
        tally.Add(new ImportLine(1, Id, Whole), Outcome(FilmOutcomeKind.Created));
        tally.Add(new ImportLine(2, Id, Whole), Outcome(FilmOutcomeKind.IdTaken));

        tally.Add(new ImportLine(3, Id, Part), Outcome(FilmOutcomeKind.NotFound));

        Assert.That((tally.IsRefused, tally.ToOutcome(Up.Revision).Kind), Is.EqualTo((true, ImportOutcomeKind.Refused)));
        Assert.That(tally.ToOutcome(Up.Revision).Faults.First.Select(fault => (fault.Line, fault.Errors.Single().Key, fault.Errors.Single().Value[0])), Is.EqualTo(new[]
        {
            (2L, "id", "Film 9 already exists. To accept the line, set onConflict to skip, replace or merge."), (3L, "name", "The film doesn't exist yet, so the line needs Name and Year."),
        }));
    }

    [Test]
    public void Tally_NoFault_DoesNotRefuseTheImport()
    {
        var tally = new ImportCounter(New(new ImportOptions(), new ImportFaults()));
        tally.Add(new ImportLine(1, Id, Whole), Outcome(FilmOutcomeKind.Created));

        Assert.That((tally.IsRefused, tally.ToOutcome(Up.Revision).Kind), Is.EqualTo((false, ImportOutcomeKind.Done)));
    }

    [Test]
    public void Faults_Many_KeepsTheFirstHundredAndCountsAll()
    {
        var (read, decided) = (new ImportFaults(), new ImportFaults());
        for (var line = 1; line <= 300; line++)
        {
            (line % 2 == 0 ? read : decided).Add(line, new Dictionary<string, string[]>());
        }

        var all = read.With(decided);

        Assert.That((all.Count, read.Count, read.First.Count), Is.EqualTo((300, 150, 100)));
        Assert.That(all.First.Select(fault => fault.Line), Is.EqualTo(Enumerable.Range(1, 100)));
    }

    private async Task<FilmDecision> DecideAsync(FilmPatch? said, Film? current, OnConflict onConflict)
    {
        FilmDecision? decision = null;
        _films.Setup(films => films.ImportAsync(It.IsAny<FilmImport>(), CancellationToken.None))
            .Callback((FilmImport import, CancellationToken _) => decision = import.Decide(import.Lines.Single(), current))
            .ReturnsAsync(new ImportOutcome(ImportOutcomeKind.Done, default, new ImportFaults(), Up.Revision));
        var import = New(new ImportOptions(onConflict), new ImportFaults()) with { Lines = [new ImportLine(1, Id, said)] };
        await Catalog().ImportAsync(import, CancellationToken.None);
        return decision!;
    }

    private static FilmDecision.Reject Rejected(FilmOutcomeKind kind) => new(kind);

    private FilmCatalog Catalog() => new(_films.Object, new CatalogRules());

    private static FilmImport New(ImportOptions rules, ImportFaults faults) => new([], faults, rules, new WriteContext("admin"));

    private static ImportFaults Faults(long line)
    {
        var faults = new ImportFaults();
        faults.Add(line, new Dictionary<string, string[]> { ["line"] = ["It is none."] });
        return faults;
    }

    private static FilmOutcome Outcome(FilmOutcomeKind kind) => new(kind, Id, null, Up.Revision);
}
