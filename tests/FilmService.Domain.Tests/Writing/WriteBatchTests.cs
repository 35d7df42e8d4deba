using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using Moq;
using static FilmService.Domain.Tests.Films.Samples;

namespace FilmService.Domain.Tests.Writing;

/// <summary>
/// The results of a batch of writes, without a database. The catalogue's head is at revision 7 and has generated id 9.
/// </summary>
public sealed class WriteBatchTests
{
    private const long Limit = FilmId.GeneratedLimit;

    private static readonly FilmDetails Down = new("Down", 2012, null);

    private readonly CatalogInMemory _catalog = new CatalogInMemory().With(Up);

    [Test]
    public void Decide_Writes_NumbersTheirChangesAndTellsEachItsOwn()
    {
        var outcomes = _catalog.WriteAll(Save("a", Details), Save("9", Down), Save("9", Down), Delete("a"), Delete("a"));

        Assert.That(outcomes.Select(outcome => $"{outcome.Kind} {outcome.Revision} {outcome.Film?.Name}"), Is.EqualTo(new[]
        {
            "Created k3f9-8 Up", "Replaced k3f9-9 Down", "Unchanged k3f9-9 Down", "Deleted k3f9-10 ", "NotFound k3f9-10 ",
        }));
        Assert.That(_catalog.Appended!.Changes.Select(change => $"{change.Revision} {change.Id} {change.Details?.Name} {change.By} {change.At:T}"), Is.EqualTo(new[]
        {
            "k3f9-8 a Up admin 09:14:03", "k3f9-9 9 Down admin 09:14:03", "k3f9-10 a  admin 09:14:03",
        }));
        Assert.That(_catalog.Head, Is.EqualTo(new CatalogHead(new Revision("k3f9", 10), 9, 0)));
    }

    [Test]
    public void Decide_Writes_AsksForTheirFilmsAndKeysInOneRound()
    {
        _catalog.Write(Save("a", Details), Add(Details), Keyed(Save("b", Details), "k"));

        Assert.That(_catalog.Loads.Select(needs => string.Join(' ', needs.Films) + " / " + string.Join(' ', needs.Keys.Select(key => $"{key.Caller}:{key.Key}"))), Is.EqualTo(new[] { "a b / admin:k" }));
    }

    [Test]
    public void Decide_SeveralWritesOfOneFilm_DecidesEachOnWhatTheOneBeforeLeft()
    {
        var seen = new List<int?>();
        var writes = Enumerable.Range(0, 4).Select(_ => new FilmWrite(Id, AddOneYear, new WriteContext("admin"))).ToList();

        _catalog.Write(writes);

        Assert.That(seen, Is.EqualTo(new int?[] { 2009, 2010, 2011, 2012 }));
        Assert.That((_catalog.Find("9")!.Year, _catalog.Find("9")!.Revision.Number), Is.EqualTo((2013, 11)));

        FilmDecision.Save AddOneYear(Film? current)
        {
            seen.Add(current?.Year);
            return new FilmDecision.Save(new FilmDetails("Up", current!.Year + 1, null));
        }
    }

    [Test]
    public void Decide_DeleteAndCreate_AreTwoChanges()
    {
        var outcomes = _catalog.WriteAll(Delete("9"), new FilmWrite(Id, current => current is null ? new FilmDecision.Save(Down) : new FilmDecision.Reject(FilmOutcomeKind.IdTaken), new WriteContext("admin")));

        Assert.That(outcomes.Select(outcome => outcome.Kind), Is.EqualTo(new[] { FilmOutcomeKind.Deleted, FilmOutcomeKind.Created }));
        Assert.That(_catalog.Find("9"), Is.EqualTo(new Film(Id, Down, new Revision("k3f9", 9))));
    }

