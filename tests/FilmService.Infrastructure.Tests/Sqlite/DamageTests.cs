using FilmService.Domain.Search;
using FilmService.Domain.Writing;
using FilmService.Infrastructure.Sqlite;
using FilmService.Infrastructure.Sqlite.Checking;
using static FilmService.Infrastructure.Tests.Sqlite.Writes;

namespace FilmService.Infrastructure.Tests.Sqlite;

/// <summary>Damaged pages of everything that is derived from the changes, while the service is stopped and while it runs.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Films = 3_000;

    private static readonly string[] Derived =
    [
        "films", "IX_films_sort_key", "IX_films_normalized_name_sort_key", "IX_films_year_sort_key", "IX_films_released_sort_key", "IX_films_revision",
        "IX_films_name_length_letters", "film_words_data", "film_words_idx", "film_words_config", "film_trigrams_data", "film_trigrams_idx", "film_trigrams_config",
        "release_counts", "IX_changes_sort_key_revision",
    ];

    private readonly CatalogFolder _folder = new();

    [TestCaseSource(nameof(Derived))]
    public async Task Open_DamagedWhileStopped_IsRebuiltFromTheChanges(string name)
    {
        await FillAsync();
        _folder.Execute("UPDATE revision SET checkpoint = checkpoint - 20; UPDATE changes SET indexed = 0 WHERE revision > (SELECT checkpoint FROM revision)");
        _folder.Damage(name, pages => pages);
        Assert.That(DatabaseCheck.Run(_folder.Path).IsRebuildable, Is.True, string.Join('\n', DatabaseCheck.Run(_folder.Path).Problems));

        var catalog = _folder.Open();
        Assert.That(async () => await SearchAllAsync(catalog), Throws.Nothing.After(30_000, 50));
        _folder.Close(catalog);

        Assert.That(DatabaseCheck.Run(_folder.Path).Problems, Is.Empty);
    }

    [TestCaseSource(nameof(Derived))]
    public async Task Search_DamagedWhileRunning_IsRefusedAndRebuilt(string name)
    {
        await FillAsync();
        var catalog = _folder.Open();
        _folder.Damage(name, pages => pages);

        // Whatever reads the damaged pages first: a write, its projection, or a search.
        Assert.That(async () => await catalog.SaveAsync("new", Named("Film new")), Throws.Nothing.After(30_000, 50));
        Assert.That(async () => await SearchAllAsync(catalog), Throws.Nothing.After(30_000, 50));
        Assert.That((await catalog.FindAsync("new"))!.Name, Is.EqualTo("Film new"));
        _folder.Close(catalog);

        Assert.That(DatabaseCheck.Run(_folder.Path).Problems, Is.Empty);
        Assert.That(_folder.Log.All.Count(line => line.StartsWith("Error: The tables for lists and searches are damaged", StringComparison.Ordinal)), Is.LessThanOrEqualTo(1));
    }

    // Its snapshot is from before the repair, which has mended what it finds.
    [Test]
    public async Task Search_ThatFindsTheDamageAfterItsRepair_DoesNotRefuseOthers()
    {
        await FillAsync();
        var catalog = _folder.Open();
        var late = catalog.ListAsync(
            FilmQuery.All, null,
            async list =>
            {
                _folder.Damage("films", pages => pages);
                Assert.That(async () => await SearchAllAsync(catalog), Throws.InstanceOf<CatalogUnavailableException>());
                Assert.That(async () => await SearchAllAsync(catalog), Throws.Nothing.After(30_000, 50));
                return await list.Films.ToListAsync();
            },
            default);

        Assert.That(async () => await late, Throws.InstanceOf<CatalogUnavailableException>());

        await SearchAllAsync(catalog);
    }

    [Test]
    public async Task Read_FilmsDamaged_IsAnsweredFromTheChanges()
    {
        await FillAsync();
        _folder.Damage("films", pages => pages);
        var catalog = _folder.Open();

        Assert.That((await catalog.FindAsync("7"))!.Name, Is.EqualTo("Film 7"));
        Assert.That((await catalog.SaveAsync("7", Up)).Kind, Is.EqualTo(FilmOutcomeKind.Replaced));
        Assert.That(await catalog.FindAsync("no such film"), Is.Null);
    }

    [Test]
    public async Task Write_IndexesThatCannotBeRebuilt_GoOnAndListsAreRefusedInWords()
    {
        await FillAsync();
        _folder.Damage("film_words_data", pages => pages);

        // Neither can be read: the rebuild fails each time.
        _folder.Damage("changes", pages => pages.Skip(3).Take(1));
        var catalog = _folder.Open();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(number => catalog.SaveAsync($"x{number}", Up)));

        Assert.That(
            async () => await catalog.ListAsync(),
            Throws.InstanceOf<CatalogUnavailableException>().With.Message.Contains("being rebuilt").After(30_000, 50));
        for (var number = 0; number < 200; number++)
        {
            await catalog.SaveAsync($"y{number}", Up);
        }

        Assert.That((await catalog.FindAsync("y7"))!.Name, Is.EqualTo("Up"));
        Assert.That(_folder.Log.All.Count(line => line.StartsWith("Error", StringComparison.Ordinal)), Is.EqualTo(2), string.Join('\n', _folder.Log.All));
        Assert.That(_folder.Log.All, Has.One.Contains("cannot be rebuilt").And.One.Contains("command check"));
    }

    [Test]
    public async Task Open_ChangesDamaged_IsRefusedInWords()
    {
        await FillAsync();
        _folder.Execute("UPDATE revision SET checkpoint = 0");
        _folder.Damage("changes", pages => pages);

        Assert.That(() => _folder.Open(), Throws.InstanceOf<InvalidConfigurationException>().With.Message.Contains("restore a backup").And.Message.Contains("check"));
    }

    private async Task FillAsync()
    {
        var catalog = _folder.Open();
        await Task.WhenAll(Enumerable.Range(0, Films).Select(number => catalog.SaveAsync($"{number}", Named($"Film {number}"))));
        await catalog.ListAsync();
        _folder.Close(catalog);
        Assert.That(DatabaseCheck.Run(_folder.Path).Problems, Is.Empty);
    }

    // One query for each index, which finds what it should.
    private static async Task SearchAllAsync(SqliteRepository catalog)
    {
        var all = FilmQuery.All with { Count = true };
        await AssertFoundAsync(catalog, all, films => films >= Films);
        await AssertFoundAsync(catalog, all with { CountReleases = true, Page = new FilmPage(1) }, films => films >= Films);
        await AssertFoundAsync(catalog, all with { Filter = new FilmFilter { Words = SearchTerms.Parse("film 17") }, Page = new FilmPage(1000) }, films => films == 111);
        await AssertFoundAsync(catalog, all with { Filter = new FilmFilter { NamePart = "m 291" } }, films => films == 11);
        await AssertFoundAsync(catalog, all with { Filter = new FilmFilter { NamePrefix = "film 299" } }, films => films == 11);
        foreach (var key in new[] { SortKey.Name, SortKey.Year, SortKey.Released, SortKey.Revision })
        {
            await AssertFoundAsync(catalog, all with { Order = new FilmOrder(new SortTerm(key)), Page = new FilmPage(1000) }, films => films >= Films);
        }

        var history = await catalog.ReadHistoryAsync(Id("7"), long.MaxValue, 10, default);
        Assert.That(history.Items, Has.Count.EqualTo(1));
    }

    private static Task<bool> AssertFoundAsync(SqliteRepository catalog, FilmQuery query, Predicate<long> isRight) => catalog.ListAsync(
        query, null,
        async list =>
        {
            await list.Films.ToListAsync();
            Assert.That(list.Count!.Value, Is.Positive);
            Assert.That(isRight(list.Count.Value), Is.True, $"{query}: {list.Count}");
            return true;
        },
        default);

    public void Dispose() => _folder.Dispose();
}
