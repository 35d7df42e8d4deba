using FilmService.Domain.Films;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Runs;
using FilmService.Infrastructure.Sqlite;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>When a start keeps a database's epoch, and when it renews it (decision 0028).</summary>
public sealed class EpochTests : IDisposable
{
    private readonly CatalogFolder _folder = new();
    private readonly string _epoch;

    public EpochTests()
    {
        var catalog = _folder.Open(seed: true);
        _epoch = EpochOf(catalog);
        _folder.Close(catalog);
    }

    [Test]
    public async Task Open_AfterAStopOrACrash_KeepsIt()
    {
        await WriteAsync("3");
        using (var crashed = new CatalogFolder())
        {
            // What a process leaves that is killed now.
            var running = _folder.Open();
            await running.SaveAsync("4", Up);
            Copy(_folder, crashed, "", "-wal", ".run");

            Assert.That(EpochOf(crashed.Open()), Is.EqualTo(_epoch), "A move of both files is the same.");
        }
    }

    [TestCase("before")]
    [TestCase("database")]
    [TestCase("end")]
    public void Open_AfterACrashWhileARunBegan_KeepsIt(string step)
    {
        var old = RunInDatabase();
        WriteRuns(step == "end" ? ["new"] : [old, "new"]);
        SetRun(step == "before" ? old : "new");

        Assert.That(EpochOf(_folder.Open()), Is.EqualTo(_epoch));
    }

    // The first start of this version on a database that had none of it.
    [TestCase("file")]
    [TestCase("before")]
    [TestCase("database")]
    [TestCase("end")]
    public void Open_AfterACrashWhileItsFirstRunBegan_KeepsIt(string step)
    {
        SetRun(step is "database" or "end" ? "new" : null);
        WriteRuns(step == "end" ? ["new"] : ["", "new"]);
        if (step == "file")
        {
            File.WriteAllText(RunFile.PathOf(_folder.Path), "");
        }

        Assert.That(EpochOf(_folder.Open()), Is.EqualTo(_epoch));
    }

    [TestCase(true, ExpectedResult = false)]
    [TestCase(false, ExpectedResult = true)]
    public bool Open_WithoutARun_KeepsItOnlyWithoutTheFile(bool hasFile)
    {
        SetRun(null);
        if (!hasFile)
        {
            File.Delete(RunFile.PathOf(_folder.Path));
        }

        return EpochOf(_folder.Open()) == _epoch;
    }

    [Test]
    public async Task Open_CopyOfAnEarlierRun_RenewsIt()
    {
        using var copy = new CatalogFolder();
        Copy(_folder, copy, "");
        await WriteAsync("3");
        Copy(copy, _folder, "");

        var catalog = _folder.Open();

        Assert.That(EpochOf(catalog), Is.Not.EqualTo(_epoch));
        Assert.That((await catalog.GetRevisionAsync(default)).Number, Is.EqualTo(2));
    }

    [Test]
    public async Task Open_CopyOfTheSameRun_RenewsIt()
    {
        using var copy = new CatalogFolder();
        var catalog = _folder.Open();
        await catalog.SaveAsync("3", Up);
        Copy(_folder, copy, "", "-wal");
        await catalog.SaveAsync("4", Up);
        _folder.Close(catalog);
        Copy(copy, _folder, "", "-wal");

        Assert.That(EpochOf(_folder.Open()), Is.Not.EqualTo(_epoch));
    }

    // A plain copy of a running database lacks what is in its log.
    [Test]
    public async Task Open_WithoutItsLog_RenewsIt()
    {
        using var copy = new CatalogFolder();
        var clock = new SteppedClock();
        await _folder.Open(clock).SaveAsync("3", Up);
        clock.Advance(TimeSpan.FromSeconds(1));
        Copy(_folder, copy, "", ".run");

        Assert.That(EpochOf(copy.Open()), Is.Not.EqualTo(_epoch));
    }