    // The catalogue's own decisions: two clients have read revision 7 and both change it.
    [Test]
    public async Task Decide_TwoWithTheSameIfMatch_LetsOneWin()
    {
        var writes = new List<FilmWrite>();
        var films = new Mock<IFilmRepository>();
        films.Setup(repository => repository.WriteAsync(Capture.In(writes), default)).ReturnsAsync(new FilmOutcome(FilmOutcomeKind.Unchanged, Id, null, Up.Revision));
        var (catalog, ifMatch) = (new FilmCatalog(films.Object, new CatalogRules()), new Preconditions(IfMatch: Revisions("k3f9-7")));
        await catalog.PutAsync(Id, Down, ifMatch, new WriteContext("anna"), default);
        await catalog.PutAsync(Id, OtherDetails, ifMatch, new WriteContext("ben"), default);
        await catalog.DeleteAsync(Id, ifMatch, new WriteContext("carl"), default);

        var outcomes = _catalog.WriteAll(writes);

        Assert.That(outcomes.Select(outcome => $"{outcome.Kind} {outcome.Revision.Number} {outcome.Film!.Name}"), Is.EqualTo(new[]
        {
            "Replaced 8 Down", "PreconditionFailed 8 Down", "PreconditionFailed 8 Down",
        }));
    }

    [Test]
    public void Decide_ADecisionThatThrows_CostsOnlyItsOwnWrite()
    {
        var broken = new InvalidOperationException("broken");

        var results = _catalog.Write(Save("a", Details), Keyed(new FilmWrite(CatalogInMemory.Id("b"), _ => throw broken, new WriteContext("admin")), "k"), Save("c", Details));

        Assert.That(results[1], Is.EqualTo(new WriteResult(null, broken)));
        Assert.That(new[] { results[0], results[2] }.Select(result => (result.Outcome!.Revision.Number, result.Failure)), Is.EqualTo(new[] { (8L, default(Exception)), (9L, null) }));
        Assert.That(_catalog.Appended!.Changes.Select(change => change.Id.Value), Is.EqualTo(new[] { "a", "c" }));
        Assert.That(_catalog.Appended.Records, Is.Empty);
    }

    [Test]
    public void Decide_NothingChanges_AppendsNothing()
    {
        var head = _catalog.Head;

        _catalog.Write(Delete("a"), Save("9", Details));

        Assert.That((_catalog.Appended!.Changes.Count, _catalog.Head), Is.EqualTo((0, head)));
    }

    [Test]
    public void Decide_WithoutId_CountsUpAndNeedsNoLookUp()
    {
        var outcomes = _catalog.WriteAll(Add(Details), Add(Details), Save("41", Details), Add(Details));

        Assert.That(outcomes.Select(outcome => outcome.Id.Value), Is.EqualTo(new[] { "10", "11", "41", "42" }));
        Assert.That(_catalog.Loads.Select(needs => needs.Films.Count), Is.EqualTo(new[] { 1 }));
    }

    [TestCase("0041", 41)]
    [TestCase("7", 9)]
    [TestCase("a", 9)]
    [TestCase("999999999999999", Limit - 1)]
    [TestCase("1000000000000000", 9)]
    public void Decide_AClientsOwnId_LiftsTheGeneratedOnes(string own, long last)
    {
        _catalog.Write(Save(own, Details));

        Assert.That(_catalog.Head.LastGeneratedId, Is.EqualTo(last));
    }

    [Test]
    public void Decide_RefusedWithoutId_TakesNone()
    {
        var outcome = _catalog.WriteAll(new FilmWrite(null, _ => new FilmDecision.Reject(FilmOutcomeKind.PreconditionFailed), new WriteContext("admin")))[0];

        Assert.That((outcome.Id.Value, _catalog.Head.LastGeneratedId), Is.EqualTo(("10", 9L)));
    }

