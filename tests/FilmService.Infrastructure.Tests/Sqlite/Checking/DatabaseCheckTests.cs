using FilmService.Infrastructure.Sqlite.Checking;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite.Checking;

public sealed class DatabaseCheckTests : IDisposable
{
    private readonly CatalogFolder _folder = new();

    [Test]
    public async Task Check_StoppedService_IsIntactAndChangesNothing()
    {
        await FillAsync();
        var before = File.ReadAllBytes(_folder.Path);

        var report = DatabaseCheck.Run(_folder.Path);

        Assert.That(report.Problems, Is.Empty);
        Assert.That((report.Films, report.IsIntact), Is.EqualTo((4L, true)));
        Assert.That(report.Revision, Does.EndWith("-6"));
        Assert.That(File.ReadAllBytes(_folder.Path), Is.EqualTo(before));
    }

    [Test]
    public async Task Check_RunningService_IsIntactAndLeavesTheLog()
    {
        var catalog = _folder.Open(seed: true);
        await catalog.SaveAsync("7", Up);

        Assert.That(DatabaseCheck.Run(_folder.Path).Problems, Is.Empty);
        Assert.That(File.Exists(_folder.Path + "-wal"), Is.True);
    }

    [TestCase("UPDATE revision SET number = 9", "The head is revision 9, but the last change is 6.", false)]
    [TestCase("UPDATE revision SET checkpoint = 7", "films is projected up to revision 7, but the head is 6.", true)]
    [TestCase("DELETE FROM revision", "the database has no head.", false)]
    [TestCase("DELETE FROM films WHERE id = '7'", "1 films are missing from films, or differ from their last change.", true)]
    [TestCase("UPDATE films SET year = 1999 WHERE id = '7'", "1 films in films are not what their last change says.", true)]
    [TestCase("INSERT INTO films (sort_key, id, name, normalized_name, year, month, revision) VALUES (x'027a', 'z', 'Z', 'z', 2000, 0, 3)", "1 films in films are not what their last change says.", true)]
    [TestCase("UPDATE films SET normalized_name = 'x' WHERE id = '7'", "1 films have a wrong normalized_name, so searches miss them.", true)]
    [TestCase("UPDATE release_counts SET films = films + 1 WHERE rowid = (SELECT min(rowid) FROM release_counts)", "release_counts is wrong", true)]
    [TestCase("INSERT INTO film_words (film_words) VALUES ('delete-all')", "film_words differs from films in 4 films.", true)]
    [TestCase("INSERT INTO film_trigrams (film_trigrams) VALUES ('delete-all')", "film_trigrams differs from films in 2 films.", true)]
    [TestCase("UPDATE revision SET last_generated_id = 3", "The counter of generated ids is 3, but id 7 is in use: it would be generated again.", false)]
    [TestCase("UPDATE changes SET indexed = 0", "6 changes are missing from the index of changes.", true)]
    [TestCase("UPDATE changes SET id = '' WHERE revision = 3", "1 changes have no valid id or time.", false)]
    [TestCase("INSERT INTO \"__EFMigrationsHistory\" VALUES ('99990101000000_Future', '99.0.0')", "It was migrated by a newer version of FilmService", false)]
    public async Task Check_ContradictionInTheTables_IsSaidInWords(string sql, string problem, bool isRebuildable)
    {
        await FillAsync();
        _folder.Execute(sql);

        var report = DatabaseCheck.Run(_folder.Path);

        Assert.That(report.Problems, Has.Some.Contains(problem), string.Join('\n', report.Problems));
        Assert.That(report.IsRebuildable, Is.EqualTo(isRebuildable), string.Join('\n', report.Problems));
    }

    [Test]
    public async Task Check_HeadOfFutureKept_IsNoProblemAfterDeletes()
    {
        await FillAsync();
        var catalog = _folder.Open();
        await catalog.DeleteAsync("7");
        await catalog.DeleteAsync("x");
        _folder.Close(catalog);

        Assert.That(DatabaseCheck.Run(_folder.Path).Problems, Is.Empty);
    }

    [Test]
    public void Check_NoDatabase_IsSaidInWords()
    {
        File.WriteAllText(_folder.Path, new string('x', 5_000));
        Assert.That(DatabaseCheck.Run(_folder.Path).Problems, Is.EqualTo(new[] { $"'{_folder.Path}' is not a SQLite database." }));

        File.WriteAllText(_folder.Path, "");
        Assert.That(DatabaseCheck.Run(_folder.Path).Problems, Is.EqualTo(new[] { "It is not a database of FilmService." }));
    }

    [Test]
    public void Check_FileThatCannotBeOpened_IsNoDamage()
    {
        Assert.That(() => DatabaseCheck.Run(_folder.Path), Throws.InstanceOf<InvalidConfigurationException>().With.Message.EqualTo($"'{_folder.Path}' cannot be read: it does not exist."));
        var folder = Path.GetDirectoryName(_folder.Path)!;
        Assert.That(() => DatabaseCheck.Run(folder), Throws.InstanceOf<InvalidConfigurationException>().With.Message.EqualTo($"'{folder}' cannot be read: it is a folder."));
    }

    [TestCase(4096)]
    [TestCase(5000)]
    [TestCase(200)]
    public async Task Check_TruncatedFile_IsDamaged(int length)
    {
        await FillAsync();
        using (var file = File.OpenWrite(_folder.Path))
        {
            file.SetLength(length);
        }

        var report = DatabaseCheck.Run(_folder.Path);

        Assert.That((report.IsIntact, report.IsRebuildable), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task Check_AnyPageDamaged_IsNoticed()
    {
        await FillAsync();
        var intact = File.ReadAllBytes(_folder.Path);
        for (var page = 0; page < intact.Length / 4096; page++)
        {
            var damaged = intact.ToArray();
            damaged.AsSpan(page * 4096, 100).Fill(0xee);
            File.WriteAllBytes(_folder.Path, damaged);

            Assert.That(DatabaseCheck.Run(_folder.Path).IsIntact, Is.False, $"Page {page + 1}");
        }
    }

    private async Task FillAsync()
    {
        var catalog = _folder.Open(seed: true);
        await catalog.SaveAsync("7", Up);
        await catalog.SaveAsync("x", Named("千"));
        await catalog.SaveAsync("y", Up);
        await catalog.DeleteAsync("y");
        _folder.Close(catalog);
    }

    public void Dispose() => _folder.Dispose();
}
