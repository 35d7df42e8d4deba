using FilmService.Domain.Films;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Native;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework.Constraints;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

public sealed class OpeningTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CatalogFolder _folder = new();

    [Test]
    public async Task Open_NewFile_HoldsTheOriginalsFilmsAsRevisions1And2()
    {
        var catalog = _folder.Open(seed: true);

        Assert.That(await catalog.ListAsync(), Is.EqualTo(new[] { "1: Avengers: Infinity War", "2: Ant Man and the Wasp" }));
        Assert.That((await catalog.FindAsync("1"))!.Revision.Number, Is.EqualTo(1));
        Assert.That((await catalog.FindAsync("2"))!.Revision.Number, Is.EqualTo(2));
        Assert.That(_folder.Query("SELECT by FROM changes"), Is.EqualTo(new[] { "seed", "seed" }));
    }

    [Test]
    public async Task Open_NewFileWithoutSeed_IsEmptyAtRevision0()
    {
        var catalog = _folder.Open(seed: false);

        Assert.That(await catalog.ListAsync(), Is.Empty);
        Assert.That((await catalog.GetRevisionAsync(default)).Number, Is.Zero);
    }

    [Test]
    public async Task Open_SeedFilmsDeleted_DoesNotBringThemBack()
    {
        var catalog = _folder.Open(seed: true);
        await catalog.DeleteAsync("1");
        await catalog.DeleteAsync("2");
        _folder.Close(catalog);

        Assert.That(await _folder.Open(seed: true).ListAsync(), Is.Empty);
    }

    [TestCase("link.db")]
    [TestCase("second.db")]
    public void Open_ByALinkToAFileInUse_IsRefused(string name)
    {
        _folder.Open(seed: true);
        _folder.Link("link.db", "films.db");
        _folder.Link("second.db", "link.db");

        Assert.That(() => _folder.OpenAs(name), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("in use by another process").And.Message.Contains(_folder.Path));
    }

    [Test]
    public async Task Open_ByALink_IsTheFileItself()
    {
        _folder.Link("link.db", "films.db");
        var catalog = _folder.OpenAs("link.db");
        await catalog.SaveAsync("7", Up);
        _folder.Close(catalog);

        Assert.That(await _folder.Open().ListAsync(), Is.EqualTo(new[] { "7: Up" }));
    }

    [Test]
    public void Open_ByALinkToItself_IsRefused()
    {
        _folder.Link("link.db", "link.db");

        Assert.That(() => _folder.OpenAs("link.db"), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("broken symbolic link"));
    }

    [Test]
    public async Task Open_EmptyCatalogue_IsNotSeededLater()
    {
        _folder.Make(seed: false);

        Assert.That(await _folder.Open(seed: true).ListAsync(), Is.Empty);
    }

    [Test]
    public async Task Open_Again_KeepsFilmsRevisionAndEpoch()
    {
        var first = _folder.Open(seed: true);
        await first.SaveAsync("7", Up);
        var revision = await first.GetRevisionAsync(default);
        _folder.Close(first);

        var second = _folder.Open(seed: true);

        Assert.That(await second.GetRevisionAsync(default), Is.EqualTo(revision));
        Assert.That(await second.FindAsync("7"), Is.EqualTo(new Film(Id("7"), Up, revision)));
        Assert.That((await second.SaveAsync("8", Up)).Revision, Is.EqualTo(revision with { Number = 4 }));
    }

    [Test]
    public async Task Open_TwoNewFiles_HaveEpochsOfTheirOwn()
    {
        using var other = new CatalogFolder();

        var (one, two) = (await _folder.Open().GetRevisionAsync(default), await other.Open().GetRevisionAsync(default));

        Assert.That(one.Epoch, Is.Not.EqualTo(two.Epoch));
        Assert.That(Revision.Parse(one.ToString()), Is.EqualTo(one));
    }

    [Test]
    public void Open_FileInUse_IsRefusedUntilItIsLetGo()
    {
        var first = _folder.Open();

        Assert.That(() => _folder.Open(), Refused("in use"));
        _folder.Close(first);
        Assert.That(() => _folder.Open(), Throws.Nothing);
    }

    [Test]
    public void Open_FileOfANewerProgram_IsRefused()
    {
        _folder.Make();
        _folder.Execute("""INSERT INTO "__EFMigrationsHistory" VALUES ('99990101000000_Future', '99.0.0')""");

        Assert.That(() => _folder.Open(), Refused("newer version of FilmService (it has the migration '99990101000000_Future')"));
    }

    [Test]
    public void Open_FileThatIsNoDatabase_IsRefusedAndLeftAsItIs()
    {
        var text = new string('x', 5_000);
        File.WriteAllText(_folder.Path, text);

        Assert.That(() => _folder.Open(), Refused("not a SQLite database"));
        Assert.That(File.ReadAllText(_folder.Path), Is.EqualTo(text));
    }

    [Test]
    public void Open_DatabaseOfAnotherProgram_IsRefused()
    {
        _folder.Execute("CREATE TABLE films (title TEXT)");

        Assert.That(() => _folder.Open(), Refused("another program"));
        Assert.That(_folder.Query("SELECT name FROM sqlite_master"), Is.EqualTo(new[] { "films" }));
    }

    [Test]
    public void Open_Folder_IsRefused()
    {
        Directory.CreateDirectory(_folder.Path);

        Assert.That(() => _folder.Open(), Refused("cannot be opened"));
    }

    [Test]
    public void Open_FileThatAnotherProgramLocks_IsRefused()
    {
        _folder.Make();
        using var other = _folder.Connect();
        other.Execute("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE;");

        Assert.That(() => _folder.Open(options: "Default Timeout=1"), Refused("locked"));
    }

    [Test]
    public void Open_AfterARefusal_LetsTheFileGo()
    {
        File.WriteAllText(_folder.Path, new string('x', 5_000));
        Assert.That(() => _folder.Open(), Refused());
        File.Delete(_folder.Path);

        Assert.That(() => _folder.Open(), Throws.Nothing);
    }

    [Test]
    public async Task Open_NamesNormalisedByOtherRules_AreNormalisedAgain()
    {
        var catalog = _folder.Open(seed: true);
        await catalog.SaveAsync("7", Named("Amélie"));
        _folder.Close(catalog);
        _folder.Execute("UPDATE films SET normalized_name = 'old'; UPDATE revision SET normalization_version = 0");

        var again = _folder.Open();

        Assert.That(_folder.Query("SELECT normalized_name FROM films ORDER BY sort_key"), Is.EqualTo(new[] { "avengers infinity war", "ant man and the wasp", "amelie" }));
        Assert.That(_folder.Query("SELECT normalization_version FROM revision"), Is.EqualTo(new[] { $"{NormalizedName.Version}" }));
        Assert.That((await again.GetRevisionAsync(default)).Number, Is.EqualTo(3), "Normalising is no change of a film.");
    }

    [Test]
    public void Open_NamesNormalisedByTheseRules_AreLeft()
    {
        _folder.Make();
        _folder.Execute("UPDATE films SET normalized_name = 'kept'");

        _folder.Open();

        Assert.That(_folder.Query("SELECT DISTINCT normalized_name FROM films"), Is.EqualTo(new[] { "kept" }));
    }

    [Test]
    public void Migrations_Always_MatchTheModel()
    {
        using var context = SqliteFilmContext.For("Data Source=unused.db");

        Assert.That(context.Database.HasPendingModelChanges(), Is.False);
    }

    [Test]
    public void DesignTimeFactory_Always_MakesTheContextForTheTools()
    {
        using var context = new SqliteFilmContext.DesignTimeFactory().CreateDbContext([]);

        Assert.That(context.Database.GetMigrations(), Is.Not.Empty);
    }

    [Test]
    public void Close_Always_LeavesTheDatabaseAndItsFilesBesideIt()
    {
        _folder.Make();

        Assert.That(Directory.GetFiles(Path.GetDirectoryName(_folder.Path)!), Is.EquivalentTo(new[] { _folder.Path, _folder.Path + ".lock", _folder.Path + ".reserve", _folder.Path + ".run" }));
    }

    public void Dispose() => _folder.Dispose();

    private ContainsConstraint Refused(string reason = "") =>
        Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains(_folder.Path).And.Message.Contains(reason);
}