    [Test]
    public void Decide_IdsAfterTheLimit_SkipsThoseThatAreTaken()
    {
        _catalog.Head = _catalog.Head with { LastGeneratedId = Limit - 1 };
        _catalog.With(Owned(Limit), Owned(Limit + 2));

        var outcomes = _catalog.WriteAll(Add(Details), Add(Details));

        Assert.That(outcomes.Select(outcome => outcome.Id.Value), Is.EqualTo(new[] { $"{Limit + 1}", $"{Limit + 3}" }));
        Assert.That((_catalog.Find($"{Limit}")!.Name, _catalog.Find($"{Limit + 2}")!.Name), Is.EqualTo(("Owned", "Owned")));
        Assert.That(_catalog.Head.LastGeneratedId, Is.EqualTo(Limit + 3));
    }

    [Test]
    public void Decide_IdAfterTheLimitTakenInTheBatch_SkipsIt()
    {
        _catalog.Head = _catalog.Head with { LastGeneratedId = Limit - 1 };

        var outcomes = _catalog.WriteAll(Save($"{Limit}", Down), Add(Details), Delete($"{Limit}"), Add(Details));

        Assert.That(outcomes.Select(outcome => outcome.Id.Value), Is.EqualTo(new[] { $"{Limit}", $"{Limit + 1}", $"{Limit}", $"{Limit + 2}" }));
    }

    [Test]
    public void Decide_LastIdBeforeTheLimit_IsGivenWithoutALookUp()
    {
        _catalog.Head = _catalog.Head with { LastGeneratedId = Limit - 2 };
        _catalog.With(Owned(Limit));

        var outcomes = _catalog.WriteAll(Add(Details), Add(Details));

        Assert.That(outcomes.Select(outcome => outcome.Id.Value), Is.EqualTo(new[] { $"{Limit - 1}", $"{Limit + 1}" }));
    }

    [Test]
    public void Decide_AThousandTakenIdsInARow_CostFewRounds()
    {
        _catalog.Head = _catalog.Head with { LastGeneratedId = Limit - 1 };
        _catalog.With(Enumerable.Range(0, 1000).Select(number => Owned(Limit + number)));

        Assert.That(_catalog.WriteAll(Add(Details))[0].Id.Value, Is.EqualTo($"{Limit + 1000}"));
        Assert.That(_catalog.Loads, Has.Count.LessThan(15));
    }

    [Test]
    public void Decide_KeyThatIsKept_TellsItsOutcomeAndDecidesNothing()
    {
        var first = _catalog.WriteAll(Keyed(Save("9", Down), "k"))[0];
        _catalog.Write(Save("9", Details));

        var again = _catalog.WriteAll(Keyed(new FilmWrite(Id, _ => throw new InvalidOperationException("asked"), new WriteContext("admin")), "k"))[0];

        Assert.That(again, Is.EqualTo(first with { Replayed = true }));
        Assert.That((_catalog.Appended!.Changes.Count, _catalog.Appended.Records.Count, _catalog.Head.Revision.Number), Is.EqualTo((0, 0, 9L)));
    }

