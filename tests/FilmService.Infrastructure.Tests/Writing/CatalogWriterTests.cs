using FilmService.Domain.Films;
using FilmService.Domain.Import;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Writing;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Writing;

/// <summary>Queue, committer and imports on a database that is not SQLite: it completes later, and on other threads.</summary>
public sealed class CatalogWriterTests : IDisposable
{
    private readonly AsyncDatabase _database = new();
    private readonly CatalogWriter _writer;

    public CatalogWriterTests() => _writer = new CatalogWriter(_database, projection: null, TimeProvider.System);

    [Test]
    public async Task Write_ManyAtOnce_SharesCommitsAndTellsEachItsOwn()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 500).Select(number => Task.Run(() => WriteAsync(Save($"{number}", Named($"Film {number}"))))));

        Assert.That(outcomes.Select(outcome => outcome.Revision.Number), Is.EquivalentTo(Enumerable.Range(1, 500)));
        Assert.That(outcomes.Select(outcome => outcome.Film!.Name), Is.EqualTo(Enumerable.Range(1, 500).Select(number => $"Film {number}")));
        Assert.That(_database.Commits, Is.LessThan(250));
        Assert.That(_database.Loads, Has.Count.EqualTo(_database.Commits), "A batch is one round of loading.");
    }

    [Test]
    public async Task Write_OneDecisionFails_CostsTheOthersNothingAndIsAskedOnce()
    {
        var (begun, held, asked) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        var first = HoldAsync(begun, held);
        await begun.Task;
        var before = WriteAsync(Save("a", Up));
        var failing = WriteAsync(new FilmWrite(Id("b"), _ => throw new InvalidOperationException($"broken {++asked}"), new WriteContext("admin")));
        var after = WriteAsync(Save("c", Up));
        held.SetResult();
        await first;

        Assert.That(async () => await failing, Throws.InvalidOperationException.With.Message.EqualTo("broken 1"));
        Assert.That(((await before).Revision.Number, (await after).Revision.Number, _database.Commits), Is.EqualTo((1, 2, 1)));
    }

    [Test]
    public async Task Write_CommitFails_IsToldAndTheNextSucceeds()
    {
        _database.Failure = new CatalogUnavailableException("down", null);

        Assert.That(async () => await WriteAsync(Save("a", Up)), Throws.InstanceOf<CatalogUnavailableException>());
        Assert.That((await WriteAsync(Save("a", Up))).Revision.Number, Is.EqualTo(1));
    }

    [Test]
    public async Task Write_MoreThanCanWait_IsUnavailable()
    {
        var (begun, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        var first = HoldAsync(begun, held);
        await begun.Task;
        var waiting = Enumerable.Range(0, 10_000).Select(_ => WriteAsync(Save("a", Up))).ToList();

        Assert.That(() => WriteAsync(Save("a", Up)), Throws.InstanceOf<CatalogUnavailableException>());
        held.SetResult();
        await first;
        Assert.That((await Task.WhenAll(waiting)).Select(outcome => outcome.Revision.Number), Is.All.EqualTo(1));
    }

    [Test]
    public async Task Import_ManyLines_IsOneTransactionInBatchesWhoseLinesBuildOnEachOther()
    {
        var lines = Enumerable.Range(0, 2500).Select(number => new ImportLine(number + 1, Id($"{number % 1500}"), new FilmPatch { [FilmFields.Name] = "Up", [FilmFields.Year] = 1900 + (number / 1500) }));

        var outcome = await _writer.ImportAsync(New(lines), default);

        Assert.That((outcome.Counts.Created, outcome.Counts.Updated, outcome.Revision.Number, _database.Commits), Is.EqualTo((1500, 1000, 2500, 1)));
        Assert.That(_database.Loads, Is.EqualTo(new[] { 0, 1000, 1000, 500 }));
        Assert.That(_database.Find(Id("7"))!.Year, Is.EqualTo(1901));
    }

    [Test]
    public async Task Import_ALineThatMayNotBeLeftOut_ChangesNothing()
    {
        var outcome = await _writer.ImportAsync(New([new ImportLine(1, Id("a"), new FilmPatch { [FilmFields.Name] = "Up", [FilmFields.Year] = 2009 }), new ImportLine(2, Id("b"), new FilmPatch { [FilmFields.Name] = "Up" })]), default);

        Assert.That((outcome.Kind, outcome.Faults.Count, _database.Commits, _database.Head.Revision.Number), Is.EqualTo((ImportOutcomeKind.Refused, 1, 0, 0)));
    }

    [Test]
    public async Task DryRun_OfAnything_CommitsNothingAndTellsTheCataloguesRevision()
    {
        var dry = new WriteContext("admin", DryRun: true);
        var write = await WriteAsync(Save("a", Up) with { Origin = dry });
        var import = await _writer.ImportAsync(New([new ImportLine(1, Id("a"), new FilmPatch { [FilmFields.Name] = "Up", [FilmFields.Year] = 2009 })]) with { Origin = dry }, default);

        Assert.That((write.Kind, import.Counts.Created), Is.EqualTo((FilmOutcomeKind.Created, 1)));
        Assert.That((write.Revision.Number, import.Revision.Number, _database.Commits), Is.EqualTo((0, 0, 0)));
    }

    [TearDown]
    public void EveryTransactionIsClosed()
    {
        _writer.Dispose();
        Assert.That(_database.Open, Is.Zero);
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>A turn that lasts until it is released, so that later writes queue up together.</summary>
    private Task<bool> HoldAsync(TaskCompletionSource begun, TaskCompletionSource held) => _writer.RunAsync(
        async () =>
        {
            begun.SetResult();
            await held.Task;
            return true;
        },
        default);

    private Task<FilmOutcome> WriteAsync(FilmWrite write) => _writer.WriteAsync(write, default);

    private static FilmImport New(IEnumerable<ImportLine> lines) => new(lines, new ImportFaults(), new ImportOptions(OnConflict.Replace), new WriteContext("admin"));
}
