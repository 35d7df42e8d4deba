using System.IO.Compression;
using System.Runtime.CompilerServices;
using FilmService.Infrastructure.Sqlite;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>
/// A database that commit 5b6a502 created and that was killed (SIGKILL) with four changes after its checkpoint.
/// <c>FilmService.Api.Tests</c> checks what clients see of it.
/// </summary>
public sealed class UpgradeTests : IDisposable
{
    private readonly CatalogFolder _folder = new();

    [Test]
    public void Open_OlderDatabase_HasTheSchemaOfANewOne()
    {
        const string Schema = "SELECT concat_ws(' ', type, name, tbl_name, sql) FROM sqlite_schema ORDER BY type, name";
        using var fresh = new CatalogFolder();
        fresh.Make();
        Unpack();

        _folder.Make();

        Assert.That(_folder.Query(Schema), Is.EqualTo(fresh.Query(Schema)).And.Count.GreaterThan(20));
        Assert.That(_folder.Query(Schema), Has.None.Contains("film_search").And.None.Contains("folded"));
    }

    [Test]
    public void Open_OlderDatabase_FillsItsFullTextTables()
    {
        Unpack();

        _folder.Make();

        Assert.That(_folder.Query("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        _folder.Execute("INSERT INTO film_words (film_words) VALUES ('integrity-check'); INSERT INTO film_trigrams (film_trigrams, rank) VALUES ('integrity-check', 1)");
        Assert.That(_folder.Query("SELECT id FROM films WHERE row IN (SELECT rowid FROM film_words WHERE film_words MATCH 'linfinity')"), Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void Open_OlderDatabase_IsCopiedFirstAndLogged()
    {
        Unpack();
        var before = _folder.Query("SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\"");

        _folder.Make();

        var copy = Directory.GetFiles(Path.GetDirectoryName(_folder.Path)!, "films.db.before-*").Single();
        File.Move(copy, _folder.Path, overwrite: true);
        Assert.That(_folder.Query("SELECT \"MigrationId\" FROM \"__EFMigrationsHistory\""), Is.EqualTo(before));
        Assert.That(_folder.Query("SELECT name FROM film_search WHERE id = 'amelie'"), Is.Not.Empty);
        Assert.That(_folder.Log.All[0], Does.StartWith("Information: Copying ").And.EndWith($" to {copy} before it is migrated"));
        Assert.That(_folder.Log.All[1], Does.Match(@"^Information: Migrating the database \(1 of \d\): \d{14}_\w+$"));
        Assert.That(_folder.Log.All, Has.Some.StartsWith("Information: The rules for comparing names have changed"));
    }

    [Test]
    public void Open_OlderDatabaseWithoutRoomForACopy_IsRefusedAndLeft()
    {
        using var disk = SmallDisk.Mount(megabytes: 16);
        using var folder = new CatalogFolder(disk.Folder);
        Unpack(folder);
        disk.Fill(except: 4 << 20);

        Assert.That(() => folder.Open(), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("Database:CopyBeforeMigration").And.Message.Contains("no room"));
        Assert.That(folder.Query("SELECT name FROM film_search WHERE id = 'amelie'"), Is.Not.Empty);
        using (SqliteRepository.Open(new SqliteDatabase("Data Source=films.db", disk.Folder) { CopyBeforeMigration = false }, seed: false, TimeProvider.System, folder.Log))
        {
            Assert.That(Directory.GetFiles(disk.Folder, "films.db.before-*"), Is.Empty);
        }
    }

    [Test]
    public void Open_OlderDatabase_CountsItsFilms()
    {
        Unpack();

        _folder.Make();

        Assert.That(
            _folder.Query("SELECT concat_ws('|', released, films) FROM release_counts ORDER BY released"),
            Is.EqualTo(new[] { "32016|1", "32150|1", "32192|1", "32240|1", "32291|1" }));
    }

    [Test]
    public void Open_OlderDatabase_NormalisesTheNamesByTheNewRules()
    {
        Unpack();
        _folder.Execute("UPDATE film_search SET name = 'Tom & L''Été½', folded_name = 'tom lete1⁄2' WHERE id = '3'; UPDATE changes SET name = 'Tom & L''Été½' WHERE id = '3'");

        _folder.Make();

        Assert.That(_folder.Query("SELECT concat_ws('|', normalized_name, search_extra) FROM films WHERE id = '3'"), Is.EqualTo(new[] { "tom and lete1 2|ete1 \u0001tomandlete12" }));
        Assert.That(_folder.Query("SELECT normalization_version || '' FROM revision"), Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public void Open_OlderDatabase_HasFilmsThroughTheLastChange()
    {
        Unpack();

        _folder.Make();

        Assert.That(
            _folder.Query("SELECT concat_ws('|', id, name, normalized_name, year, month, revision, released) FROM films ORDER BY sort_key"),
            Is.EqualTo(new[]
            {
                "1|Avengers: Infinity War|avengers infinity war|2018|3|1|32291", "3|Brave|brave|2012|0|6|32192", "amelie|Amélie|amelie|2001|0|13|32016",
                "late|Too Late|too late|2015|0|10|32240", "up|Up!|up|2009|6|11|32150",
            }));
        Assert.That(_folder.Query("SELECT concat_ws('|', number, checkpoint, last_generated_id) FROM revision"), Is.EqualTo(new[] { "13|13|3" }));
    }

    public void Dispose() => _folder.Dispose();

    private void Unpack() => Unpack(_folder);

    private static void Unpack(CatalogFolder folder, [CallerFilePath] string here = "")
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(Path.GetDirectoryName(here)!, "Databases", "films-of-5b6a502.db.gz")), CompressionMode.Decompress);
        using var database = File.Create(folder.Path);
        packed.CopyTo(database);
    }
}