    [Test]
    public void Decide_KeyTwiceInOneBatch_HasOneEffect()
    {
        var outcomes = _catalog.WriteAll(Keyed(Add(Details), "k"), Keyed(Add(Details), "k"));

        Assert.That(outcomes[1], Is.EqualTo(outcomes[0] with { Replayed = true }));
        Assert.That((_catalog.Appended!.Changes.Count, _catalog.Appended.Records.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public void Decide_KeyOfAnotherRequest_IsRefused([Values] bool isInOneBatch)
    {
        var (first, other) = (Keyed(Save("a", Details), "k"), Keyed(Save("b", Details), "k", fingerprint: 2));

        var refused = isInOneBatch ? _catalog.WriteAll(first, other)[1] : (_catalog.WriteAll(first), _catalog.WriteAll(other)[0]).Item2;

        Assert.That((refused.Kind, refused.Revision.Number, refused.Replayed), Is.EqualTo((FilmOutcomeKind.KeyReused, 8L, false)));
        Assert.That(_catalog.Find("b"), Is.Null);
    }

    [Test]
    public void Decide_KeyOfAnotherCaller_IsAnotherKey() => Assert.That(
        _catalog.WriteAll(Keyed(Save("a", Details), "k"), Keyed(Save("b", Details), "k", by: "ben")).Select(outcome => outcome.Kind),
        Is.All.EqualTo(FilmOutcomeKind.Created));

    [Test]
    public void Decide_KeyOfARefusedWrite_IsNotKept()
    {
        Assert.That(_catalog.WriteAll(Keyed(Delete("a"), "k"), Save("a", Details), Keyed(Delete("a"), "k")).Select(outcome => outcome.Kind), Is.EqualTo(new[]
        {
            FilmOutcomeKind.NotFound, FilmOutcomeKind.Created, FilmOutcomeKind.Deleted,
        }));
    }

    [TestCase(-1, true)]
    [TestCase(0, false)]
    public void Decide_KeyAfter24Hours_IsForgotten(int milliseconds, bool isReplayed)
    {
        _catalog.Write(Keyed(Save("a", Details), "k"));
        _catalog.Now += TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(milliseconds);

        Assert.That(_catalog.WriteAll(Keyed(Save("a", Details), "k"))[0].Replayed, Is.EqualTo(isReplayed));
    }

    [Test]
    public void Decide_DryRun_TellsTheCataloguesRevision()
    {
        var outcome = _catalog.WriteAll(Save("9", Down) with { Origin = new WriteContext("admin", DryRun: true) })[0];

        Assert.That((outcome.Kind, outcome.Revision.Number, outcome.Film!.Details), Is.EqualTo((FilmOutcomeKind.Replaced, 7L, Down)));
    }

    [Test]
    public void Decide_LinesOfAnImport_BuildOnEachOther()
    {
        var rules = new ImportOptions(OnConflict.Merge);
        var import = new FilmImport([], new ImportFaults(), rules, new WriteContext("admin", new IdempotencyKey("k", new byte[] { 1 })));
        var lines = new[] { new ImportLine(1, CatalogInMemory.Id("a"), new FilmPatch { [FilmFields.Name] = "A", [FilmFields.Year] = 1990 }), new ImportLine(2, CatalogInMemory.Id("a"), new FilmPatch { [FilmFields.Year] = 1991 }), new ImportLine(3, null, new FilmPatch { [FilmFields.Name] = "B", [FilmFields.Year] = 1992 }) };

        var outcomes = _catalog.WriteAll(Array.ConvertAll(lines, import.ToWrite));

        Assert.That(outcomes.Select(outcome => $"{outcome.Kind} {outcome.Id} {outcome.Film!.Name} {outcome.Film.Year}"), Is.EqualTo(new[] { "Created a A 1990", "Replaced a A 1991", "Created 10 B 1992" }));
        Assert.That(_catalog.Appended!.Records, Is.Empty, "The key is the import's.");
    }

    private static Film Owned(long number) => new(FilmId.Generated(number), new FilmDetails("Owned", 2000, null), new Revision("k3f9", 1));

    private static FilmWrite Add(FilmDetails details) => new(null, _ => new FilmDecision.Save(details), new WriteContext("admin"));

    private static FilmWrite Save(string id, FilmDetails details) => new(CatalogInMemory.Id(id), current => FilmDecision.SaveUnlessEqual(current, details), new WriteContext("admin"));

    private static FilmWrite Delete(string id) =>
        new(CatalogInMemory.Id(id), current => current is null ? new FilmDecision.Reject(FilmOutcomeKind.NotFound) : new FilmDecision.Delete(), new WriteContext("admin"));

    private static FilmWrite Keyed(FilmWrite write, string key, byte fingerprint = 1, string by = "admin") =>
        write with { Origin = new WriteContext(by, new IdempotencyKey(key, new[] { fingerprint })) };
}