    [TestCase("")]
    [TestCase("not JSON")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("""{"Runs":[null],"Newest":"x","LastGeneratedId":-1}""")]
    public void Open_FileMissingOrDamaged_RenewsIt(string text)
    {
        File.WriteAllText(RunFile.PathOf(_folder.Path), text);

        Assert.That(EpochOf(_folder.Open()), Is.Not.EqualTo(_epoch));
    }

    [TestCase("before")]
    [TestCase("database")]
    public async Task Open_AfterACrashWhileItWasRenewed_HasRenewedIt(string step)
    {
        // The file says that more had been written, and of the renewal its first step, or its second one as well.
        var newest = new Revision(_epoch, 3);
        WriteRuns(["new"], newest);
        if (step == "database")
        {
            _folder.Execute("UPDATE revision SET run_id = 'new', epoch = 'renewed'");
        }

        var catalog = _folder.Open();

        Assert.That(EpochOf(catalog), step == "database" ? Is.EqualTo("renewed") : Is.Not.EqualTo(_epoch));
        Assert.That((await catalog.SaveAsync("3", Up)).Revision, Is.Not.EqualTo(newest));
    }

    [Test]
    public async Task Open_NewDatabaseBesideTheFileOfAnother_IsNew()
    {
        File.Delete(_folder.Path);
        var catalog = _folder.Open(seed: true);
        var epoch = EpochOf(catalog);
        _folder.Close(catalog);

        var again = _folder.Open();

        Assert.That(EpochOf(again), Is.EqualTo(epoch).And.Not.EqualTo(_epoch));
        Assert.That(await again.ListAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Open_OlderCopy_HandsOutNoGeneratedIdAgain()
    {
        using var copy = new CatalogFolder();
        Copy(_folder, copy, "");
        var catalog = _folder.Open();
        var given = (await catalog.CreateAsync(Up)).Id;
        _folder.Close(catalog);
        Copy(copy, _folder, "");

        Assert.That((await _folder.Open().CreateAsync(Up)).Id.WholeNumber, Is.EqualTo(given.WholeNumber + 1));
    }

    [Test]
    public async Task Open_OlderCopy_ReplaysNoIdempotencyKey()
    {
        var write = Save("3", Up) with { Origin = new WriteContext("admin", new IdempotencyKey("k", new byte[] { 1 })) };
        var catalog = _folder.Open();
        await catalog.WriteAsync(write, default);
        _folder.Close(catalog);
        WriteRuns(["another"]);

        Assert.That((await _folder.Open().WriteAsync(write, default)).Replayed, Is.False);
    }

    [Test]
    public async Task Write_Always_IsNotedWithinASecondAndAtTheEnd()
    {
        var clock = new SteppedClock();
        var catalog = _folder.Open(clock);
        await catalog.SaveAsync("3", Up);
        Assert.That(Noted(), Is.EqualTo(2));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(Noted(), Is.EqualTo(3));
        await catalog.SaveAsync("4", Up);
        _folder.Close(catalog);

        Assert.That(Noted(), Is.EqualTo(4));
    }

    public void Dispose() => _folder.Dispose();

    private async Task WriteAsync(string id)
    {
        var catalog = _folder.Open();
        await catalog.SaveAsync(id, Up);
        _folder.Close(catalog);
    }

    private long Noted() => RunFile.Read(_folder.Path)!.Newest!.Value.Number;

    private string RunInDatabase() => _folder.Query("SELECT run_id FROM revision").Single();

    private void SetRun(string? id) => _folder.Execute(id is null ? "UPDATE revision SET run_id = NULL" : $"UPDATE revision SET run_id = '{id}'");

    private void WriteRuns(string[] runs, Revision? newest = null)
    {
        using var file = RunFile.Open(_folder.Path);
        file.Save(new RunRecord(runs, newest, 0));
    }

    private static string EpochOf(SqliteRepository catalog) => catalog.GetRevisionAsync(default).AsTask().Result.Epoch;

    private static void Copy(CatalogFolder from, CatalogFolder to, params string[] suffixes)
    {
        foreach (var suffix in suffixes)
        {
            File.Copy(from.Path + suffix, to.Path + suffix, overwrite: true);
        }
    }
}
